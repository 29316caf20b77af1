"""Encryption, audit, erasure."""

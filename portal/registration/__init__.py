"""Somebody said yes: submit, look up, follow."""

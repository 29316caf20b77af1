"""Asking another organisation."""

"""Totals, never a person."""

"""Photographs of every page, in every language and state, for people who look."""

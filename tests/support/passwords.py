"""Passwords that take no time: what checking a real one costs is tested in `tests/accounts`.

A hash says itself how much work it is, so the portal checks these as it checks any other.
"""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher

_quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@cache
def hashed(password: str) -> str:
    """Return what an account holds that has this password."""
    return _quick.hash(password)

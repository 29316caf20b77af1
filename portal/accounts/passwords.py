"""Passwords: argon2id (RFC 9106), one at a time in this process.

19 MiB, 2 passes and 1 lane is OWASP's recommendation, and takes about 55 ms. A hash needs a whole
processor and much memory, so a crowd at the door is made to queue for it, and not the other pages.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB = 19 * 1024
SHORTEST, LONGEST = 12, 200  # characters
PATIENCE = 5.0  # seconds in the queue

_hasher = PasswordHasher(time_cost=2, memory_cost=MEMORY_KIB, parallelism=1)
_one_at_a_time = Lock()
# Somebody unknown is compared with this, so that an answer takes as long as for somebody known. No
# password is known to give all zeros.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


class BusyError(Exception):
    """Too many people are signing in at this moment."""


class UnfitPasswordError(ValueError):
    """A new password is shorter or longer than allowed."""


def hash_password(password: str) -> str:
    """Return what to store for a new password; raises `UnfitPasswordError`."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UnfitPasswordError(f"a password has {SHORTEST} to {LONGEST} characters")
    with _turn():
        return _hasher.hash(password)


def is_password(stored: str | None, password: str) -> bool:
    """Whether this password belongs to the stored hash; None takes as long and is never right.

    Raises:
        BusyError: the queue was too long.
    """
    with _turn():
        try:
            _hasher.verify(stored or NOBODY, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def make_password() -> str:
    """Return a random password that can be read aloud: four groups of four."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


@contextmanager
def _turn() -> Iterator[None]:
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise BusyError
    try:
        yield
    finally:
        _one_at_a_time.release()

"""Soft limits against guessing. A community centre shares one address, so they are generous."""

from __future__ import annotations

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from portal.web.errors import TryLaterError

CODE_GUESSES = parse("30/10minutes")
SIGN_INS = parse("20/10minutes")


def init_limits(app: Flask) -> None:
    """Give the application its own memory of who tried what."""
    app.extensions["limits"] = FixedWindowRateLimiter(MemoryStorage())


def _limiter() -> FixedWindowRateLimiter:
    found: FixedWindowRateLimiter = current_app.extensions["limits"]
    return found


def count_try(limit: RateLimitItem, *who: str) -> None:
    """Count a try by this address (and by `who`, such as a name of what is guessed).

    Raises:
        TryLaterError: there were too many.
    """
    if not _limiter().hit(limit, request.remote_addr or "?", *who):
        raise TryLaterError


def refuse_spent(limit: RateLimitItem, *who: str) -> None:
    """Look whether there are tries left, without counting one: only wrong ones shall count.

    Raises:
        TryLaterError: there were too many.
    """
    if not _limiter().test(limit, request.remote_addr or "?", *who):
        raise TryLaterError


def forget_tries(limit: RateLimitItem, *who: str) -> None:
    """Start counting anew, after a try that was right."""
    _limiter().clear(limit, request.remote_addr or "?", *who)

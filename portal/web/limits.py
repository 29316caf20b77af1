"""Soft limits against guessing and flooding. Whoever meets one loses nothing that was typed.

A community centre shares one address, so limits by address are generous; and an address that the
operator knows as a busy place (PORTAL_BUSY_PLACES) may do ten times as much.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from flask import Flask, current_app, request
from limits import RateLimitItem, RateLimitItemPerHour, parse
from limits.strategies import FixedWindowRateLimiter

from portal.web.errors import TryLaterError
from portal.web.state import portal
from portal.web.tries import Tries

CODE_GUESSES = parse("30/10minutes")
SIGN_INS = parse("20/10minutes")
# Registrations from one address, and to one phone number or mail address.
SENDS = RateLimitItemPerHour(240, namespace="send")
SENDS_TO_ONE = RateLimitItemPerHour(6, namespace="send to one")
# Lines from one address, and about one registration.
LINES = RateLimitItemPerHour(240, namespace="line")
LINES_ON_ONE = RateLimitItemPerHour(20, namespace="line on one")
TIMES_AT_A_BUSY_PLACE = 10
# How many bits of an IPv6 address are given out to one customer at the least.
HOUSEHOLD = 64


def init_limits(app: Flask) -> None:
    """Give the application its own memory of who tried what."""
    app.extensions["limits"] = FixedWindowRateLimiter(Tries())


def _limiter() -> FixedWindowRateLimiter:
    found: FixedWindowRateLimiter = current_app.extensions["limits"]
    return found


def count_try(limit: RateLimitItem, *who: str) -> None:
    """Count a try by this address (and by `who`, such as a name of what is guessed).

    Raises:
        TryLaterError: there were too many.
    """
    count_for(limit, _address(), *who)


def count_for(limit: RateLimitItem, *what: str) -> None:
    """Count a try at `what`, from wherever it comes; raises as `count_try` does."""
    if not _limiter().hit(_here(limit), *what):
        raise TryLaterError


def refuse_spent(limit: RateLimitItem, *who: str) -> None:
    """Look whether there are tries left, without counting one: only wrong ones shall count.

    Raises:
        TryLaterError: there were too many.
    """
    refuse_spent_for(limit, _address(), *who)


def refuse_spent_for(limit: RateLimitItem, *what: str) -> None:
    """Look whether there are tries left at `what`; raises as `refuse_spent` does."""
    if not _limiter().test(_here(limit), *what):
        raise TryLaterError


def spend(limit: RateLimitItem, *who: str) -> None:
    """Count what was done from this address; whoever did it was not refused before."""
    spend_for(limit, _address(), *who)


def spend_for(limit: RateLimitItem, *what: str) -> None:
    """Count what was done with `what`, from wherever."""
    _limiter().hit(_here(limit), *what)


def forget_tries(limit: RateLimitItem, *who: str) -> None:
    """Start counting anew, after a try that was right."""
    _limiter().clear(_here(limit), _address(), *who)


def _address() -> str:
    """Where a request comes from. A household has one old address, or 2^64 new ones."""
    return one_visitor(request.remote_addr or "?")


@lru_cache(maxsize=1024)
def one_visitor(address: str) -> str:
    """Return what counts as one: an IPv4 address, however it is written, or the /64 of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, HOUSEHOLD), strict=False))


def _here(limit: RateLimitItem) -> RateLimitItem:
    """The limit as it holds where this request comes from."""
    busy = _lies_in(request.remote_addr or "?", portal().settings.busy_places)
    return _for_many(limit) if busy else limit


@lru_cache(maxsize=64)
def _for_many(limit: RateLimitItem) -> RateLimitItem:
    amount = limit.amount * TIMES_AT_A_BUSY_PLACE
    return type(limit)(amount, limit.multiples, limit.namespace)


@lru_cache(maxsize=1024)
def _lies_in(address: str, places: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    return any(found in place for place in places)

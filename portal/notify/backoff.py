"""When to try again. Pure: the moment and the source of chance are arguments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

# What cannot leave for 20 minutes must not be lost.
RETRY_FOR = timedelta(hours=72)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
# A message that nobody ever tried to send (no worker ran) is tried once, unless it is this old.
STALE = timedelta(days=7)

Chance = Callable[[], float]


def next_try(tries: int, first_try_at: datetime, now: datetime, chance: Chance) -> datetime | None:
    """Return when to try for the next time after `tries` failures; None: give up.

    The wait doubles from half a minute to an hour, less a random part of at most half of it, so
    that a thousand messages do not come back at the same second. `chance()` is in [0, 1). The last
    try is exactly 72 hours after the first one.
    """
    end = first_try_at + RETRY_FOR
    if now >= end:
        return None
    return min(now + _wait(tries) * (1 - chance() / 2), end)


def is_too_late(due_at: datetime, first_try_at: datetime | None, now: datetime) -> bool:
    """Whether a message is not even tried: given up, or left lying until nobody expects it."""
    if first_try_at is not None:
        return now > first_try_at + RETRY_FOR
    return now > due_at + STALE


def _wait(tries: int) -> timedelta:
    # The exponent is held down: two to the power of a thousand is no number of seconds.
    doubled: timedelta = FIRST_WAIT * 2 ** min(tries - 1, 16)
    return min(doubled, LONGEST_WAIT)

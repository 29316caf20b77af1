"""When to try again: sooner at first, never all at once, and for 72 hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.notify.backoff import (
    FIRST_WAIT,
    LONGEST_WAIT,
    RETRY_FOR,
    STALE,
    is_too_late,
    next_try,
)

FIRST = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
chances = st.floats(min_value=0, max_value=1, exclude_max=True)
tries = st.integers(min_value=1, max_value=100_000)
passed = st.timedeltas(min_value=timedelta(0), max_value=RETRY_FOR * 2)


@given(tries, passed, chances)
def test_the_next_try_lies_ahead_and_within_72_hours(
    n: int, since: timedelta, chance: float
) -> None:
    now = FIRST + since
    again = next_try(n, FIRST, now, lambda: chance)
    if since >= RETRY_FOR:
        assert again is None
    else:
        assert again is not None
        assert now < again <= FIRST + RETRY_FOR


@given(tries, chances)
def test_a_wait_is_at_least_half_of_the_doubled_one_and_never_more(n: int, chance: float) -> None:
    again = next_try(n, FIRST, FIRST, lambda: chance)
    assert again is not None
    full = min(FIRST_WAIT * 2 ** min(n - 1, 20), LONGEST_WAIT)
    assert full / 2 <= again - FIRST <= full


@given(st.lists(chances, min_size=1, max_size=400))
def test_whatever_chance_does_it_ends_with_a_try_at_72_hours(found: list[float]) -> None:
    now, n, draws = FIRST, 1, cycle(found)
    while again := next_try(n, FIRST, now, lambda: next(draws)):
        now, n = again, n + 1
        assert n < 1000
    assert now == FIRST + RETRY_FOR


def test_a_short_outage_costs_minutes() -> None:
    waits, now = [], FIRST
    for n in range(1, 8):
        again = next_try(n, FIRST, now, lambda: 0.0)
        assert again is not None
        waits.append((again - now).total_seconds())
        now = again
    assert waits == [30, 60, 120, 240, 480, 960, 1920]


@pytest.mark.parametrize(
    ("due", "first_try", "late"),
    [
        (timedelta(0), None, False),
        (-STALE, None, False),
        (-STALE - timedelta(seconds=1), None, True),
        (timedelta(0), -RETRY_FOR, False),
        (timedelta(0), -RETRY_FOR - timedelta(seconds=1), True),
    ],
)
def test_what_nobody_tried_gets_one_try_unless_it_lay_for_a_week(
    due: timedelta, first_try: timedelta | None, late: bool
) -> None:
    tried = None if first_try is None else FIRST + first_try
    assert is_too_late(FIRST + due, tried, FIRST) is late

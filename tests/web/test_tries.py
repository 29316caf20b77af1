"""Counters of tries end by themselves, and leave nothing behind."""

from __future__ import annotations

from limits import parse
from limits.strategies import FixedWindowRateLimiter

from portal.web.tries import Tries

HOUR, OVER = 3600, 0


def test_tries_are_counted_apart_until_there_are_too_many() -> None:
    limiter, limit = FixedWindowRateLimiter(Tries()), parse("2/hour")
    assert [limiter.hit(limit, "a") for _ in range(3)] == [True, True, False]
    assert not limiter.test(limit, "a")
    assert limiter.hit(limit, "b")


def test_a_count_begins_anew_when_its_time_is_over() -> None:
    tries = Tries()
    assert [tries.incr("a", OVER) for _ in range(2)] == [1, 1]
    assert tries.get("a") == 0


def test_the_first_try_sets_the_end() -> None:
    tries = Tries()
    tries.incr("a", HOUR)
    end = tries.get_expiry("a")
    tries.incr("a", 2 * HOUR)
    assert (tries.get("a"), tries.get_expiry("a")) == (2, end)


def test_what_has_ended_is_thrown_away_by_whoever_counts_next() -> None:
    tries = Tries(sweep_seconds=0)
    tries.incr("gone", OVER)
    tries.incr("here", HOUR)
    assert tries.reset() == 1
    assert tries.get("here") == 0


def test_one_counter_can_be_forgotten() -> None:
    tries = Tries()
    tries.incr("a", HOUR)
    tries.incr("b", HOUR)
    tries.clear("a")
    assert (tries.get("a"), tries.get("b")) == (0, 1)

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.norms import CHECKS, LIMITS, norms_of
from portal.clock import DUTCH_WEEK
from portal.followup.aftercare import checks_of, next_check
from portal.registration.pace import Pace

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
USUAL = Pace(DUTCH_WEEK, norms_of({}))
# Whatever was stored once, in any order and beyond every limit.
STORED = st.fixed_dictionaries({check: st.integers(-(10**9), 10**9) for check in CHECKS})


@pytest.mark.parametrize(
    ("today", "check"),
    [
        ("2026-11-18", "2026-12-16"),
        ("2026-12-16", "2027-02-18"),
        ("2027-02-18", "2027-05-18"),
        ("2027-05-18", "2027-11-18"),
    ],
)
def test_checks_come_after_four_weeks_three_six_and_twelve_months(today: str, check: str) -> None:
    found = next_check(date(2026, 11, 18), date.fromisoformat(today), USUAL)
    assert found == date.fromisoformat(check)


def test_after_a_year_there_is_no_check_left() -> None:
    assert next_check(date(2026, 11, 18), date(2027, 11, 18), USUAL) is None


def test_the_last_day_of_a_long_month_counts_as_the_last_of_a_short_one() -> None:
    found = next_check(date(2026, 11, 30), date(2027, 1, 1), USUAL)
    assert found == date(2027, 3, 1)  # 28 February 2027 is a Sunday.


@given(settled=DAYS, today=DAYS, stored=STORED)
def test_a_check_lies_ahead_on_a_working_day_whatever_was_stored(
    settled: date, today: date, stored: dict[str, int]
) -> None:
    found = next_check(settled, today, Pace(DUTCH_WEEK, norms_of(stored)))
    if found:
        assert found > today
        assert DUTCH_WEEK.is_working_day(found)


@given(settled=DAYS, stored=STORED)
def test_from_check_to_check_somebody_comes_to_an_end(
    settled: date, stored: dict[str, int]
) -> None:
    pace, today, seen = Pace(DUTCH_WEEK, norms_of(stored)), settled, list[date]()
    while (day := next_check(settled, today, pace)) and len(seen) <= len(CHECKS):
        seen.append(day)
        today = day
    assert seen == sorted(set(checks_of(settled, pace)))


@pytest.mark.parametrize(
    ("own", "first"),
    [
        ({"first_check_weeks": 2}, "2026-12-02"),
        ({"first_check_weeks": 20, "second_check_months": 1}, "2026-12-18"),
        ({"fourth_check_months": 1, "first_check_weeks": 52}, "2026-12-18"),
    ],
)
def test_the_first_check_is_the_earliest_there_is(own: dict[str, int], first: str) -> None:
    days = checks_of(date(2026, 11, 18), Pace(DUTCH_WEEK, norms_of(own)))
    assert days[0] == date.fromisoformat(first)


def test_nobody_is_followed_for_longer_than_two_years() -> None:
    longest = norms_of({check: most for check, (_, most) in LIMITS.items()})
    days = checks_of(date(2026, 11, 18), Pace(DUTCH_WEEK, longest))
    assert days[-1] == date(2028, 11, 20)  # 18 November 2028 is a Saturday.

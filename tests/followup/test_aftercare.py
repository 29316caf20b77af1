from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clock import DUTCH_WEEK
from portal.followup.aftercare import next_check

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


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
    found = next_check(date(2026, 11, 18), date.fromisoformat(today), DUTCH_WEEK)
    assert found == date.fromisoformat(check)


def test_after_a_year_there_is_no_check_left() -> None:
    assert next_check(date(2026, 11, 18), date(2027, 11, 18), DUTCH_WEEK) is None


def test_the_last_day_of_a_long_month_counts_as_the_last_of_a_short_one() -> None:
    found = next_check(date(2026, 11, 30), date(2027, 1, 1), DUTCH_WEEK)
    assert found == date(2027, 3, 1)  # 28 February 2027 is a Sunday.


@given(settled=DAYS, today=DAYS)
def test_a_check_lies_ahead_on_a_working_day(settled: date, today: date) -> None:
    found = next_check(settled, today, DUTCH_WEEK)
    if found:
        assert found > today
        assert DUTCH_WEEK.is_working_day(found)

"""Days and working days, as people in the Netherlands count them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clock import (
    DUTCH_WEEK,
    WorkingWeek,
    amsterdam_day,
    due_on,
    dutch_holidays,
    overdue_from,
    start_of_day,
)

days = st.dates(date(2024, 1, 1), date(2045, 12, 31))
closed = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 2, 28)), max_size=20)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-12-24T22:59", "2026-12-24"),
        ("2026-12-24T23:00", "2026-12-25"),  # winter: one hour ahead of UTC
        ("2026-07-01T21:59", "2026-07-01"),
        ("2026-07-01T22:00", "2026-07-02"),  # summer: two hours ahead
    ],
)
def test_the_day_turns_at_midnight_in_amsterdam(moment: str, day: str) -> None:
    assert amsterdam_day(utc(moment)) == date.fromisoformat(day)


def test_a_moment_without_a_time_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        amsterdam_day(datetime(2026, 1, 1))  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        ("2026-03-29", "2026-03-28T23:00"),  # the clock goes forward at 2:00 that night
        ("2026-03-30", "2026-03-29T22:00"),
        ("2026-10-25", "2026-10-24T22:00"),  # and back at 3:00
        ("2026-10-26", "2026-10-25T23:00"),
    ],
)
def test_a_day_starts_at_midnight_also_over_summer_time(day: str, starts: str) -> None:
    assert start_of_day(date.fromisoformat(day)) == utc(starts)


@given(days)
def test_a_day_begins_with_its_start_and_not_a_moment_earlier(day: date) -> None:
    assert amsterdam_day(start_of_day(day)) == day
    assert amsterdam_day(start_of_day(day) - timedelta(microseconds=1)) == day - timedelta(1)


def test_what_is_due_on_tuesday_is_overdue_from_wednesday_midnight() -> None:
    assert overdue_from(date(2026, 12, 29)) == utc("2026-12-29T23:00")


def test_overdue_is_at_midnight_also_in_the_night_the_clock_changes() -> None:
    assert overdue_from(date(2026, 3, 28)) == utc("2026-03-28T23:00")
    assert overdue_from(date(2026, 3, 29)) == utc("2026-03-29T22:00")


@given(days)
def test_the_day_something_is_due_can_be_read_back(day: date) -> None:
    assert due_on(overdue_from(day)) == day


@given(days)
def test_what_is_due_in_the_course_of_a_day_is_due_on_that_day(day: date) -> None:
    assert due_on(start_of_day(day) + timedelta(hours=10)) == day


def test_these_days_and_no_others_are_free_in_2026() -> None:
    free = {day for day in dutch_holidays(2026) if day.isoweekday() != 7}
    assert sorted(day.isoformat() for day in free) == [
        "2026-01-01",  # New Year
        "2026-04-03",  # Good Friday
        "2026-04-06",  # Easter Monday
        "2026-04-27",  # King's Day
        "2026-05-05",  # 5 May
        "2026-05-14",  # Ascension
        "2026-05-25",  # Pentecost Monday
        "2026-12-25",  # Christmas
        "2026-12-26",
    ]


@pytest.mark.parametrize("year", range(2024, 2040))
def test_five_may_is_free_every_year_and_not_only_every_fifth(year: int) -> None:
    assert not DUTCH_WEEK.is_working_day(date(year, 5, 5))


def test_kings_day_moves_to_saturday_when_it_falls_on_a_sunday() -> None:
    assert {date(2031, 4, 26)} == {d for d in dutch_holidays(2031) if d.month == 4 and d.day > 20}


@pytest.mark.parametrize("day", ["2026-12-28", "2026-12-31", "2026-05-04", "2026-05-15"])
def test_the_days_around_a_holiday_are_worked(day: str) -> None:
    assert DUTCH_WEEK.is_working_day(date.fromisoformat(day))


def test_an_organisation_may_be_closed_on_more_days() -> None:
    bridge_day = date(2026, 5, 15)
    week = WorkingWeek(frozenset({bridge_day}))
    assert not week.is_working_day(bridge_day)
    assert week.add_working_days(date(2026, 5, 13), 1) == date(2026, 5, 18)


def test_no_working_days_from_a_sunday_is_the_monday() -> None:
    assert DUTCH_WEEK.add_working_days(date(2026, 11, 15), 0) == date(2026, 11, 16)
    assert DUTCH_WEEK.add_working_days(date(2026, 11, 16), 0) == date(2026, 11, 16)


def test_working_days_are_not_counted_back() -> None:
    with pytest.raises(ValueError, match="forward"):
        DUTCH_WEEK.add_working_days(date(2026, 1, 1), -1)


@given(days, st.integers(1, 30), closed)
def test_the_nth_working_day_is_worked_and_has_n_of_them_up_to_it(
    day: date, n: int, closed: frozenset[date]
) -> None:
    week = WorkingWeek(closed)
    reached = week.add_working_days(day, n)
    passed = [day + timedelta(each) for each in range(1, (reached - day).days + 1)]
    assert week.is_working_day(reached)
    assert sum(week.is_working_day(each) for each in passed) == n


@given(days, st.integers(1, 10), st.integers(1, 10))
def test_working_days_add_up(day: date, first: int, then: int) -> None:
    there = DUTCH_WEEK.add_working_days(DUTCH_WEEK.add_working_days(day, first), then)
    assert there == DUTCH_WEEK.add_working_days(day, first + then)


@given(days, st.integers(0, 5), st.integers(0, 5), st.integers(0, 20))
def test_later_never_becomes_due_earlier(day: date, n: int, more: int, later: int) -> None:
    earlier = DUTCH_WEEK.add_working_days(day, n)
    assert earlier <= DUTCH_WEEK.add_working_days(day + timedelta(later), n + more)


@given(days)
def test_on_or_before_is_the_last_working_day_up_to_a_day(day: date) -> None:
    found = DUTCH_WEEK.on_or_before(day)
    between = [found + timedelta(each) for each in range(1, (day - found).days + 1)]
    assert found <= day
    assert DUTCH_WEEK.is_working_day(found)
    assert not any(DUTCH_WEEK.is_working_day(each) for each in between)


@given(days, st.integers(1, 10), closed)
def test_the_last_day_over_is_the_last_of_which_the_nth_working_day_has_passed(
    day: date, n: int, closed: frozenset[date]
) -> None:
    week = WorkingWeek(closed)
    last = week.last_day_over(day, n)
    assert week.add_working_days(last, n) < day
    assert week.add_working_days(last + timedelta(1), n) >= day


def test_a_worker_at_rest_does_not_carry_the_calendar_of_the_whole_world() -> None:
    script = "import sys, portal.clock; print('holidays' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


@given(days, st.integers(0, 30), closed)
def test_working_days_are_counted_as_they_are_added(
    day: date, n: int, extra: frozenset[date]
) -> None:
    week = WorkingWeek(extra)
    later = week.add_working_days(day, n)
    if n:
        assert week.working_days_until(day, later) == n
    assert week.working_days_until(later, later) == week.working_days_until(later, day) == 0

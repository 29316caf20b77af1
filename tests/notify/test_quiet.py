"""No SMS at night, on a Sunday or on a holiday."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clock import AMSTERDAM, dutch_holidays
from portal.notify.quiet import Hours, next_open
from tests.support.clock import amsterdam


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-18T10:00", "2026-11-18T10:00"),
        ("2026-11-18T08:00", "2026-11-18T08:00"),
        ("2026-11-18T07:59", "2026-11-18T08:00"),
        ("2026-11-18T20:59", "2026-11-18T20:59"),
        ("2026-11-18T21:00", "2026-11-19T08:00"),
        ("2026-11-19T00:30", "2026-11-19T08:00"),
        # A Saturday night, and a Sunday at noon.
        ("2026-11-21T21:30", "2026-11-23T08:00"),
        ("2026-11-22T12:00", "2026-11-23T08:00"),
        # Christmas on a Friday and a Saturday, then a Sunday.
        ("2026-12-24T22:00", "2026-12-28T08:00"),
        # The clock goes forward in the night to Sunday, and back in the night to Sunday.
        ("2027-03-27T23:00", "2027-03-30T08:00"),
        ("2026-10-24T23:00", "2026-10-26T08:00"),
    ],
)
def test_an_sms_waits_for_the_morning_of_an_ordinary_day(moment: str, opens: str) -> None:
    assert next_open(amsterdam(moment), Hours()) == amsterdam(opens)


def test_other_hours_and_sundays_are_a_setting() -> None:
    hours = Hours(time(9, 30), time(18), sundays=True)
    assert next_open(amsterdam("2026-11-22T09:00"), hours) == amsterdam("2026-11-22T09:30")
    assert next_open(amsterdam("2026-11-22T18:00"), hours) == amsterdam("2026-11-23T09:30")


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001  # made aware below
    st.booleans(),
)
def test_it_is_never_quiet_when_it_opens_and_never_opens_in_the_past(
    naive: datetime, sundays: bool
) -> None:
    moment, hours = naive.replace(tzinfo=UTC), Hours(sundays=sundays)
    opens = next_open(moment, hours)
    local = opens.astimezone(AMSTERDAM)
    assert moment <= opens <= moment + timedelta(days=5)
    assert time(8) <= local.time() < time(21)
    assert sundays or (local.weekday() != 6 and local.date() not in dutch_holidays(local.year))
    assert next_open(opens, hours) == opens

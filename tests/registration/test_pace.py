"""The day on which somebody is called at the latest, as it is named to them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.norms import norms_of
from portal.clock import WorkingWeek
from portal.registration.pace import Pace
from tests.support.clock import amsterdam

MONDAY = amsterdam("2026-11-16T10:00")
USUAL = Pace(WorkingWeek(), norms_of({}))

moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone
norms = st.integers(1, 10)


def within(days: int) -> Pace:
    """The pace of a programme that promises a first call within so many working days."""
    return Pace(WorkingWeek(), norms_of({"first_contact_working_days": days}))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-12-24T17:00", "2026-12-29"),  # Christmas and a weekend in between
        ("2027-03-25T09:00", "2027-03-31"),  # Good Friday and Easter Monday
        ("2026-11-16T00:00", "2026-11-18"),
        ("2026-11-16T23:59", "2026-11-18"),
        ("2026-11-14T12:00", "2026-11-17"),  # sent on a Saturday
        ("2031-04-25T09:00", "2031-04-29"),  # King's Day on a Saturday takes no Monday
        ("2027-04-26T09:00", "2027-04-29"),  # King's Day on a Tuesday
        ("2026-05-04T09:00", "2026-05-07"),  # 5 May, in a year that is no lustrum
        ("2026-03-27T23:30", "2026-03-31"),  # the clock goes forward that weekend
        ("2026-10-23T23:30", "2026-10-27"),  # and back
    ],
)
def test_first_contact_is_due_on_the_second_working_day(received: str, due: str) -> None:
    assert USUAL.first_contact(amsterdam(received)) == date.fromisoformat(due)


def test_late_in_the_evening_in_utc_it_is_already_tomorrow_in_amsterdam() -> None:
    received = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
    assert USUAL.first_contact(received) == date(2026, 11, 19)


def test_a_programme_may_promise_sooner_and_an_organisation_be_closed_longer() -> None:
    assert within(1).first_contact(MONDAY) == date(2026, 11, 17)
    closed = Pace(WorkingWeek(frozenset({date(2026, 11, 17)})), USUAL.norms)
    assert closed.first_contact(MONDAY) == date(2026, 11, 19)


@given(moments, moments, norms)
def test_sending_later_never_promises_sooner(one: datetime, other: datetime, norm: int) -> None:
    first, last = sorted((one, other))
    assert within(norm).first_contact(first) <= within(norm).first_contact(last)

"""When what was kept goes: days of the calendar, as people in Amsterdam count them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.norms import LONGEST, RETENTION, retention_of
from portal.clock import DAY, amsterdam_day, months_after, start_of_day
from portal.followup.keeping import Span, span_of

days = st.dates(date(2024, 1, 1), date(2045, 12, 31))
spans = st.one_of(
    st.integers(1, 24).map(lambda n: Span(months=n)),
    st.integers(1, 60).map(lambda n: Span(weeks=n)),
    st.integers(1, 400).map(lambda n: Span(days=n)),
)


@pytest.mark.parametrize(
    ("span", "begun", "goes"),
    [
        (Span(weeks=4), "2026-11-18", "2026-12-16"),
        (Span(months=3), "2026-11-18", "2027-02-18"),
        (Span(months=3), "2026-11-30", "2027-02-28"),
        (Span(months=3), "2027-11-30", "2028-02-29"),  # a leap year
        (Span(months=12), "2028-02-29", "2029-02-28"),
        (Span(days=30), "2027-03-20", "2027-04-19"),  # the clock changes in between
    ],
)
def test_it_goes_on_the_day_of_the_calendar(span: Span, begun: str, goes: str) -> None:
    day, last = date.fromisoformat(begun), date.fromisoformat(goes)
    assert span.after(day) == last
    assert start_of_day(day) < span.too_old_before(last)
    assert start_of_day(day) >= span.too_old_before(last - DAY)


@given(spans, days, days)
def test_it_goes_when_its_time_is_over_and_not_a_day_before(
    span: Span, begun: date, today: date
) -> None:
    evening = start_of_day(begun + DAY) - timedelta(microseconds=1)
    over = span.after(begun) <= today
    assert (start_of_day(begun) < span.too_old_before(today)) == over
    assert (evening < span.too_old_before(today)) == over


@given(spans, days)
def test_what_is_over_stays_over(span: Span, today: date) -> None:
    assert span.too_old_before(today) <= span.too_old_before(today + DAY)


@given(spans, days)
def test_the_last_day_that_is_over_was_not_over_the_day_before_its_time(
    span: Span, today: date
) -> None:
    last = amsterdam_day(span.too_old_before(today)) - DAY
    assert span.after(last) <= today < span.after(last + DAY)


@given(days, st.integers(0, 48))
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, n: int) -> None:
    later = months_after(day, n)
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)
    assert (later.year - day.year) * 12 + later.month - day.month == n


def test_every_norm_of_retention_says_of_what() -> None:
    assert {norm: span_of(norm, number) for norm, number in RETENTION.items()} == {
        "not_reached_weeks": Span(weeks=4),
        "aftercare_notes_months": Span(months=3),
        "closed_months": Span(months=12),
        "silent_months": Span(months=12),
    }
    with pytest.raises(ValueError, match="does not say of what"):
        span_of("closed", 12)


def test_a_programme_may_keep_longer_but_never_beyond_the_longest() -> None:
    assert retention_of({"closed_months": 24})["closed_months"] == 24
    assert retention_of({"closed_months": 240})["closed_months"] == LONGEST["closed_months"] == 24
    assert retention_of({"not_reached_weeks": 52})["not_reached_weeks"] == 4

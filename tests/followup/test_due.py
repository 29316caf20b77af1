"""When a human step is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.norms import LIMITS, NORMS, norms_of
from portal.clock import DUTCH_WEEK, amsterdam_day
from portal.followup.due import (
    NEXT_CODE,
    Missing,
    UnknownResultError,
    after_attempt,
    is_contact,
    missing_tries,
    tried_enough,
)
from portal.followup.models import RESULTS
from tests.support.clock import amsterdam

MONDAY = amsterdam("2026-11-16T10:00")
NOBODY = [result for result in RESULTS if result not in {"reached", "came_by"}]

days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone
norms = st.integers(1, 10)


def on(text: str) -> date:
    return date.fromisoformat(text)


def test_every_result_has_a_next_step() -> None:
    assert set(NEXT_CODE) == set(RESULTS)


@pytest.mark.parametrize(
    ("result", "code", "due", "resets"),
    [
        ("reached", "plan", "2026-11-30", True),
        ("came_by", "plan", "2026-11-30", True),
        ("no_answer", "call_again", "2026-11-17", False),
        ("voicemail", "call_again", "2026-11-17", False),
        ("message", "call_again", "2026-11-17", False),
        ("registrar", "call_again", "2026-11-17", False),
        ("wrong_number", "find_number", "2026-11-17", False),
    ],
)
def test_a_result_sets_the_next_step(result: str, code: str, due: str, resets: bool) -> None:
    step = after_attempt(result, on("2026-11-16"), MONDAY, DUTCH_WEEK, NORMS)
    assert (step.code, step.due, step.resets_waiting) == (code, on(due), resets)


def test_only_somebody_who_was_spoken_to_stops_waiting() -> None:
    assert [result for result in RESULTS if is_contact(result)] == ["reached", "came_by"]


def test_a_result_we_do_not_know_is_refused() -> None:
    with pytest.raises(UnknownResultError):
        after_attempt("hoped", on("2026-11-16"), MONDAY, DUTCH_WEEK, NORMS)


def test_a_plan_that_would_be_due_on_a_holiday_is_due_before_it() -> None:
    step = after_attempt(
        "reached", on("2026-12-11"), amsterdam("2026-12-11T09:00"), DUTCH_WEEK, NORMS
    )
    assert step.due == on("2026-12-24")


def test_a_plan_may_be_chosen_for_14_days_and_not_beyond() -> None:
    def last(norms: Mapping[str, int] = NORMS) -> date:
        return after_attempt("reached", MONDAY.date(), MONDAY, DUTCH_WEEK, norms).last

    assert last() == on("2026-11-30")
    assert last(norms_of({"plan_days": 5})) == on("2026-11-20")  # before a weekend


@pytest.mark.parametrize("result", NOBODY)
@pytest.mark.parametrize(
    ("current", "last"),
    [
        ("2026-11-16", "2026-11-18"),  # due today: one norm
        ("2026-11-02", "2026-11-17"),  # long overdue: the next working day and no further
        ("2026-11-20", "2026-11-18"),  # trying before the due day does not win extra days
    ],
)
def test_an_attempt_that_reached_nobody_moves_the_step_by_one_norm_at_most(
    result: str, current: str, last: str
) -> None:
    step = after_attempt(result, on(current), MONDAY, DUTCH_WEEK, NORMS)
    assert (step.due, step.last) == (on("2026-11-17"), on(last))


@given(st.sampled_from(NOBODY), days, moments, norms)
def test_no_attempt_moves_a_step_beyond_one_norm_after_it(
    result: str, current: date, attempted: datetime, norm: int
) -> None:
    own = norms_of({"first_contact_working_days": norm})
    step = after_attempt(result, current, attempted, DUTCH_WEEK, own)
    today = amsterdam_day(attempted)
    tomorrow = DUTCH_WEEK.add_working_days(today, 1)
    assert today <= step.due <= step.last <= DUTCH_WEEK.add_working_days(today, norm)
    assert step.last <= max(tomorrow, DUTCH_WEEK.add_working_days(current, norm))
    assert not step.resets_waiting


ENOUGH = [
    (amsterdam("2026-11-16T10:00"), "no_answer"),
    (amsterdam("2026-11-16T15:00"), "voicemail"),
    (amsterdam("2026-11-17T10:00"), "message"),
]
FRIDAY = amsterdam("2026-11-20T09:00")


def test_three_tries_on_two_days_and_two_parts_of_the_day_and_one_written_are_enough() -> None:
    assert tried_enough(ENOUGH, FRIDAY, DUTCH_WEEK, NORMS)


@pytest.mark.parametrize(
    "changed",
    [
        ENOUGH[:2],
        [ENOUGH[0], ENOUGH[1], (ENOUGH[2][0], "no_answer")],  # nothing in writing
        [ENOUGH[0], (amsterdam("2026-11-16T11:00"), "voicemail"), ENOUGH[2]],  # mornings only
        [ENOUGH[0], ENOUGH[1], (amsterdam("2026-11-16T18:00"), "message")],  # one day only
        [*ENOUGH[:2], (ENOUGH[2][0], "reached")],
    ],
)
def test_anything_less_is_not_enough(changed: list[tuple[datetime, str]]) -> None:
    assert not tried_enough(changed, FRIDAY, DUTCH_WEEK, NORMS)


def test_tries_of_more_than_ten_working_days_ago_do_not_count() -> None:
    assert tried_enough(ENOUGH, amsterdam("2026-11-30T23:00"), DUTCH_WEEK, NORMS)
    assert not tried_enough(ENOUGH, amsterdam("2026-12-01T00:00"), DUTCH_WEEK, NORMS)


@pytest.mark.parametrize(
    ("norms", "enough"),
    [
        ({"attempts": 4}, False),
        ({"attempt_days": 3}, False),
        ({"attempts_within_working_days": 5}, True),
        ({"attempts": 2}, True),
    ],
)
def test_who_asks_for_more_tries_gets_more(norms: dict[str, int], enough: bool) -> None:
    assert tried_enough(ENOUGH, FRIDAY, DUTCH_WEEK, norms_of(norms)) is enough


def test_a_shorter_window_counts_fewer_tries() -> None:
    week, later = norms_of({"attempts_within_working_days": 5}), amsterdam("2026-11-24T09:00")
    assert tried_enough(ENOUGH, later, DUTCH_WEEK, NORMS)
    assert missing_tries(ENOUGH, later, DUTCH_WEEK, week) == Missing(2, 1, 1, message=False)


def test_nobody_makes_it_one_try_or_a_single_day() -> None:
    least = norms_of({"attempts": 1, "attempt_days": 1, "attempts_within_working_days": 1})
    assert missing_tries([], FRIDAY, DUTCH_WEEK, least) == Missing(2, 2, 2, message=True)


def test_what_is_asked_of_whoever_tries_can_be_done_in_time() -> None:
    window, days = LIMITS["attempts_within_working_days"], LIMITS["attempt_days"]
    assert window[0] >= days[1]


def test_a_try_in_the_future_does_not_count() -> None:
    assert not tried_enough(ENOUGH, MONDAY + timedelta(hours=6), DUTCH_WEEK, NORMS)


@pytest.mark.parametrize(
    ("attempts", "missing"),
    [
        ([], Missing(3, 2, 2, message=True)),
        ([("2026-11-16T10:00", "no_answer")], Missing(2, 1, 1, message=True)),
        # Three within five minutes are one day and one part of it.
        (
            [(f"2026-11-16T10:0{minute}", "no_answer") for minute in (0, 2, 4)],
            Missing(0, 1, 1, message=True),
        ),
        (
            [
                ("2026-11-16T10:00", "no_answer"),
                ("2026-11-16T15:00", "voicemail"),
                ("2026-11-17T10:00", "no_answer"),
            ],
            Missing(0, 0, 0, message=True),
        ),
        (
            [
                ("2026-11-16T10:00", "no_answer"),
                ("2026-11-16T15:00", "message"),
                ("2026-11-17T10:00", "no_answer"),
            ],
            Missing(0, 0, 0, message=False),
        ),
        # Somebody who left no number and no address is only reached through who registered them.
        (
            [
                ("2026-11-16T10:00", "registrar"),
                ("2026-11-16T15:00", "registrar"),
                ("2026-11-17T10:00", "registrar"),
            ],
            Missing(0, 0, 0, message=False),
        ),
    ],
)
def test_what_not_reached_still_needs_is_counted(
    attempts: list[tuple[str, str]], missing: Missing
) -> None:
    tries = [(amsterdam(at), result) for at, result in attempts]
    now = amsterdam("2026-11-18T10:00")
    assert missing_tries(tries, now, DUTCH_WEEK, NORMS) == missing
    assert tried_enough(tries, now, DUTCH_WEEK, NORMS) == (not missing)

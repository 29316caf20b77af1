"""When a human step is due, and what an attempt to reach somebody changes. Pure.

There is one clock, "next human step due" (rule 3). A step has a due *day*; what is stored is the
moment it becomes overdue (`clock.overdue_from`), 0:00 in Amsterdam on the day after. So "overdue"
is `next_action_at <= now`, on any database. The norms are defaults; a programme may set its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.clock import AMSTERDAM, WorkingWeek, amsterdam_day

FIRST_CONTACT_DAYS = 2  # working days
PLAN_DAYS = 14  # calendar days
TRIES, TRY_DAYS, TRY_PARTS, TRY_WINDOW = 3, 2, 2, 10  # before "not reached"
NOON, EVENING = 12, 18  # hours at which a new part of the day begins

PLAN = "plan"
CALL_AGAIN = "call_again"
FIND_NUMBER = "find_number"

# What each result of an attempt asks for next. Somebody who came by was really spoken to.
NEXT_CODE: Mapping[str, str] = {
    "reached": PLAN,
    "came_by": PLAN,
    "no_answer": CALL_AGAIN,
    "voicemail": CALL_AGAIN,
    "message": CALL_AGAIN,
    "wrong_number": FIND_NUMBER,
}


class UnknownResultError(ValueError):
    """An attempt with a result that is not in `NEXT_CODE`."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a human does next, on which day at the latest, and whether the waiting is over."""

    code: str
    due: date
    resets_waiting: bool


def is_contact(result: str) -> bool:
    """Whether this result of an attempt means that somebody was really spoken to."""
    return _code(result) == PLAN


def next_attempt_due(
    current: date,
    attempted: datetime,
    week: WorkingWeek,
    *,
    wished: date | None = None,
    norm_days: int = FIRST_CONTACT_DAYS,
) -> date:
    """When to try again after an attempt at `attempted` that reached nobody.

    `current` is the day the step was due. It moves by one norm at most, and never beyond one norm
    after the attempt; but the next working day is always allowed, or a step that is long overdue
    could not be put right. `wished` is the handler's own day, brought within these bounds;
    without it the next working day.
    """
    today = amsterdam_day(attempted)
    tomorrow = week.add_working_days(today, 1)
    norm = max(norm_days, 1)
    latest = max(tomorrow, week.add_working_days(min(current, today), norm))
    return max(today, min(wished or tomorrow, latest))


def after_attempt(
    result: str,
    current: date,
    attempted: datetime,
    week: WorkingWeek,
    *,
    wished: date | None = None,
    norm_days: int = FIRST_CONTACT_DAYS,
) -> NextStep:
    """The next step that an attempt sets; `UnknownResultError` for a result we do not know."""
    code = _code(result)
    if is_contact(result):
        return NextStep(code, _plan_due(attempted, week, wished), resets_waiting=True)
    due = next_attempt_due(current, attempted, week, wished=wished, norm_days=norm_days)
    return NextStep(code, due, resets_waiting=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """What "not reached" still needs: so many attempts, days, parts of the day, and a message."""

    tries: int
    days: int
    parts: int
    message: bool

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return bool(self.tries or self.days or self.parts or self.message)


def tried_enough(
    attempts: Sequence[tuple[datetime, str]], now: datetime, week: WorkingWeek
) -> bool:
    """Whether "not reached" may be said of somebody: nothing is `missing_tries`."""
    return not missing_tries(attempts, now, week)


def missing_tries(
    attempts: Sequence[tuple[datetime, str]], now: datetime, week: WorkingWeek
) -> Missing:
    """What is missing before "not reached" may be said of somebody.

    `attempts` are (moment, result). Three in the last 10 working days, on 2 days and in 2 parts of
    the day, one of them in writing.
    """
    counted = [
        (at.astimezone(AMSTERDAM), result)
        for at, result in attempts
        if at <= now
        and week.add_working_days(amsterdam_day(at), TRY_WINDOW) >= amsterdam_day(now)
        and not is_contact(result)
    ]
    days = {at.date() for at, _ in counted}
    parts = {(at.hour >= NOON) + (at.hour >= EVENING) for at, _ in counted}
    return Missing(
        tries=max(0, TRIES - len(counted)),
        days=max(0, TRY_DAYS - len(days)),
        parts=max(0, TRY_PARTS - len(parts)),
        message=not any(result == "message" for _, result in counted),
    )


def _plan_due(reached: datetime, week: WorkingWeek, wished: date | None) -> date:
    today = amsterdam_day(reached)
    latest = week.on_or_before(today + timedelta(days=PLAN_DAYS))
    return max(today, min(wished or latest, latest))


def _code(result: str) -> str:
    try:
        return NEXT_CODE[result]
    except KeyError as missing:
        raise UnknownResultError(result) from missing

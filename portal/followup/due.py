"""When a human step is due, and what an attempt to reach somebody changes. Pure.

There is one clock, "next human step due" (rule 3). A step has a due *day*; what is stored is the
moment it becomes overdue (`clock.overdue_from`), 0:00 in Amsterdam on the day after. So "overdue"
is `next_action_at <= now`, on any database. Norms are handed in, by the
names of `catalogue.norms`: a programme may set its own, and so may an organisation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.clock import AMSTERDAM, WorkingWeek, amsterdam_day

Norms = Mapping[str, int]
TRY_PARTS = 2  # parts of the day before "not reached"; not a norm that anybody sets
NOON, EVENING = 12, 18  # hours at which a new part of the day begins

PLAN = "plan"
CALL_AGAIN = "call_again"
FIND_NUMBER = "find_number"

# Whoever registered the person was asked to pass it on.
REGISTRAR = "registrar"
# These tell the person something that they can come back to. A call that nobody takes does not.
LEAVES_WORD = ("message", REGISTRAR)

# What each result of an attempt asks for next. Somebody who came by was really spoken to.
NEXT_CODE: Mapping[str, str] = {
    "reached": PLAN,
    "came_by": PLAN,
    "no_answer": CALL_AGAIN,
    "voicemail": CALL_AGAIN,
    "message": CALL_AGAIN,
    REGISTRAR: CALL_AGAIN,
    "wrong_number": FIND_NUMBER,
}


class UnknownResultError(ValueError):
    """An attempt with a result that is not in `NEXT_CODE`."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a human does next, on which day, and whether the waiting is over.

    `due` is the day where nobody chooses another; `last` the latest day that may be chosen.
    """

    code: str
    due: date
    last: date
    resets_waiting: bool


def is_contact(result: str) -> bool:
    """Whether this result of an attempt means that somebody was really spoken to."""
    return _code(result) == PLAN


def after_attempt(
    result: str, current: date, attempted: datetime, week: WorkingWeek, norms: Norms
) -> NextStep:
    """The next step that an attempt sets; `UnknownResultError` for a result we do not know.

    `current` is the day the step was due before it.
    """
    code, today = _code(result), amsterdam_day(attempted)
    if is_contact(result):
        plan = max(today, week.on_or_before(today + timedelta(days=norms["plan_days"])))
        return NextStep(code, plan, plan, resets_waiting=True)
    tomorrow = week.add_working_days(today, 1)
    last = _last_try(current, today, tomorrow, week, norms["first_contact_working_days"])
    return NextStep(code, tomorrow, last, resets_waiting=False)


def _last_try(current: date, today: date, tomorrow: date, week: WorkingWeek, norm: int) -> date:
    """The last day to try again after an attempt that reached nobody.

    The step moves by one norm at most, and never beyond one norm after the attempt; but the next
    working day is always allowed, or a step that is long overdue could not be put right.
    """
    return max(tomorrow, week.add_working_days(min(current, today), max(norm, 1)))


@dataclass(frozen=True, slots=True)
class Missing:
    """What "not reached" still needs: so many attempts, days, parts of the day, and one that leaves
    word: a message, or whoever registered them passes it on.
    """

    tries: int
    days: int
    parts: int
    message: bool

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return bool(self.tries or self.days or self.parts or self.message)


def tried_enough(
    attempts: Sequence[tuple[datetime, str]], now: datetime, week: WorkingWeek, norms: Norms
) -> bool:
    """Whether "not reached" may be said of somebody: nothing is `missing_tries`."""
    return not missing_tries(attempts, now, week, norms)


def missing_tries(
    attempts: Sequence[tuple[datetime, str]], now: datetime, week: WorkingWeek, norms: Norms
) -> Missing:
    """What is missing before "not reached" may be said of somebody.

    `attempts` are (moment, result). Three in the last 10 working days, on 2 days, where nobody set
    another norm; in 2 parts of the day, one of them in writing or through whoever registered them,
    everywhere.
    """
    window = norms["attempts_within_working_days"]
    counted = [
        (at.astimezone(AMSTERDAM), result)
        for at, result in attempts
        if at <= now
        and week.add_working_days(amsterdam_day(at), window) >= amsterdam_day(now)
        and not is_contact(result)
    ]
    days = {at.date() for at, _ in counted}
    parts = {(at.hour >= NOON) + (at.hour >= EVENING) for at, _ in counted}
    return Missing(
        tries=max(0, norms["attempts"] - len(counted)),
        days=max(0, norms["attempt_days"] - len(days)),
        parts=max(0, TRY_PARTS - len(parts)),
        message=not any(result in LEAVES_WORD for _, result in counted),
    )


def _code(result: str) -> str:
    try:
        return NEXT_CODE[result]
    except KeyError as missing:
        raise UnknownResultError(result) from missing

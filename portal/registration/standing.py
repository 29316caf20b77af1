"""Where a registration stands, for the person themselves: one word, a day, and what they may do.

The words for it belong to the doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.clock import DAY, amsterdam_day
from portal.registration.models import Registration
from portal.registration.queries import IN_CASELOAD
from portal.registration.states import allowed, may_undo_withdraw

# "reached" and "came_by" are the attempts in which somebody was really spoken to.
SPOKEN = ("reached", "came_by")


@dataclass(frozen=True, slots=True)
class Standing:
    """`code` says where it stands; `day` is the last day of the next move, if there is one.

    `may` holds "line", "nobody_called", "stop" and "undo_stop": what the person can do now.
    """

    code: str
    day: date | None
    may: frozenset[str]


def standing_of(registration: Registration, results: tuple[str, ...], now: datetime) -> Standing:
    """Return where it stands; `results` are those of all attempts to reach the person."""
    spoken = any(result in SPOKEN for result in results)
    return Standing(
        code=_code(registration, results, spoken=spoken, now=now),
        day=_day(registration, spoken=spoken),
        may=frozenset(_may(registration, spoken=spoken, now=now)),
    )


def may_say_nobody_called(registration: Registration, now: datetime, *, spoken: bool) -> bool:
    """Whether "nobody called me" can be said: from the day after the promise, once.

    Somebody who was spoken to can say it again when the next step is overdue.
    """
    late = amsterdam_day(now) > registration.promised_on
    overdue = registration.next_action_at is not None and registration.next_action_at <= now
    return (
        registration.state in IN_CASELOAD
        and registration.nobody_called_at is None
        and late
        and (overdue or not spoken)
    )


def _code(
    registration: Registration, results: tuple[str, ...], *, spoken: bool, now: datetime
) -> str:
    state = registration.state
    # The first that holds is said: an end before a worry, a worry before how far it is.
    told: tuple[tuple[str, bool], ...] = (
        ("stopped", state == "closed" and registration.withdrawn_at is not None),
        ("closed", state == "closed"),
        ("aftercare", state == "aftercare"),
        ("told_us", registration.nobody_called_at is not None),
        ("late", may_say_nobody_called(registration, now, spoken=spoken)),
        ("asked_others", state == "referred"),
        ("started", state == "active"),
        ("resting", state == "waiting"),
        ("spoken", spoken),
        ("wrong_number", results[:1] == ("wrong_number",)),
        ("tried", bool(results)),
    )
    return next((code for code, holds in told if holds), "will_call")


def _day(registration: Registration, *, spoken: bool) -> date | None:
    """The day before it becomes overdue; before the first talk that is the promise."""
    if not spoken and registration.state == "new":
        return registration.promised_on
    if registration.next_action_at is None:
        return None
    return amsterdam_day(registration.next_action_at) - DAY


def _may(registration: Registration, *, spoken: bool, now: datetime) -> set[str]:
    may = set()
    if registration.state != "closed":
        may.add("line")
    if may_say_nobody_called(registration, now, spoken=spoken):
        may.add("nobody_called")
    if any(row.event == "withdraw" for row in allowed(registration.state, "person")):
        may.add("stop")
    if registration.state == "closed" and may_undo_withdraw(registration.withdrawn_at, now):
        may.add("undo_stop")
    return may

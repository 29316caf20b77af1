"""Where a registration stands, for the person themselves: one word, a day, and what they may do.

The words for it belong to the doors. What partners do is read by `referral.standing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.clock import amsterdam_day, due_on
from portal.registration.models import Registration
from portal.registration.queries import IN_CASELOAD
from portal.registration.states import allowed, may_undo_withdraw

# "reached" and "came_by" are the attempts in which somebody was really spoken to.
SPOKEN = ("reached", "came_by")
# The owner's next step when a partner tried in vain to reach the person.
FIND_NUMBER = "find_number"


@dataclass(frozen=True, slots=True)
class Partner:
    """How far it is with one organisation that was asked.

    `code` is "asked", "taken_up", "introduced" (the owner brings them together), "begun",
    "resting", "done", "back" or "withdrawn"; `day` the last day of the next move, if it lies ahead.
    `reaches`: they may know how to reach the person. `said_no`: nobody there had made contact.
    """

    referral_id: UUID
    organization_id: UUID
    contact_id: UUID
    code: str
    day: date | None
    lead: bool
    is_open: bool
    reaches: bool
    said_no: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """`code` says where it stands; `day` is the last day of the next move, if there is one.

    `may` holds "line", "nobody_called", "stop" and "undo_stop": what the person can do now.
    `partner` is whose move it is, when it is a partner's.
    """

    code: str
    day: date | None
    may: frozenset[str]
    partner: Partner | None = None


def standing_of(
    registration: Registration,
    results: tuple[str, ...],
    now: datetime,
    partners: Sequence[Partner] = (),
) -> Standing:
    """Return where it stands; `results` are those of all attempts to reach the person.

    `partners` come with whoever is furthest first.
    """
    spoken = any(result in SPOKEN for result in results)
    code = _code(registration, results, partners, spoken=spoken, now=now)
    moves = code in WITH_PARTNER and partners and partners[0].is_open
    partner = partners[0] if moves else None
    return Standing(
        code=code,
        day=partner.day if partner else _day(registration, code, spoken=spoken),
        may=frozenset(_may(registration, spoken=spoken, now=now)),
        partner=partner,
    )


WITH_PARTNER = ("asked_others", "taken_up", "started")


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
    registration: Registration,
    results: tuple[str, ...],
    partners: Sequence[Partner],
    *,
    spoken: bool,
    now: datetime,
) -> str:
    state = registration.state
    came_back = bool(registration.came_back) and not any(each.is_open for each in partners)
    with_partners = _with_partners(state, partners)
    late = may_say_nobody_called(registration, now, spoken=spoken)
    wrong = results[:1] == ("wrong_number",) or registration.next_action == FIND_NUMBER
    # The first that holds is said: an end before a worry, a worry before how far it is.
    told: tuple[tuple[str, bool], ...] = (
        ("stopped", state == "closed" and registration.withdrawn_at is not None),
        ("closed", state == "closed"),
        ("aftercare", state == "aftercare"),
        (_complaint(partners), registration.nobody_called_at is not None),
        ("late_tried" if results and not spoken else "late", late),
        ("wrong_number", came_back and wrong),
        ("resting", state == "waiting"),
        ("came_back", came_back),
        (with_partners, bool(with_partners)),
        ("spoken", spoken),
        ("wrong_number", wrong),
        ("tried", bool(results)),
    )
    return next((code for code, holds in told if holds), "will_call")


def _complaint(partners: Sequence[Partner]) -> str:
    """About a partner who did not call, or about the owner."""
    about_partner = any(each.said_no and each.is_open for each in partners)
    return "not_contacted" if about_partner else "told_us"


def _with_partners(state: str, partners: Sequence[Partner]) -> str:
    """How far partners are; "" when it is not theirs."""
    foremost = partners[0].code if partners else ""
    if state == "referred":
        return "asked_others" if foremost in ("", "asked") else "taken_up"
    if state == "active" and foremost == "done":
        return "partner_done"
    nobody_left = partners and not partners[0].is_open
    return "started" if state == "active" and not nobody_left else ""


def _day(registration: Registration, code: str, *, spoken: bool) -> date | None:
    """The day before it becomes overdue; before the first talk that is the promise."""
    if not spoken and (registration.state == "new" or code in ("late", "late_tried")):
        return registration.promised_on
    if registration.next_action_at is None:
        return None
    return due_on(registration.next_action_at)


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

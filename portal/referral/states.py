"""The states of a referral: one table, from which everything else derives. Pure.

docs/states.md is written from it; names follow FHIR Task as used
for closed-loop referral (Gravity). `send` makes a referral, so it leads from `NOTHING`.

An actor here is a side: the owner (*who asks*), the receiver (*who is asked*, by account or by
link), the person, or the portal's own clock. `needs` names what a room must have looked at before
the event may happen; `happen` refuses when a room does not say that it did.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.registration.states import Transition, find
from portal.registration.states import allowed as allowed_by

NOTHING = "nothing"
STATES = (
    "requested",
    "accepted",
    "rejected",
    "in_progress",
    "on_hold",
    "completed",
    "failed",
    "cancelled",
)
ACTORS = ("owner", "receiver", "person", "system")
OPEN = ("requested", "accepted", "in_progress", "on_hold")
ENDED = tuple(state for state in STATES if state not in OPEN)
_TAKEN_UP = ("accepted", "in_progress", "on_hold")

UNDO_ACCEPT = timedelta(hours=24)

T = Transition
TABLE: tuple[Transition, ...] = (
    T("send", (NOTHING,), "requested", ("owner",), ("consent",)),
    T("accept", ("requested",), "accepted", ("receiver",)),
    T("decline", ("requested",), "rejected", ("receiver",), ("reason",)),
    T("lapse", ("requested",), "cancelled", ("system",), ("unanswered",)),
    T("retract", ("requested", "accepted"), "cancelled", ("owner",), ("reason",)),
    T("withdraw", OPEN, "cancelled", ("person",)),
    # Reached, or for a warm handover introduced: somebody really met somebody.
    T("contact_made", ("accepted",), "in_progress", ("receiver",), ("contact",)),
    T("hold", ("accepted", "in_progress"), "on_hold", ("receiver",), ("until",)),
    T("resume", ("on_hold",), "in_progress", ("receiver",)),
    T("resume", ("on_hold",), "in_progress", ("system",), ("date_passed",)),
    T("complete", _TAKEN_UP, "completed", ("receiver",), ("outcome",)),
    # "Not reached" is only said after enough attempts; every other reason needs none.
    T("fail", _TAKEN_UP, "failed", ("receiver",), ("reason", "tried_if_not_reached")),
    T("undo", ("accepted",), "requested", ("receiver",), ("within_24_hours",)),
)

EVENTS: tuple[str, ...] = tuple(dict.fromkeys(row.event for row in TABLE))


def allowed(state: str, actor: str) -> tuple[Transition, ...]:
    """The rows this side may use in this state, in the order of the table: the buttons shown."""
    return allowed_by(state, actor, TABLE)


def row_for(state: str, event: str, actor: str) -> Transition:
    """The one row for this event; raises a `registration.states.MoveError`."""
    return find(state, event, actor, TABLE)


def move(state: str, event: str, actor: str) -> str:
    """The state after the event; raises a `registration.states.MoveError`."""
    return row_for(state, event, actor).to


def may_undo_accept(accepted_at: datetime | None, now: datetime) -> bool:
    """Whether "we take this up" can still be undone: within 24 hours."""
    return accepted_at is not None and now - accepted_at <= UNDO_ACCEPT

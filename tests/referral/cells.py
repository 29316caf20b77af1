"""Every event through its room, with everything the guards ask for: only state and side decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.followup import partner
from portal.referral import answer, end, withdraw, work
from portal.referral.happen import happen
from portal.referral.models import Referral
from portal.referral.party import BY_LINK, CLOCK, PERSON, Party, as_owner
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral, receiver_of

LATER = WEDNESDAY + timedelta(minutes=5)
REST_UNTIL = LATER.date() + timedelta(days=7)


@dataclass(frozen=True)
class Cell:
    """A referral in some state, and a session to act in."""

    db: Session
    town: Town
    referral: Referral


def party(cell: Cell, side: str) -> Party:
    """Somebody of this side, signed in where that side signs in."""
    registration = cell.db.get_one(Registration, cell.referral.registration_id)
    if side == "owner":
        return as_owner(cell.town.owner.handler, registration)
    if side == "receiver":
        return receiver_of(cell.town, cell.referral)
    return {"person": PERSON, "system": CLOCK, "link": BY_LINK}[side]


Room = Callable[[Cell, Party, datetime], object]

ROOMS: Mapping[str, Room] = {
    "send": lambda c, by, now: happen(c.db, c.referral, "send", by=by, now=now, met=("consent",)),
    "accept": lambda c, by, now: answer.accept(c.db, c.referral, by=by, now=now),
    "decline": lambda c, by, now: answer.decline(c.db, c.referral, "full", by=by, now=now),
    "lapse": lambda c, by, now: end.lapse(c.db, c.referral, by=by, now=now),
    "retract": lambda c, by, now: end.retract(c.db, c.referral, "by_mistake", by=by, now=now),
    "withdraw": lambda c, by, now: withdraw.withdraw(c.db, c.referral, by=by, now=now),
    "contact_made": lambda c, by, now: partner.contact_made(c.db, c.referral, by=by, now=now),
    "hold": lambda c, by, now: work.hold(c.db, c.referral, REST_UNTIL, by=by, now=now),
    "resume": lambda c, by, now: work.resume(c.db, c.referral, by=by, now=now),
    "complete": lambda c, by, now: work.complete(c.db, c.referral, "paid_work", by=by, now=now),
    "fail": lambda c, by, now: partner.fail(c.db, c.referral, "stopped", by=by, now=now),
    "undo": lambda c, by, now: answer.undo(c.db, c.referral, by=by, now=now),
}

# How a referral comes into each state: events, each by its own side.
ROADS: Mapping[str, tuple[str, ...]] = {
    "requested": (),
    "accepted": ("accept",),
    "rejected": ("decline",),
    "in_progress": ("accept", "contact_made"),
    "on_hold": ("accept", "hold"),
    "completed": ("accept", "complete"),
    "failed": ("accept", "fail"),
    "cancelled": ("withdraw",),
}


def cell_in(db: Session, town: Town, state: str) -> Cell:
    """A referral in this state, of a person the receiver has spoken to if it could."""
    cell = Cell(db, town, a_referral(db, town))
    for event in ROADS[state]:
        side = "person" if event == "withdraw" else "receiver"
        if event == "contact_made":
            _reach(cell)
        ROOMS[event](cell, party(cell, side), LATER)
    if state == "accepted":
        _reach(cell)
    db.flush()
    assert cell.referral.state == state
    return cell


def moment_of(cell: Cell, event: str) -> datetime:
    """When the event's guard is met: after the day has passed, or within 24 hours."""
    if event == "lapse":
        return cell.referral.lapses_at
    return LATER + timedelta(days=9 if event == "resume" else 0, minutes=5)


def _reach(cell: Cell) -> None:
    by = party(cell, "receiver")
    partner.log_attempt(cell.db, cell.referral, "reached", by=by, now=LATER)

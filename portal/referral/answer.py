"""What a receiver answers: we take this up, not us because …, and "that was a mistake"."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact
from portal.notify.models import OutboxMessage
from portal.referral.ask import check_can_own
from portal.referral.deadlines import answer_wanted, contact_wanted, pace_of_receiver
from portal.referral.happen import check_may, happen
from portal.referral.loop import came_back, goes_on, moved
from portal.referral.models import Referral
from portal.referral.ownership import take_ownership
from portal.referral.party import Party
from portal.referral.queries import events_of
from portal.referral.reasons import DECLINE
from portal.referral.refusals import (
    TooLateToUndoError,
    UndoneTooOftenError,
    WrongReasonError,
)
from portal.referral.states import may_undo_accept
from portal.registration.models import Registration
from portal.registration.refusals import NotAColleagueError
from portal.registration.tell import tell

# A mistake, and a second one. Whoever goes back and forth tires the person and the owner.
MOST_UNDONE = 2


def accept(
    db: Session,
    referral: Referral,
    *,
    by: Party,
    now: datetime,
    contact_id: UUID | None = None,
) -> None:
    """We take this up: from now on the receiver may know how to reach the person.

    `contact_id` is who takes it up there, if not the one who was asked. Whoever was asked to
    become the owner is the owner from this moment. Raises a `MoveError`, `NotAColleagueError`, and
    `NobodySignsInError` for a new owner that could not open the case.
    """
    check_may(referral, "accept", by)
    if referral.transfers:
        check_can_own(db, referral.receiver_id)
    if contact_id:
        _refuse_stranger(db, referral, contact_id)
        referral.contact_id = contact_id
    happen(db, referral, "accept", by=by, now=now)
    referral.accepted_at = now
    if referral.transfers:
        take_ownership(db, referral, by=by, now=now)
        return
    contact_wanted(referral, pace_of_receiver(db, referral), now=now)
    goes_on(db, referral)
    _tell_person(db, referral, now=now)


def decline(db: Session, referral: Referral, reason: str, *, by: Party, now: datetime) -> None:
    """Not us, because …: the person is back with the owner. Raises `WrongReasonError`."""
    check_may(referral, "decline", by)
    if reason not in DECLINE:
        raise WrongReasonError
    happen(db, referral, "decline", by=by, now=now, met=("reason",), reason=reason)
    came_back(db, referral, DECLINE[reason], by=by, now=now)


def undo(db: Session, referral: Referral, *, by: Party, now: datetime) -> None:
    """Take "we take this up" back within 24 hours: it waits for an answer again.

    What was seen of the person meanwhile is hidden again. Raises `TooLateToUndoError`, and
    `UndoneTooOftenError` for whoever goes back and forth.
    """
    check_may(referral, "undo", by)
    if not may_undo_accept(referral.accepted_at, now):
        raise TooLateToUndoError
    if not may_undo_again(db, referral):
        raise UndoneTooOftenError
    happen(db, referral, "undo", by=by, now=now, met=("within_24_hours",))
    referral.accepted_at = None
    answer_wanted(referral, pace_of_receiver(db, referral), now=now)
    moved(db, referral)


def may_undo_again(db: Session, referral: Referral) -> bool:
    """Whether it was undone fewer than `MOST_UNDONE` times."""
    undone = [each for each in events_of(db, referral.id) if each.event == "undo"]
    return len(undone) < MOST_UNDONE


def _tell_person(db: Session, referral: Referral, *, now: datetime) -> None:
    """Tell the person who calls: once, unless that message was dropped because of an undo."""
    about = select(OutboxMessage).where(
        OutboxMessage.registration_id == referral.registration_id,
        OutboxMessage.kind == "partner_accepted",
        OutboxMessage.state != "dropped",
    )
    if any(each.data.get("referral") == str(referral.id) for each in db.scalars(about)):
        return
    data = {
        "referral": str(referral.id),
        "organization": str(referral.receiver_id),
        "contact": str(referral.contact_id),
    }
    registration = db.get_one(Registration, referral.registration_id)
    tell(db, registration, "partner_accepted", now=now, data=data)


def _refuse_stranger(db: Session, referral: Referral, contact_id: UUID) -> None:
    contact = db.get(Contact, contact_id)
    if (
        contact is None
        or not contact.active
        or contact.handles_rent
        or contact.organization_id != referral.receiver_id
    ):
        raise NotAColleagueError

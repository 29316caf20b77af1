"""What a receiver answers: we take this up, not us because …, and "that was a mistake"."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.catalogue.models import Contact
from portal.referral.deadlines import answer_wanted, contact_wanted, pace_of_receiver
from portal.referral.happen import check_may, happen
from portal.referral.loop import came_back, moved
from portal.referral.models import Referral
from portal.referral.ownership import take_ownership
from portal.referral.party import Party
from portal.referral.reasons import DECLINE
from portal.referral.refusals import TooLateToUndoError, WrongReasonError
from portal.referral.states import may_undo_accept
from portal.registration.models import Registration
from portal.registration.refusals import NotAColleagueError
from portal.registration.tell import tell


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
    become the owner is the owner from this moment. Raises a `MoveError`, `NotAColleagueError`.
    """
    check_may(referral, "accept", by)
    if contact_id:
        _refuse_stranger(db, referral, contact_id)
        referral.contact_id = contact_id
    happen(db, referral, "accept", by=by, now=now)
    referral.accepted_at = now
    if referral.transfers:
        take_ownership(db, referral, by=by, now=now)
        return
    contact_wanted(referral, pace_of_receiver(db, referral), now=now)
    moved(db, referral)
    registration = db.get_one(Registration, referral.registration_id)
    data = {"organization": str(referral.receiver_id), "contact": str(referral.contact_id)}
    tell(db, registration, "partner_accepted", now=now, data=data)


def decline(db: Session, referral: Referral, reason: str, *, by: Party, now: datetime) -> None:
    """Not us, because …: the person is back with the owner. Raises `WrongReasonError`."""
    check_may(referral, "decline", by)
    if reason not in DECLINE:
        raise WrongReasonError
    happen(db, referral, "decline", by=by, now=now, met=("reason",), reason=reason)
    came_back(db, referral, DECLINE[reason], by=by, now=now)


def undo(db: Session, referral: Referral, *, by: Party, now: datetime) -> None:
    """Take "we take this up" back within 24 hours: it waits for an answer again.

    Raises `TooLateToUndoError`. What was seen of the person meanwhile is hidden again.
    """
    check_may(referral, "undo", by)
    if not may_undo_accept(referral.accepted_at, now):
        raise TooLateToUndoError
    happen(db, referral, "undo", by=by, now=now, met=("within_24_hours",))
    referral.accepted_at = None
    answer_wanted(referral, pace_of_receiver(db, referral), now=now)
    moved(db, referral)


def _refuse_stranger(db: Session, referral: Referral, contact_id: UUID) -> None:
    contact = db.get(Contact, contact_id)
    if (
        contact is None
        or not contact.active
        or contact.handles_rent
        or contact.organization_id != referral.receiver_id
    ):
        raise NotAColleagueError

"""Find referrals."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.referral.models import Referral, ReferralEvent, ReferralNote
from portal.referral.refusals import HappenedMeanwhileError
from portal.referral.states import OPEN
from portal.registration.models import Registration


def open_referrals(db: Session, registration_id: UUID) -> Sequence[Referral]:
    """Return the referrals of one person that are still open, the oldest first."""
    query = select(Referral).where(
        Referral.registration_id == registration_id, Referral.state.in_(OPEN)
    )
    return db.scalars(query.order_by(Referral.created_at, Referral.id)).all()


def referrals_of(db: Session, registration_id: UUID) -> Sequence[Referral]:
    """Return every referral of one person, the oldest first."""
    query = select(Referral).where(Referral.registration_id == registration_id)
    return db.scalars(query.order_by(Referral.created_at, Referral.id)).all()


def events_of(db: Session, referral_id: UUID) -> Sequence[ReferralEvent]:
    """Return what happened to a referral, the oldest first."""
    query = select(ReferralEvent).where(ReferralEvent.referral_id == referral_id)
    return db.scalars(query.order_by(ReferralEvent.at)).all()


def notes_of(db: Session, referral_id: UUID) -> Sequence[ReferralNote]:
    """Return the words on a referral, the oldest first."""
    query = select(ReferralNote).where(ReferralNote.referral_id == referral_id)
    return db.scalars(query.order_by(ReferralNote.at)).all()


def hold_for_change(db: Session, referral_id: UUID, *, seen: int | None = None) -> Referral:
    """Return a referral that nobody else can change until the transaction ends.

    `seen` is the version that somebody had before them when they decided. The registration is held
    first, as everybody does who changes both.

    Raises:
        HappenedMeanwhileError: somebody was first; it says what they did.
    """
    which = select(Referral).where(Referral.id == referral_id)
    registration_id = db.scalars(which.with_only_columns(Referral.registration_id)).one()
    of_registration = select(Registration).where(Registration.id == registration_id)
    fresh = {"populate_existing": True}
    db.scalars(of_registration.with_for_update(), execution_options=fresh).one()
    referral = db.scalars(which.with_for_update(), execution_options=fresh).one()
    if seen is not None and referral.version != seen:
        raise _happened(db, referral)
    return referral


def _happened(db: Session, referral: Referral) -> HappenedMeanwhileError:
    events = events_of(db, referral.id)
    # An acceptance and what follows from it carry the same moment.
    last = next(each for each in reversed(events) if each.to_state == referral.state)
    return HappenedMeanwhileError(last.event, referral.state, last.at)

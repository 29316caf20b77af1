"""Hold rows that are about to change, so that nobody else changes them at the same moment."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.referral.models import Referral
from portal.registration.models import Registration

FRESH = {"populate_existing": True}


def held_registrations(db: Session, which: ColumnElement[bool]) -> list[Registration]:
    """Return these registrations, as they are now, until the transaction ends."""
    query = select(Registration).where(which).order_by(Registration.id).with_for_update()
    return list(db.scalars(query, execution_options=FRESH))


def held_referrals(db: Session, which: ColumnElement[bool]) -> list[Referral]:
    """Return these referrals; their registrations are held first, as everybody does."""
    held_registrations(
        db, Registration.id.in_(select(Referral.registration_id).where(which).distinct())
    )
    query = select(Referral).where(which).order_by(Referral.id).with_for_update()
    return list(db.scalars(query, execution_options=FRESH))

"""Who is away today, and who does their work meanwhile. Nothing has to be done on return."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.catalogue.known import is_away
from portal.catalogue.models import Contact


def who_is_in(db: Session, contact_id: UUID, today: date) -> UUID:
    """Return who does the work of a contact today: themselves, or who stands in for them.

    A deputy who is away hands on to a deputy of their own. When nobody is in, it stays theirs.
    """
    seen: set[UUID] = set()
    contact = db.get_one(Contact, contact_id)
    while is_away(contact, today) and contact.id not in seen:
        seen.add(contact.id)
        deputy = db.get(Contact, contact.deputy_id) if contact.deputy_id else None
        if deputy is None or not _may_stand_in(deputy, contact):
            return contact_id
        contact = deputy
    return contact_id if contact.id in seen else contact.id


def stood_in_for(db: Session, contact_ids: Collection[UUID], today: date) -> frozenset[UUID]:
    """Return whose work these contacts do today beside their own."""
    if not contact_ids:
        return frozenset()
    mine = select(Contact.organization_id).where(Contact.id.in_(contact_ids))
    absent = or_(Contact.absent_from.is_not(None), Contact.absent_until.is_not(None))
    away = db.scalars(select(Contact).where(Contact.organization_id.in_(mine), absent)).all()
    gone = [each for each in away if is_away(each, today) and each.id not in contact_ids]
    return frozenset(each.id for each in gone if who_is_in(db, each.id, today) in contact_ids)


def _may_stand_in(deputy: Contact, contact: Contact) -> bool:
    """Only a colleague who may be named: the person agreed with the organisation."""
    fit = deputy.active and not deputy.handles_rent
    return fit and deputy.organization_id == contact.organization_id

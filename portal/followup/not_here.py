"""Why nobody new comes to somebody who is signed in: their own contact is away, or switched off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.catalogue.away import who_is_in
from portal.catalogue.known import is_away
from portal.catalogue.models import Contact, Organization
from portal.clock import amsterdam_day
from portal.followup.colleague import Colleague, as_colleagues


@dataclass(frozen=True, slots=True)
class NotHere:
    """A contact of mine. Away: `until` is the last day if there is one, `deputy` a colleague."""

    contact_id: UUID
    organization_id: UUID
    organization: str
    off: bool
    until: date | None = None
    deputy: Colleague | None = None


def not_here(db: Session, by: Identity, *, now: datetime) -> Sequence[NotHere]:
    """Return which of my own contacts new people do not meet today; mostly none."""
    mine = Contact.id.in_(by.contact_ids)
    query = select(Contact, Organization.name).join(Organization).where(mine)
    found = db.execute(query.order_by(Organization.name)).all() if by.contact_ids else ()
    today = amsterdam_day(now)
    return [
        _why(db, contact, name, today)
        for contact, name in found
        if not contact.active or is_away(contact, today)
    ]


def _why(db: Session, contact: Contact, organization: str, today: date) -> NotHere:
    here = contact.id, contact.organization_id, organization
    if not contact.active:
        return NotHere(*here, off=True)
    stands_in = who_is_in(db, contact.id, today)
    found = [db.get_one(Contact, stands_in)] if stands_in != contact.id else []
    deputy = next(iter(as_colleagues(db, found)), None)
    return NotHere(*here, off=False, until=contact.absent_until, deputy=deputy)

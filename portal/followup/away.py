"""Who is away today, and who does their work meanwhile. Nothing has to be done on return."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact


def is_away(contact: Contact, today: date) -> bool:
    """Whether a contact is away on this day (Europe/Amsterdam); both ends are away."""
    if contact.absent_from is None and contact.absent_until is None:
        return False
    begun = contact.absent_from is None or contact.absent_from <= today
    return begun and (contact.absent_until is None or today <= contact.absent_until)


def stood_in_for(db: Session, contact_ids: Collection[UUID], today: date) -> frozenset[UUID]:
    """Return whose work these contacts do today, beside their own. One query.

    A deputy who is away hands on to a deputy of their own, as new people are handed on.
    """
    if not contact_ids:
        return frozenset()
    mine = select(Contact.organization_id).where(Contact.id.in_(contact_ids))
    away = or_(Contact.absent_from.is_not(None), Contact.absent_until.is_not(None))
    query = select(Contact).where(Contact.organization_id.in_(mine), away)
    gone = {each.id: each for each in db.scalars(query) if is_away(each, today)}
    return frozenset(each for each in gone if _deputy(gone, each) in contact_ids)


def _deputy(gone: Mapping[UUID, Contact], contact_id: UUID) -> UUID | None:
    """The first down the line who is not away; None when it ends, or goes round."""
    seen: set[UUID] = set()
    each: UUID | None = contact_id
    while each is not None and each in gone:
        if each in seen:
            return None
        seen.add(each)
        each = gone[each].deputy_id
    return each

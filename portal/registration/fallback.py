"""Who takes over, as it was named to the person: only while they are there and agreed to."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.registration.models import Consent, Registration


def fallback_stands() -> ColumnElement[bool]:
    """Whether the fallback of a registration still is one; for a query of registrations.

    They are on, at an organisation that is on and not the owner's, and the person's consent for it
    was not taken back. Otherwise nobody takes over: somebody else is asked about first (rule 4).
    """
    return exists().where(
        Contact.id == Registration.fallback_contact_id,
        Contact.active,
        Organization.id == Contact.organization_id,
        Organization.active,
        Organization.id != Registration.owner_id,
        Consent.registration_id == Registration.id,
        Consent.organization_id == Contact.organization_id,
        Consent.revoked_at.is_(None),
    )


def fallback_of(db: Session, registration: Registration) -> Contact | None:
    """Return who takes over, None when nobody does any more."""
    mine = select(Registration.id).where(Registration.id == registration.id, fallback_stands())
    if db.scalar(mine) is None:
        return None
    return db.get_one(Contact, registration.fallback_contact_id)

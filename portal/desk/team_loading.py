"""Load what somebody may change in a team; what they may not does not exist for them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import abort
from sqlalchemy.orm import Session

from portal.accounts.identity import Right
from portal.catalogue.models import Contact, Organization, Service
from portal.followup.absence import may_set_absence
from portal.followup.switching import organization_of
from portal.web.login import current_identity

Switchable = Contact | Service | Organization
TABLES: Mapping[str, type[Switchable]] = {
    "contacts": Contact,
    "services": Service,
    "organizations": Organization,
}


def load_row(db: Session, table: str, row_id: UUID) -> Switchable:
    """Return what a coordinator may switch, or answer 404."""
    mine = current_identity().organizations(Right.COORDINATE)
    row = db.get(TABLES[table], row_id)
    if not isinstance(row, Switchable) or organization_of(row) not in mine:
        abort(404)
    return row


def load_organization(db: Session, organization_id: UUID) -> Organization:
    """Return an organisation that somebody coordinates, or answer 404."""
    row = db.get(Organization, organization_id)
    if row is None or row.id not in current_identity().organizations(Right.COORDINATE):
        abort(404)
    return row


def load_member(db: Session, contact_id: UUID) -> Contact:
    """Return a contact: of one's own organisation for a coordinator, else only oneself; or 404."""
    contact = db.get(Contact, contact_id)
    if contact is None or not may_set_absence(contact, current_identity()):
        abort(404)
    return contact


def coordinates(contact: Contact) -> bool:
    """Whether whoever looks may set more than when they are away."""
    return contact.organization_id in current_identity().organizations(Right.COORDINATE)

"""Who signs in to a demonstration: `<role>@<organisation>.example`, all with one password."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.manage import add_account, add_membership
from portal.accounts.passwords import hash_password
from portal.catalogue.known import KnownContact, KnownOrganization
from portal.catalogue.snapshot import Snapshot

# What there is at each kind of organisation; every role exists somewhere in every neighbourhood.
ROLES_AT = {
    "corporation": ("handler", "coordinator"),
    "partner": ("handler", "coordinator"),
    "neighbourhood": ("handler", "registrar"),
    "last_resort": ("handler", "coordinator", "viewer", "administrator"),
}
# Recognisably invented, one for each role.
SURNAMES = {
    "handler": "Voorbeeld",
    "coordinator": "Proefman",
    "registrar": "Demoer",
    "viewer": "Denkbeeld",
    "administrator": "Verzonnen",
}
FIRST_NAMES = {
    "coordinator": "Carla",
    "registrar": "Rachid",
    "viewer": "Vera",
    "administrator": "Adam",
}


def email_of(role: str, organization: KnownOrganization) -> str:
    """Return the address that signs in as this role there."""
    return f"{role}@{organization.slug}.example"


def add_demo_accounts(db: Session, catalogue: Snapshot, password: str, *, now: datetime) -> int:
    """Add an account for every role at every organisation; return how many there are."""
    hashed, count = hash_password(password), 0
    for organization, role in _wanted(catalogue):
        seat = _seat(catalogue, organization)
        if role == "handler" and seat is None:
            continue
        contact = seat if role == "handler" else None
        account = add_account(
            db, email_of(role, organization), _name(role, contact), password_hash=hashed, now=now
        )
        add_membership(
            db,
            account,
            organization.id,
            role,
            title=contact.role("nl") if contact else None,
            contact_id=contact.id if contact else None,
        )
        count += 1
    return count


def _wanted(catalogue: Snapshot) -> Iterator[tuple[KnownOrganization, str]]:
    for organization in catalogue.organizations.values():
        for role in ROLES_AT[organization.kind] if organization.active else ():
            yield organization, role


def _seat(catalogue: Snapshot, organization: KnownOrganization) -> KnownContact | None:
    """Return the contact there who has most room, and so has most people in the stories."""
    return max(catalogue.contacts_of(organization.id), key=lambda row: row.capacity, default=None)


def _name(role: str, contact: KnownContact | None) -> str:
    first_name = contact.first_name if contact else FIRST_NAMES[role]
    return f"{first_name} {SURNAMES[role]}"

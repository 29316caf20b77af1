"""A colleague somebody can give people to, and whether they can open the list to find them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.following import contacts_signing_in
from portal.catalogue.models import Contact


@dataclass(frozen=True, slots=True)
class Colleague:
    """A contact who can be chosen. Without an account they only hear of people by mail or SMS."""

    id: UUID
    first_name: str
    signs_in: bool


def as_colleagues(db: Session, contacts: Sequence[Contact]) -> list[Colleague]:
    """Return these contacts as whoever chooses sees them, in the order they were given."""
    able = contacts_signing_in(db, {each.organization_id for each in contacts})
    return [Colleague(each.id, each.first_name, each.id in able) for each in contacts]

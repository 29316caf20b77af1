"""The place where somebody said to drop by, and who to ask for there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.catalogue.known import KnownContact
from portal.catalogue.nearby import hours_shown
from portal.catalogue.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class DropBy:
    """A place in words: `hours` say when it is open; `host` is a first name, "" if we know none."""

    name: str
    address: str
    hours: str
    host: str


def drop_by_at(
    catalogue: Snapshot, location_id: UUID | None, contact: KnownContact, *, locale: str
) -> DropBy | None:
    """Return the place, None when none was chosen or it is not known any more.

    Whoever has the case is asked for at their own organisation; elsewhere somebody who is there.
    """
    location = catalogue.locations.get(location_id) if location_id else None
    if location is None:
        return None
    at = location.organization_id
    there = (contact,) if contact.organization_id == at else catalogue.contacts_of(at)
    return DropBy(
        name=location.name,
        address=location.address,
        hours=hours_shown(location.openings, locale),
        host=there[0].first_name if there else "",
    )

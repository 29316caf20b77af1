"""Where a link or a QR code leads: a programme, and perhaps a postcode in it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.known import KnownProgramme
from portal.catalogue.models import EntryLink, Programme
from portal.catalogue.nearby import (
    Nearby,
    NearLocation,
    hours_shown,
    locations_of,
    near_postcode,
    near_programme,
)
from portal.catalogue.snapshot import Snapshot


@dataclass(frozen=True)
class Place:
    """A programme as a tenant meets it: its true sentence, its phone (E.164), where to walk in."""

    name: str
    sentence: str
    phone: str
    phone_hours: str
    locations: tuple[NearLocation, ...]
    near: Nearby


def place_of_entry(db: Session, slug: str, *, locale: str) -> Place | None:
    """Return the place an entry link brings, None when there is no such link."""
    entry = db.scalar(select(EntryLink).where(EntryLink.slug == slug))
    programme = db.get(Programme, entry.programme_id) if entry else None
    if entry is None or programme is None:
        return None
    words = programme.words[locale]
    return Place(
        name=programme.name,
        sentence=words["sentence"],
        phone=programme.phone,
        phone_hours=words["phone_hours"],
        locations=locations_of(db, programme.id, locale=locale, digits=entry.digits or ""),
        near=near_postcode(db, entry.digits, locale=locale)
        if entry.digits
        else near_programme(db, programme.id, locale=locale),
    )


def place_of(
    catalogue: Snapshot, programme: KnownProgramme, *, locale: str, digits: str | None = None
) -> Place:
    """Return a programme as a place without its tiles; asks the database nothing."""
    return Place(
        name=programme.name,
        sentence=programme.sentence(locale),
        phone=programme.phone,
        phone_hours=programme.phone_hours(locale),
        locations=tuple(
            NearLocation(row.slug, row.name, row.address, hours_shown(row.openings, locale))
            for row in catalogue.locations_of(programme, digits)
        ),
        near=Nearby(),
    )

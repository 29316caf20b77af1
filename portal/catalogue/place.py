"""Where a link or a QR code leads: a programme, and perhaps a postcode in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portal.catalogue.known import KnownProgramme
from portal.catalogue.nearby import (
    Nearby,
    NearLocation,
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


def place_of_entry(catalogue: Snapshot, slug: str, *, locale: str) -> Place | None:
    """Return the place an entry link brings, None when there is no such link."""
    entry = catalogue.entry_link(slug)
    if entry is None:
        return None
    programme, digits = catalogue.programmes[entry.programme_id], entry.digits
    return replace(
        place_of(catalogue, programme, locale=locale, digits=digits),
        near=near_postcode(catalogue, digits, locale=locale)
        if digits
        else near_programme(catalogue, programme, locale=locale),
    )


def place_of(
    catalogue: Snapshot, programme: KnownProgramme, *, locale: str, digits: str | None = None
) -> Place:
    """Return a programme as a place without its tiles."""
    return Place(
        name=programme.name,
        sentence=programme.sentence(locale),
        phone=programme.phone,
        phone_hours=programme.phone_hours(locale),
        locations=locations_of(catalogue, programme, locale=locale, digits=digits),
        near=Nearby(),
    )

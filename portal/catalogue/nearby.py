"""What a neighbourhood has: landlords, things to do, places to walk in, in one language.

What is known follows HSDS names; what is returned here is plain and ready to be shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babel.dates import get_day_names

from portal.catalogue.known import (
    KnownOrganization,
    KnownProgramme,
    KnownService,
    Opening,
)
from portal.catalogue.snapshot import Snapshot


@dataclass(frozen=True)
class NearLandlord:
    """A corporation that rents out homes here."""

    slug: str
    name: str


@dataclass(frozen=True)
class NearService:
    """Something to do; `pictogram` is the name of its drawing."""

    slug: str
    name: str
    pictogram: str


@dataclass(frozen=True)
class NearLocation:
    """A place to walk in; `hours` says when, such as "dinsdag 09:00–12:00"."""

    slug: str
    name: str
    address: str
    hours: str


@dataclass(frozen=True)
class Nearby:
    """Everything that depends on the neighbourhood; empty where nobody is."""

    digits: str = ""
    landlords: tuple[NearLandlord, ...] = ()
    services: tuple[NearService, ...] = ()
    locations: tuple[NearLocation, ...] = ()


def near_postcode(catalogue: Snapshot, digits: str, *, locale: str) -> Nearby:
    """Return what there is near these four digits of a postcode; nothing outside every area."""
    if not catalogue.serves(digits):
        return Nearby(digits)
    programme = catalogue.programme_at(digits)
    return Nearby(
        digits,
        _landlords(catalogue.landlords_at(digits)),
        _tiles(catalogue.services_at(programme, digits), locale),
        locations_of(catalogue, programme, locale=locale, digits=digits),
    )


def near_programme(catalogue: Snapshot, programme: KnownProgramme, *, locale: str) -> Nearby:
    """Return what a whole programme has, for a link that says no postcode."""
    return Nearby(
        landlords=_landlords(catalogue.landlords_of(programme)),
        services=_tiles(catalogue.services_of(programme), locale),
        locations=locations_of(catalogue, programme, locale=locale),
    )


def locations_of(
    catalogue: Snapshot, programme: KnownProgramme, *, locale: str, digits: str | None = None
) -> tuple[NearLocation, ...]:
    """Return the places to walk in of a programme, those with the same four digits first."""
    return tuple(
        NearLocation(row.slug, row.name, row.address, hours_shown(row.openings, locale))
        for row in catalogue.locations_of(programme, digits)
    )


def hours_shown(week: Iterable[Opening], locale: str) -> str:
    """Return the hours of a week that is in order: "dinsdag 09:00–12:00, donderdag 13:00–16:30".

    A word joiner keeps the two times on one line.
    """
    names = get_day_names("wide", "stand-alone", locale)
    comma = "، " if locale == "ar" else ", "
    return comma.join(f"{names[row.weekday - 1]} {row.opens}–\u2060{row.closes}" for row in week)


def _landlords(rows: Iterable[KnownOrganization]) -> tuple[NearLandlord, ...]:
    return tuple(NearLandlord(row.slug, row.name) for row in rows)


def _tiles(rows: Iterable[KnownService], locale: str) -> tuple[NearService, ...]:
    tiles = (NearService(row.slug, row.name(locale), row.pictogram) for row in rows)
    return tuple(sorted(tiles, key=lambda tile: tile.name.casefold()))

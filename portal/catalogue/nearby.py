"""What a neighbourhood has: landlords, things to do, places to walk in, in one language.

What is stored follows HSDS names; what is returned here is plain and ready to be shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from babel.dates import get_day_names
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.catalogue.known import Opening
from portal.catalogue.models import (
    Area,
    AreaPostcode,
    Holding,
    Location,
    Organization,
    ProgrammeMember,
    Schedule,
    Service,
)


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


def near_postcode(db: Session, digits: str, *, locale: str) -> Nearby:
    """Return what there is near these four digits of a postcode."""
    here = select(Holding.organization_id).where(Holding.digits == digits)
    landlords = _landlords(db, Organization.id.in_(here))
    area = db.scalar(select(Area).join(AreaPostcode).where(AreaPostcode.digits == digits))
    if area is None:
        return Nearby(digits, landlords)
    services = [
        service
        for service in _services_of(db, area.programme_id)
        if not service.areas or area.slug in service.areas
    ]
    places = locations_of(db, area.programme_id, locale=locale, digits=digits)
    return Nearby(digits, landlords, _tiles(services, locale), places)


def near_programme(db: Session, programme_id: UUID, *, locale: str) -> Nearby:
    """Return what a whole programme has, for a link that says no postcode."""
    return Nearby(
        landlords=_landlords(db, Organization.id.in_(_members(programme_id))),
        services=_tiles(_services_of(db, programme_id), locale),
        locations=locations_of(db, programme_id, locale=locale),
    )


def locations_of(
    db: Session, programme_id: UUID, *, locale: str, digits: str = ""
) -> tuple[NearLocation, ...]:
    """Return the places to walk in of a programme, those with the same four digits first."""
    query = select(Location).join(Organization, Organization.id == Location.organization_id)
    query = query.where(Organization.id.in_(_members(programme_id)))
    found = db.scalars(query.where(Location.active, Organization.active)).all()
    nearest = sorted(found, key=lambda place: (place.digits != digits, place.name))
    return tuple(
        NearLocation(place.slug, place.name, place.address, opening_hours(db, place.id, locale))
        for place in nearest
    )


def opening_hours(db: Session, location_id: UUID, locale: str) -> str:
    """Return when a place is open, such as "dinsdag 09:00–12:00, donderdag 13:00–16:30"."""
    query = select(Schedule).where(Schedule.location_id == location_id)
    return hours_shown(db.scalars(query.order_by(Schedule.weekday, Schedule.opens)), locale)


def hours_shown(week: Iterable[Schedule | Opening], locale: str) -> str:
    """Return the hours of a week that is in order, in words."""
    names = get_day_names("wide", "stand-alone", locale)
    comma = "، " if locale == "ar" else ", "
    return comma.join(f"{names[row.weekday - 1]} {row.opens}–{row.closes}" for row in week)


def _members(programme_id: UUID) -> ColumnElement[UUID]:
    query = select(ProgrammeMember.organization_id)
    return query.where(ProgrammeMember.programme_id == programme_id).scalar_subquery()


def _landlords(db: Session, condition: ColumnElement[bool]) -> tuple[NearLandlord, ...]:
    query = select(Organization).where(condition, Organization.active)
    found = db.scalars(query.where(Organization.kind == "corporation")).all()
    # Sorted here: the order of names must not depend on the database.
    return tuple(NearLandlord(o.slug, o.name) for o in sorted(found, key=lambda o: o.name))


def _services_of(db: Session, programme_id: UUID) -> Iterable[Service]:
    query = select(Service).join(Organization, Organization.id == Service.organization_id)
    query = query.where(Service.programme_id == programme_id)
    return db.scalars(query.where(Service.active, Organization.active)).all()


def _tiles(services: Iterable[Service], locale: str) -> tuple[NearService, ...]:
    tiles = (NearService(s.slug, s.words[locale]["name"], s.pictogram) for s in services)
    return tuple(sorted(tiles, key=lambda tile: tile.name.casefold()))

"""Read the whole catalogue, one query a table, into what `known.py` describes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue import known
from portal.catalogue.models import (
    Area,
    AreaPostcode,
    Contact,
    EntryLink,
    Holding,
    Location,
    Organization,
    Programme,
    ProgrammeMember,
    Schedule,
    Service,
)
from portal.catalogue.norms import norms_of, retention_of


def gather_programmes(db: Session) -> list[known.KnownProgramme]:
    """Read programmes with their members, by slug."""
    members: dict[UUID, set[UUID]] = defaultdict(set)
    for member in db.scalars(select(ProgrammeMember)):
        members[member.programme_id].add(member.organization_id)
    return [
        known.KnownProgramme(
            id=row.id,
            slug=row.slug,
            name=row.name,
            municipality=row.municipality,
            municipality_role=row.municipality_role,
            phone=row.phone,
            words=row.words,
            norms=norms_of(row.norms),
            retention=retention_of(row.retention),
            is_default=row.is_default,
            fallback_contact_id=row.fallback_contact_id,
            alternative_contact_id=row.alternative_contact_id,
            last_resort_contact_id=row.last_resort_contact_id,
            members=frozenset(members[row.id]),
        )
        for row in db.scalars(select(Programme).order_by(Programme.slug))
    ]


def gather_organizations(db: Session) -> list[known.KnownOrganization]:
    """Read organisations with where they rent out homes, by name."""
    homes: dict[UUID, set[str]] = defaultdict(set)
    for holding in db.scalars(select(Holding)):
        homes[holding.organization_id].add(holding.digits)
    found = [
        known.KnownOrganization(
            id=row.id,
            slug=row.slug,
            name=row.name,
            kind=row.kind,
            website=row.website,
            active=row.active,
            homes_in=frozenset(homes[row.id]),
            extra_holidays=frozenset(date.fromisoformat(day) for day in row.extra_holidays),
            norms=row.norms,
        )
        for row in db.scalars(select(Organization))
    ]
    return sorted(found, key=lambda row: (row.name.casefold(), row.slug))


def gather_contacts(db: Session) -> list[known.KnownContact]:
    """Read contacts, by slug."""
    return [
        known.KnownContact(
            id=row.id,
            slug=row.slug,
            organization_id=row.organization_id,
            first_name=row.first_name,
            words=row.words,
            phone=row.phone,
            languages=tuple(row.languages),
            interpreter=row.interpreter,
            handles_rent=row.handles_rent,
            accepts_referrals=row.accepts_referrals,
            capacity=row.capacity,
            active=row.active,
            deputy_id=row.deputy_id,
            absent_from=row.absent_from,
            absent_until=row.absent_until,
        )
        for row in db.scalars(select(Contact).order_by(Contact.slug))
    ]


def gather_services(db: Session) -> list[known.KnownService]:
    """Read services, by slug, with their areas turned into digits."""
    areas: dict[str, set[str]] = defaultdict(set)
    for slug, digits in db.execute(
        select(Area.slug, AreaPostcode.digits).join(Area, Area.id == AreaPostcode.area_id)
    ):
        areas[slug].add(digits)
    return [
        known.KnownService(
            id=row.id,
            slug=row.slug,
            organization_id=row.organization_id,
            programme_id=row.programme_id,
            pictogram=row.pictogram,
            wishes=frozenset(row.wishes),
            places=frozenset().union(*(areas[slug] for slug in row.areas)),
            words=row.words,
            active=row.active,
        )
        for row in db.scalars(select(Service).order_by(Service.slug))
    ]


def gather_locations(db: Session) -> list[known.KnownLocation]:
    """Read locations with their week, by name."""
    weeks: dict[UUID, list[known.Opening]] = defaultdict(list)
    week = select(Schedule).order_by(Schedule.weekday, Schedule.opens)
    for row in db.scalars(week):
        weeks[row.location_id].append(known.Opening(row.weekday, row.opens, row.closes))
    found = [
        known.KnownLocation(
            id=row.id,
            slug=row.slug,
            organization_id=row.organization_id,
            name=row.name,
            address=row.address,
            digits=row.digits,
            active=row.active,
            openings=tuple(weeks[row.id]),
        )
        for row in db.scalars(select(Location))
    ]
    return sorted(found, key=lambda row: (row.name.casefold(), row.slug))


def gather_entry_links(db: Session) -> list[known.KnownEntryLink]:
    """Read entry links."""
    return [
        known.KnownEntryLink(row.slug, row.programme_id, row.digits, row.organization_id)
        for row in db.scalars(select(EntryLink))
    ]


def gather_places(db: Session) -> dict[str, UUID]:
    """Read which programme serves which digits."""
    served = select(AreaPostcode.digits, Area.programme_id)
    return dict(db.execute(served.join(Area, Area.id == AreaPostcode.area_id)).all())

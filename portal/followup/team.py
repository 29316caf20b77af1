"""Who works at an organisation, how many people each has, and what is on offer there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Right
from portal.catalogue.known import in_locale, is_away
from portal.catalogue.models import Organization, Service
from portal.clock import amsterdam_day
from portal.registration.models import Registration
from portal.registration.queries import IN_CASELOAD


@dataclass(frozen=True, slots=True)
class Member:
    """A contact, with how many people they have. `title` is a free label, no right."""

    id: UUID
    first_name: str
    title: str
    languages: Sequence[str]
    people: int
    capacity: int
    queued: int
    active: bool
    handles_rent: bool
    away: bool
    absent_from: date | None
    absent_until: date | None
    deputy: str

    @property
    def is_full(self) -> bool:
        """Whether new people are queued."""
        return self.people >= self.capacity


@dataclass(frozen=True, slots=True)
class Offer:
    """A service, open for new people or closed."""

    id: UUID
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class Team:
    """One organisation that somebody coordinates; members and offers that are on come first."""

    id: UUID
    name: str
    active: bool
    members: Sequence[Member]
    offers: Sequence[Offer]
    waiting: int

    @property
    def queued(self) -> int:
        """How many people are queued because everybody was full."""
        return sum(member.queued for member in self.members)


def teams_of(db: Session, by: Identity, *, locale: str, now: datetime) -> list[Team]:
    """Return the organisations that somebody coordinates, by name."""
    mine = Organization.id.in_(by.organizations(Right.COORDINATE))
    rows = db.scalars(select(Organization).where(mine).order_by(Organization.name))
    return [_team(db, row, locale, amsterdam_day(now)) for row in rows]


def _team(db: Session, row: Organization, locale: str, today: date) -> Team:
    loads, queued = _count(db, row), _count(db, row, only_queued=True)
    names = {contact.id: contact.first_name for contact in row.contacts}
    members = [
        Member(
            id=each.id,
            first_name=each.first_name,
            title=in_locale(each.words, "role", locale),
            languages=each.languages,
            people=loads.get(each.id, 0),
            capacity=each.capacity,
            queued=queued.get(each.id, 0),
            active=each.active,
            handles_rent=each.handles_rent,
            away=is_away(each, today),
            absent_from=each.absent_from,
            absent_until=_ahead(each.absent_until, today),
            deputy=names.get(each.deputy_id, "") if each.deputy_id else "",
        )
        for each in row.contacts
    ]
    return Team(
        id=row.id,
        name=row.name,
        active=row.active,
        members=sorted(members, key=_in_order),
        offers=_offers(db, row, locale),
        waiting=0 if row.active else _left(db, row),
    )


def _in_order(member: Member) -> tuple[bool, bool, str]:
    """Whoever calls comes first, whoever is off last."""
    return not member.active, member.handles_rent, member.first_name


def _ahead(day: date | None, today: date) -> date | None:
    """An absence that is over says nothing any more."""
    return day if day and day >= today else None


def _offers(db: Session, row: Organization, locale: str) -> list[Offer]:
    services = db.scalars(select(Service).where(Service.organization_id == row.id))
    found = [
        Offer(each.id, in_locale(each.words, "name", locale), each.active) for each in services
    ]
    return sorted(found, key=lambda each: (not each.active, each.name))


def _count(db: Session, row: Organization, *, only_queued: bool = False) -> dict[UUID, int]:
    query = (
        select(Registration.contact_id, func.count())
        .where(Registration.owner_id == row.id, Registration.state.in_(IN_CASELOAD))
        .group_by(Registration.contact_id)
    )
    return dict(db.execute(query.where(Registration.queued) if only_queued else query).all())


def _left(db: Session, row: Organization) -> int:
    """How many people still are with an organisation that is off, until they have answered."""
    query = select(func.count()).where(
        Registration.owner_id == row.id, Registration.state != "closed"
    )
    return db.scalar(query) or 0

"""The working days and norms that hold for one registration at one organisation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Organization, Programme
from portal.catalogue.norms import norms_of
from portal.clock import DAY, WorkingWeek, amsterdam_day, overdue_from
from portal.registration.models import Registration

Row = TypeVar("Row", Organization, Programme)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast an organisation promised to move. Norms are whole numbers; the name says of what."""

    week: WorkingWeek
    norms: Mapping[str, int]

    def first_contact(self, now: datetime) -> date:
        """The day on which somebody who asks now is called at the latest."""
        return self.within(now, "first_contact_working_days")

    def within(self, now: datetime, norm: str) -> date:
        """The last day of a norm that begins now, in working days or days as its name says."""
        today, days = amsterdam_day(now), self.norms[norm]
        if norm.endswith("_working_days"):
            return self.week.add_working_days(today, days)
        return self.week.add_working_days(today + days * DAY, 0)

    def answer_by(self, told: datetime) -> date:
        """By when somebody who says that nobody called is called: the next working day."""
        return self.week.add_working_days(amsterdam_day(told), 1)

    def too_late(self, now: datetime, norm: str) -> datetime:
        """The first moment after the last day of a norm that begins now, in UTC."""
        return overdue_from(self.within(now, norm))


def week_of(organization: Organization) -> WorkingWeek:
    """Return the working days of an organisation."""
    return WorkingWeek(frozenset(date.fromisoformat(day) for day in organization.extra_holidays))


def pace_of(db: Session, registration: Registration) -> Pace:
    """Return the pace of the registration's owner in its programme."""
    return pace_at(db, registration.owner_id, registration.programme_id)


def paces_at(db: Session, pairs: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], Pace]:
    """Return the pace of many pairs of organisation and programme, in two statements."""
    owners = _by_id(db, Organization, {organization for organization, _ in pairs})
    programmes = _by_id(db, Programme, {programme for _, programme in pairs})
    return {
        (owner, programme): _pace(owners[owner], programmes[programme])
        for owner, programme in pairs
    }


def pace_at(db: Session, organization_id: UUID, programme_id: UUID) -> Pace:
    """Return the pace of an organisation: its own norms, else those of the programme."""
    organization = db.get_one(Organization, organization_id)
    programme = db.get_one(Programme, programme_id)
    return _pace(organization, programme)


def _pace(organization: Organization, programme: Programme) -> Pace:
    return Pace(week_of(organization), norms_of(programme.norms, organization.norms))


def _by_id(db: Session, table: type[Row], ids: Collection[UUID]) -> dict[UUID, Row]:
    return {row.id: row for row in db.scalars(select(table).where(table.id.in_(ids)))}

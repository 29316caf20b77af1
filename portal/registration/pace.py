"""The working days and norms that hold for one registration at one organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.catalogue.models import Organization, Programme
from portal.catalogue.norms import norms_of
from portal.clock import DAY, WorkingWeek, amsterdam_day, overdue_from
from portal.registration.models import Registration


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

    def too_late(self, now: datetime, norm: str) -> datetime:
        """The first moment after the last day of a norm that begins now, in UTC."""
        return overdue_from(self.within(now, norm))


def week_of(organization: Organization) -> WorkingWeek:
    """Return the working days of an organisation."""
    return WorkingWeek(frozenset(date.fromisoformat(day) for day in organization.extra_holidays))


def pace_of(db: Session, registration: Registration) -> Pace:
    """Return the pace of the registration's owner in its programme."""
    return pace_at(db, registration.owner_id, registration.programme_id)


def pace_at(db: Session, organization_id: UUID, programme_id: UUID) -> Pace:
    """Return the pace of an organisation: its own norms, else those of the programme."""
    organization = db.get_one(Organization, organization_id)
    programme = db.get_one(Programme, programme_id)
    return Pace(week_of(organization), norms_of(programme.norms, organization.norms))

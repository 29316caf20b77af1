"""The working days and norms that hold for one registration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.catalogue.models import Organization, Programme
from portal.catalogue.norms import norms_of
from portal.clock import WorkingWeek, amsterdam_day
from portal.registration.models import Registration


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the owner promised to move. Norms are whole numbers; the unit is in the name."""

    week: WorkingWeek
    norms: Mapping[str, int]

    def first_contact(self, now: datetime) -> date:
        """The day on which somebody who asks now is called at the latest."""
        days = self.norms["first_contact_working_days"]
        return self.week.add_working_days(amsterdam_day(now), days)


def week_of(organization: Organization) -> WorkingWeek:
    """Return the working days of an organisation."""
    return WorkingWeek(frozenset(date.fromisoformat(day) for day in organization.extra_holidays))


def pace_of(db: Session, registration: Registration) -> Pace:
    """Return the pace of the registration's owner in its programme."""
    owner = db.get_one(Organization, registration.owner_id)
    programme = db.get_one(Programme, registration.programme_id)
    return Pace(week_of(owner), norms_of(programme.norms))

"""After somebody has settled: when they are asked how it goes, by the norms of whoever does so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.norms import CHECKS
from portal.clock import amsterdam_day, months_after
from portal.followup.due import NextStep
from portal.followup.models import Outcome
from portal.registration.models import Registration
from portal.registration.pace import Pace

CHECK = "check"
ROUND_OFF = "round_off"


def checks_of(settled: date, pace: Pace) -> list[date]:
    """The working days of all checks, the earliest first.

    Sorted, because a programme may get another norm later, which crosses one of the organisation.
    """
    weeks, *months = (pace.norms[check] for check in CHECKS)
    days = [settled + timedelta(weeks=weeks), *(months_after(settled, n) for n in months)]
    return sorted(pace.week.add_working_days(day, 0) for day in days)


def next_check(settled: date, today: date, pace: Pace) -> date | None:
    """The first check that lies after today; None when all are behind us."""
    return next((day for day in checks_of(settled, pace) if day > today), None)


def next_check_of(db: Session, registration: Registration, pace: Pace, now: datetime) -> NextStep:
    """The next check of somebody in aftercare; after the last one the case is rounded off."""
    query = select(func.max(Outcome.at)).where(Outcome.registration_id == registration.id)
    settled, today = db.scalar(query) or now, amsterdam_day(now)
    day = next_check(amsterdam_day(settled), today, pace)
    if day:
        return NextStep(CHECK, day, day, resets_waiting=True)
    last = pace.within(now, "round_off_days")
    return NextStep(ROUND_OFF, last, last, resets_waiting=True)

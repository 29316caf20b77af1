"""After somebody has settled: checks after 4 weeks, 3, 6 and 12 months (docs/product.md, norms)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.clock import WorkingWeek, amsterdam_day, months_after
from portal.followup.due import NextStep
from portal.followup.models import Outcome
from portal.registration.models import Registration

CHECK = "check"
ROUND_OFF = "round_off"
FIRST_CHECK = timedelta(weeks=4)
LATER_CHECKS = (3, 6, 12)  # months
LAST_DAYS = 14  # Calendar days to close the case after the last check.


def next_check(settled: date, today: date, week: WorkingWeek) -> date | None:
    """The working day of the first check that lies after today; None when all are behind us."""
    checks = [settled + FIRST_CHECK, *(months_after(settled, n) for n in LATER_CHECKS)]
    days = (week.add_working_days(day, 0) for day in checks)
    return next((day for day in days if day > today), None)


def next_check_of(
    db: Session, registration: Registration, week: WorkingWeek, now: datetime
) -> NextStep:
    """The next check of somebody in aftercare; after the last one the case is rounded off."""
    query = select(func.max(Outcome.at)).where(Outcome.registration_id == registration.id)
    settled, today = db.scalar(query) or now, amsterdam_day(now)
    day = next_check(amsterdam_day(settled), today, week)
    if day:
        return NextStep(CHECK, day, day, resets_waiting=True)
    last = week.add_working_days(today + timedelta(days=LAST_DAYS), 0)
    return NextStep(ROUND_OFF, last, last, resets_waiting=True)

"""What happened so far, for the person: attempts to reach them, and what they did themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import amsterdam_day
from portal.followup.models import ContactAttempt
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.pace import pace_of

TOLD_US, STOPPED = "told_us", "stopped"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing: `result` is that of an attempt, or "told_us" or "stopped"."""

    at: datetime
    result: str


def happened(
    db: Session, registration: Registration, attempts: Sequence[ContactAttempt]
) -> list[Happened]:
    """Return it, the newest first."""
    query = select(RegistrationEvent.at).where(
        RegistrationEvent.registration_id == registration.id,
        RegistrationEvent.event == "nobody_called",
    )
    found = [Happened(at, TOLD_US) for at in db.scalars(query)]
    found += [Happened(each.at, each.result) for each in attempts]
    if registration.state == "closed" and registration.withdrawn_at:
        found.append(Happened(registration.withdrawn_at, STOPPED))
    return sorted(found, key=lambda each: each.at, reverse=True)


def answer_by(db: Session, registration: Registration, now: datetime) -> date | None:
    """Return by when somebody who said that nobody called hears from us: the next working day.

    None when nothing was said, or when that day has passed too.
    """
    told = registration.nobody_called_at
    if told is None:
        return None
    day = pace_of(db, registration).answer_by(told)
    return day if day >= amsterdam_day(now) else None

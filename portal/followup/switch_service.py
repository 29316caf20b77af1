"""Close a service for new people, or open it again. Whoever is on their way in it goes on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.catalogue.models import Service
from portal.followup.switching import hold, switch
from portal.referral.models import Referral
from portal.referral.states import OPEN


def going_on(db: Session, service: Service) -> int:
    """Return how many people were asked for or are in it, and stay so."""
    running = Referral.state.in_(OPEN) & (Referral.service_id == service.id)
    query = select(func.count(Referral.registration_id.distinct())).where(running)
    return db.scalar(query) or 0


def switch_off(db: Session, service: Service, *, by: Identity, now: datetime) -> None:
    """Close it for new people. Raises `NotYoursError`, `OffAlreadyError`."""
    hold(db, service, active=True, by=by)
    switch(db, service, active=False, by=by, now=now)


def switch_on(db: Session, service: Service, *, by: Identity, now: datetime) -> None:
    """Open it again. Raises `NotYoursError`, `OffAlreadyError`."""
    hold(db, service, active=False, by=by)
    switch(db, service, active=True, by=by, now=now)

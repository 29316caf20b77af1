"""Close a service for new people, or open it again.

Whoever was taken up goes on. Nobody answered yet for the others, and nobody should any more: they
are with who asked again, and are told.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.catalogue.models import Service
from portal.followup.affected import by_service, unanswered_for
from portal.followup.held import held_referrals
from portal.followup.moves import give_back
from portal.followup.switch_refusals import ChangedMeanwhileError
from portal.followup.switching import hold, switch
from portal.referral.models import Referral
from portal.referral.words import TAKEN_UP


def going_on(db: Session, service: Service) -> int:
    """Return how many people were taken up for it, and stay so."""
    running = Referral.state.in_(TAKEN_UP) & (Referral.service_id == service.id)
    query = select(func.count(Referral.registration_id.distinct())).where(running)
    return db.scalar(query) or 0


def switch_off(db: Session, service: Service, *, seen: str, by: Identity, now: datetime) -> None:
    """Close it for new people, and give back whoever was only asked for.

    `seen` is the seal of what was shown before. Raises `NotYoursError`, `OffAlreadyError`, and
    `ChangedMeanwhileError` when it is about other people than were shown.
    """
    hold(db, service, active=True, by=by)
    if by_service(db, service).seal != seen:
        raise ChangedMeanwhileError
    switch(db, service, active=False, by=by, now=now)
    for referral in held_referrals(db, unanswered_for(service)):
        give_back(db, referral, now=now)


def switch_on(db: Session, service: Service, *, by: Identity, now: datetime) -> None:
    """Open it again. Raises `NotYoursError`, `OffAlreadyError`."""
    hold(db, service, active=False, by=by)
    switch(db, service, active=True, by=by, now=now)

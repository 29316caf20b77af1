"""Who takes somebody over when those who have them stop: only whom the person agreed with.

"Check" named who takes over "if they stay silent or stop", so that is the first; after them whoever
the person agreed to tell the whole case. Nobody else gets them: the person is asked first (rule 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.catalogue.snapshot import Snapshot
from portal.clock import amsterdam_day
from portal.followup.handle import colleagues
from portal.referral.consent import SHARES, put_question
from portal.referral.models import ConsentAsk
from portal.registration.fallback import fallback_of
from portal.registration.happen import SYSTEM
from portal.registration.models import Consent, Registration, RoutingDecision
from portal.registration.queries import IN_CASELOAD
from portal.routing.facts import Facts
from portal.routing.reasons import Reason
from portal.routing.takeover import takes_over

# What an organisation may be told that takes somebody over: all of it.
WHOLE_CASE = "case"


def heir_of(db: Session, registration: Registration) -> Contact | None:
    """Return who takes this person over; None when they have to be asked."""
    fallback = fallback_of(db, registration)
    if fallback and fallback.id in {each.id for each in colleagues(db, fallback.organization_id)}:
        return fallback
    wanted = [fallback.organization_id] if fallback else []
    found = (with_room(db, each) for each in (*wanted, *_agreed_with(db, registration)))
    return next((each for each in found if each), None)


def with_room(db: Session, organization_id: UUID, *, without: UUID | None = None) -> Contact | None:
    """Return the contact with the most room who may be named; None when there is nobody."""
    fit = [each for each in colleagues(db, organization_id) if each.id != without]
    loads = {each.id: _load(db, each.id) for each in fit}
    return min(fit, key=lambda each: (loads[each.id] - each.capacity, each.slug), default=None)


def promised_by_person(db: Session, registration: Registration) -> Contact | None:
    """Return who may take over because the person said yes when the portal asked; else None."""
    asks = select(ConsentAsk.organization_id).where(
        ConsentAsk.registration_id == registration.id,
        ConsentAsk.asked_by_id.is_(None),
        ConsentAsk.agreed.is_(True),
    )
    may = set(db.scalars(asks))
    found = (with_room(db, each) for each in _agreed_with(db, registration) if each in may)
    return next((each for each in found if each), None)


def ask_about_next(
    db: Session, registration: Registration, catalogue: Snapshot, *, now: datetime
) -> bool:
    """Ask the person whether the next one in line may take over; say whether they were asked now.

    `catalogue` is what is on by now. Nobody is asked the same twice.
    """
    organization_id = _next_in_line(db, registration, catalogue, now)
    if organization_id is None or _was_asked(db, registration, organization_id):
        return False
    put_question(db, registration, organization_id, shares=SHARES, by=SYSTEM, now=now)
    return True


def _agreed_with(db: Session, registration: Registration) -> Iterator[UUID]:
    """Organisations that are on and may know the whole case, the newest word first."""
    query = (
        select(Consent)
        .join(Organization, Organization.id == Consent.organization_id)
        .where(
            Consent.registration_id == registration.id,
            Consent.organization_id != registration.owner_id,
            Consent.revoked_at.is_(None),
            Organization.active,
        )
    )
    for consent in db.scalars(query.order_by(Consent.given_at.desc(), Consent.id)):
        if WHOLE_CASE in consent.shares:
            yield consent.organization_id


def _next_in_line(
    db: Session, registration: Registration, catalogue: Snapshot, now: datetime
) -> UUID | None:
    """Whom routing names today; never a landlord who need not know, nor the owner itself."""
    programme = catalogue.programmes[registration.programme_id]
    outside = not catalogue.serves(registration.digits)
    routes = catalogue.routing_catalogue(programme, amsterdam_day(now), outside=outside)
    facts = Facts(
        chosen=registration.owner_id if _chose_their_owner(db, registration) else None,
        landlord=registration.landlord_id,
        landlord_hidden=registration.landlord_hidden,
    )
    contact = takes_over(facts, routes, registration.owner_id, registration.contact_id)
    organization_id = catalogue.contacts[contact].organization_id
    return None if organization_id == registration.owner_id else organization_id


def _chose_their_owner(db: Session, registration: Registration) -> bool:
    chosen = RoutingDecision.reason == Reason.CHOSEN_BY_PERSON.value
    mine = RoutingDecision.registration_id == registration.id
    return bool(db.scalar(select(exists().where(mine, chosen))))


def _was_asked(db: Session, registration: Registration, organization_id: UUID) -> bool:
    asks = select(ConsentAsk).where(
        ConsentAsk.registration_id == registration.id,
        ConsentAsk.organization_id == organization_id,
    )
    return any(WHOLE_CASE in ask.shares for ask in db.scalars(asks))


def _load(db: Session, contact_id: UUID) -> int:
    query = select(func.count()).where(
        Registration.contact_id == contact_id, Registration.state.in_(IN_CASELOAD)
    )
    return db.scalar(query) or 0

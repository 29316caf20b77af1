"""What the clock does for people whose contact, owner, partner or fallback is off.

Switching off sees to everybody at once. This is for what came in at the same moment, for what a
pack switched off, and for whoever has answered since who may take over.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization, Service
from portal.catalogue.snapshot import load_snapshot
from portal.followup.clock_item import Done, each_registration
from portal.followup.heir import with_room
from portal.followup.moves import ask_instead, give_back, see_to_fallback, see_to_person
from portal.followup.switching import tell_who_takes_over
from portal.referral.models import ConsentAsk, Referral
from portal.referral.party import FOR_RECEIVER
from portal.referral.states import OPEN
from portal.registration.models import Consent, Registration
from portal.registration.queries import IN_CASELOAD

OFF_CONTACTS = select(Contact.id).where(Contact.active.is_(False))
OFF_SERVICES = select(Service.id).where(Service.active.is_(False))
OFF_ORGANIZATIONS = select(Organization.id).where(Organization.active.is_(False))
# Nobody may be there to ask about: who cannot be helped must not stand before the others for good.
ANYBODY = func.random()
AT_OFF_ORGANIZATIONS = select(Contact.id).where(Contact.organization_id.in_(OFF_ORGANIZATIONS))


def with_nobody_there(_now: datetime) -> Select[Referral]:
    """Open referrals to a partner, or a contact of one, that is off; unanswered for a service."""
    off = or_(
        Referral.receiver_id.in_(OFF_ORGANIZATIONS),
        Referral.contact_id.in_(OFF_CONTACTS),
        Referral.service_id.in_(OFF_SERVICES) & (Referral.state == "requested"),
    )
    return select(Referral).where(Referral.state.in_(OPEN), off).order_by(Referral.created_at)


def see_to_referral(db: Session, referral: Referral, now: datetime) -> bool:
    """Ask a colleague there instead; without one, or when what is asked is off, it goes back."""
    there = db.get_one(Organization, referral.receiver_id)
    offered = there.active and not _asks_for_what_is_closed(db, referral)
    colleague = with_room(db, there.id, without=referral.contact_id) if offered else None
    if colleague:
        ask_instead(db, referral, colleague, by=FOR_RECEIVER, now=now)
    else:
        give_back(db, referral, now=now)
    return True


def _asks_for_what_is_closed(db: Session, referral: Referral) -> bool:
    if referral.state != "requested" or referral.service_id is None:
        return False
    return not db.get_one(Service, referral.service_id).active


def left_behind(_now: datetime) -> Select[Registration]:
    """Registrations whose owner or contact is off."""
    off: ColumnElement[bool] = or_(
        Registration.owner_id.in_(OFF_ORGANIZATIONS), Registration.contact_id.in_(OFF_CONTACTS)
    )
    query = select(Registration).where(Registration.state != "closed", off, ~_is_thinking())
    return query.order_by(ANYBODY)


def bring_home(db: Session, now: datetime) -> Done:
    """Give them to who may have them, and say how many came; else ask them, once."""
    known = cache(lambda: load_snapshot(db))

    def bring(db: Session, registration: Registration, now: datetime) -> bool:
        before = db.get_one(Contact, registration.contact_id)
        heir = see_to_person(db, registration, known(), now=now)
        if heir:
            tell_who_takes_over(db, heir.id, 1, before, now=now)
        return heir is not None

    return each_registration(db, left_behind(now), bring, now=now)


def without_fallback(_now: datetime) -> Select[Registration]:
    """Registrations for which whoever was named to take over is off."""
    off = or_(
        Registration.fallback_contact_id.in_(OFF_CONTACTS),
        Registration.fallback_contact_id.in_(AT_OFF_ORGANIZATIONS),
    )
    query = select(Registration).where(Registration.state.in_(IN_CASELOAD), off, ~_is_thinking())
    return query.where(Registration.owner_id.not_in(OFF_ORGANIZATIONS)).order_by(ANYBODY)


def find_fallbacks(db: Session, now: datetime) -> Done:
    """Name whoever was agreed to, else ask, once."""
    known = cache(lambda: load_snapshot(db))

    def find(db: Session, registration: Registration, now: datetime) -> bool:
        return see_to_fallback(db, registration, known(), now=now)

    return each_registration(db, without_fallback(now), find, now=now)


def _is_thinking() -> ColumnElement[bool]:
    """Whether the person was asked, and has agreed with nobody since: then nothing is to be done.

    Whoever said no stays where they are, and is not asked the same again.
    """
    agreed = exists().where(
        Consent.registration_id == Registration.id,
        Consent.organization_id != Registration.owner_id,
        Consent.revoked_at.is_(None),
        Consent.given_at >= ConsentAsk.asked_at,
    )
    return exists().where(
        ConsentAsk.registration_id == Registration.id,
        ConsentAsk.asked_by_id.is_(None),
        ConsentAsk.organization_id.not_in(OFF_ORGANIZATIONS),
        ~agreed,
    )

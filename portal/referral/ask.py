"""What an owner asks of another organisation, and whether it can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.following import anybody_follows_at
from portal.catalogue.models import Contact, Organization, Service
from portal.clock import amsterdam_day
from portal.referral.queries import open_referrals
from portal.referral.refusals import (
    AlreadyAskedError,
    NobodySignsInError,
    NotAgreedError,
    NotTakingReferralsError,
    OwnOrganizationError,
    WrongServiceError,
)
from portal.registration.models import Consent, Registration
from portal.registration.refusals import WrongDayError
from portal.registration.wording import wording

FARTHEST = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of whom.

    Without `contact_id` the first contact who takes people up is asked. `lead`: they keep it
    together when several are asked; the first one asked leads anyway. `warm`: the owner introduces
    the person, on `introduction_on` if that is known. `transfers`: whoever accepts becomes the
    owner. `words` go along on the handover sheet.
    """

    receiver_id: UUID
    service_id: UUID | None = None
    contact_id: UUID | None = None
    lead: bool = False
    warm: bool = False
    introduction_on: date | None = None
    transfers: bool = False
    words: str = ""

    def __repr__(self) -> str:
        return f"<Ask {self.receiver_id}>"


def contact_asked(db: Session, registration: Registration, ask: Ask) -> Contact:
    """Return who is asked there.

    Raises:
        OwnOrganizationError: the owner does not refer to itself.
        NotTakingReferralsError: it is switched off, or nobody there takes people up.
    """
    if ask.receiver_id == registration.owner_id:
        raise OwnOrganizationError
    takes_people_up = select(Contact).where(
        Contact.organization_id == ask.receiver_id,
        Contact.active,
        Contact.accepts_referrals,
        Contact.handles_rent.is_(False),
    )
    receiver = db.get(Organization, ask.receiver_id)
    found = {each.id: each for each in db.scalars(takes_people_up.order_by(Contact.slug))}
    contact = next(iter(found.values()), None)
    if ask.contact_id:
        contact = found.get(ask.contact_id)
    if contact is None or receiver is None or not receiver.active:
        raise NotTakingReferralsError
    return contact


def check_service(db: Session, ask: Ask) -> None:
    """Raise `WrongServiceError` for a service that is off, or another organisation's."""
    if ask.service_id is None:
        return
    service = db.get(Service, ask.service_id)
    if service is None or not service.active or service.organization_id != ask.receiver_id:
        raise WrongServiceError


def check_can_own(db: Session, organization_id: UUID) -> None:
    """Raise `NobodySignsInError` where an owner would have a case that nobody can open."""
    if not anybody_follows_at(db, organization_id):
        raise NobodySignsInError


def check_introduction(day: date | None, *, warm: bool, now: datetime) -> None:
    """Raise `WrongDayError` for a day that is past or far away, or when nobody introduces."""
    today = amsterdam_day(now)
    if day is not None and not (warm and today <= day <= today + FARTHEST):
        raise WrongDayError


def check_not_open(db: Session, registration: Registration, ask: Ask) -> None:
    """Raise `AlreadyAskedError` when the same is open already, or somebody else may take over."""
    for each in open_referrals(db, registration.id):
        same = (each.receiver_id, each.service_id) == (ask.receiver_id, ask.service_id)
        if same or (each.transfers and ask.transfers):
            raise AlreadyAskedError


def words_agreed(ask: Ask, consent: Consent) -> str:
    """Return the words for the sheet; raises `NotAgreedError` and as `wording` does."""
    words = wording(ask.words) if ask.words.strip() else ""
    if words and "words" not in consent.shares:
        raise NotAgreedError
    if ask.transfers and "case" not in consent.shares:
        raise NotAgreedError
    return words

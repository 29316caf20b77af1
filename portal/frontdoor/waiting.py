"""Questions that wait for the person: may a partner be told, and did somebody make contact?

A code can answer the second and only hears of the first. Who has no mail address is asked by SMS,
which holds no link (rule 8): they have their code, so "nobody contacted me" must count from there.
The first tells who would be asked and what they would hear, which is not for whoever finds a code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.catalogue.known import KnownOrganization
from portal.catalogue.snapshot import Snapshot
from portal.i18n import current_locale
from portal.referral.consent import open_asks
from portal.referral.models import ConsentAsk, Referral
from portal.referral.queries import hold_for_change, open_referrals, referrals_of
from portal.referral.refusals import AnsweredAlreadyError
from portal.registration.change import NotNowError
from portal.registration.models import Registration

MOST_THINGS = 5  # enough to know who they are


@dataclass(frozen=True, slots=True)
class MayWeAsk:
    """May one more organisation be asked, and told this? `shares` are codes, in a fixed order.

    `does` are names of what it offers, in the language of the page.
    """

    id: UUID
    organization: KnownOrganization
    shares: Sequence[str]
    does: Sequence[str]


@dataclass(frozen=True, slots=True)
class DidTheyContact:
    """Did somebody of this organisation make contact? `since` is when it was asked to help."""

    id: UUID
    organization: KnownOrganization
    since: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the person, the oldest first."""

    consents: Sequence[MayWeAsk] = ()
    contacts: Sequence[DidTheyContact] = ()

    def __bool__(self) -> bool:
        return bool(self.consents or self.contacts)


def waiting_for(db: Session, registration: Registration, known: Snapshot) -> Waiting:
    """Return the questions that can be answered now."""
    return Waiting(
        consents=[
            _may_we_ask(ask, known)
            for ask in open_asks(db, registration)
            if _can_be_asked(registration, known.organizations[ask.organization_id])
        ],
        contacts=[
            DidTheyContact(each.id, known.organizations[each.receiver_id], each.created_at)
            for each in open_referrals(db, registration.id)
            if each.asked_at is not None and each.contacted is None
        ],
    )


def _may_we_ask(ask: ConsentAsk, known: Snapshot) -> MayWeAsk:
    organization = known.organizations[ask.organization_id]
    offers = (each for each in known.services.values() if each.organization_id == organization.id)
    does = sorted({each.name(current_locale()) for each in offers if each.active})
    return MayWeAsk(ask.id, organization, ask.shares, does[:MOST_THINGS])


def _can_be_asked(registration: Registration, organization: KnownOrganization) -> bool:
    # Whoever was switched off since, or became the owner, is not asked any more.
    is_open = registration.state != "closed"
    return is_open and organization.active and organization.id != registration.owner_id


def ask_named(db: Session, registration: Registration, known: Snapshot, name: str) -> ConsentAsk:
    """Return the question that a form names.

    Raises:
        AnsweredAlreadyError: it was answered, here or aloud, or nobody asked.
        NotNowError: nothing can be asked of that organisation any more.
    """
    ask = next((each for each in open_asks(db, registration) if str(each.id) == name), None)
    if ask is None:
        raise AnsweredAlreadyError
    if not _can_be_asked(registration, known.organizations[ask.organization_id]):
        raise NotNowError
    return ask


def referral_named(db: Session, registration: Registration, name: str) -> Referral:
    """Return the referral that a form names, held for change.

    Raises:
        AnsweredAlreadyError: it was answered, or nobody asked.
        NotNowError: it has ended meanwhile, so that there is nothing to ask.
    """
    asked = {str(each.id): each for each in referrals_of(db, registration.id)}
    if name not in asked or asked[name].contacted is not None:
        raise AnsweredAlreadyError
    if asked[name].ended_at is not None:
        raise NotNowError
    return hold_for_change(db, asked[name].id)

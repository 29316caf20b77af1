"""Who may contact the person: what each organisation knows, since when, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.catalogue.known import KnownContact, KnownOrganization
from portal.catalogue.snapshot import Snapshot
from portal.referral.queries import referrals_of
from portal.referral.snapshot import Sheet, sheet_of
from portal.referral.visible import is_shown_to_receiver
from portal.registration.consent import Agreed, agreements
from portal.registration.models import Registration
from portal.registration.standing import Partner


@dataclass(frozen=True, slots=True)
class Helping:
    """How far it is with one organisation, and who the person meets there."""

    partner: Partner
    organization: KnownOrganization
    contact: KnownContact


@dataclass(frozen=True, slots=True)
class Agreement:
    """An organisation that was named, and whether it may still call.

    `role` is "owner", "fallback" (whoever takes over) or "partner". A partner may be told `shares`
    (codes); `told`: it knows them now. `words` are what the owner wrote along.
    """

    organization: KnownOrganization
    role: str
    given: bool
    since: datetime
    shares: Sequence[str]
    told: bool
    words: Sequence[str]
    helping: Sequence[Helping]

    def __repr__(self) -> str:
        return "<Agreement>"


def agreements_of(
    db: Session,
    registration: Registration,
    known: Snapshot,
    partners: Sequence[Partner],
    now: datetime,
) -> list[Agreement]:
    """Return one for each organisation, the owner first."""
    sheets = _sheets(db, registration, now)
    return [
        _agreement(each, registration, known, partners, sheets)
        for each in agreements(db, registration)
    ]


def helping(partner: Partner, known: Snapshot) -> Helping:
    """Return a partner with the names the person knows it by."""
    organization = known.organizations[partner.organization_id]
    return Helping(partner, organization, known.contacts[partner.contact_id])


def _agreement(
    agreed: Agreed,
    registration: Registration,
    known: Snapshot,
    partners: Sequence[Partner],
    sheets: Sequence[tuple[UUID, Sheet]],
) -> Agreement:
    asked = [each for each in partners if each.organization_id == agreed.organization_id]
    # Whoever is open counts; of what is over, only the last.
    now = [each for each in asked if each.is_open] or asked[:1]
    seen = [sheet for receiver, sheet in sheets if receiver == agreed.organization_id]
    return Agreement(
        organization=known.organizations[agreed.organization_id],
        role=_role(agreed, registration, known),
        given=agreed.given,
        since=agreed.since,
        shares=_known(agreed, seen),
        told=bool(seen),
        words=[sheet.words for sheet in seen if sheet.words],
        helping=[helping(each, known) for each in now],
    )


def _known(agreed: Agreed, seen: Sequence[Sheet]) -> Sequence[str]:
    """What they were told; a wider yes counts for what is sent after it. Unasked: what they may."""
    told = {share for sheet in seen for share in sheet.shares}
    return [share for share in agreed.shares if share in told or not seen]


def _role(agreed: Agreed, registration: Registration, known: Snapshot) -> str:
    if agreed.organization_id == registration.owner_id:
        return "owner"
    fallback = known.contacts[registration.fallback_contact_id].organization_id
    named = agreed.organization_id == fallback and not agreed.shares
    return "fallback" if named else "partner"


def _sheets(db: Session, registration: Registration, now: datetime) -> list[tuple[UUID, Sheet]]:
    """Who reads a handover sheet now, and what is on it."""
    return [
        (each.receiver_id, sheet_of(db, each, with_reach=False))
        for each in referrals_of(db, registration.id)
        if is_shown_to_receiver(db, each, now=now)
    ]

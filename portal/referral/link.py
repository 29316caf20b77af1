"""Links for partners without an account: to one referral, or to all open ones of a partner.

A token is keyed from the random id of its link and stored as a digest; it expires, and covers one
thing. So a message can be written when it leaves, while no token waits in the outbox.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.privacy.encryption import Vault, vault_of
from portal.referral.models import PartnerLink, Referral
from portal.referral.refusals import (
    LinkCutOffError,
    LinkExpiredError,
    LinkOverError,
    LinkRevokedError,
    UnknownLinkError,
)
from portal.referral.states import OPEN
from portal.referral.visible import is_shown_to_receiver, shown_to_receiver
from portal.registration.models import Consent

TOKEN, DIGEST = "partner_link", "partner_link_digest"
TOKEN_BYTES = 24
TOKEN_LENGTH = TOKEN_BYTES * 4 // 3
# Long enough for a partner on holiday; every message about a referral brings a fresh one.
LASTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to: one referral, or None for the page of all open ones."""

    organization_id: UUID
    referral: Referral | None


def make_link(
    db: Session, organization_id: UUID, *, now: datetime, referral_id: UUID | None = None
) -> PartnerLink:
    """Make a link to one referral, or without one to all open ones of the organisation."""
    vault, identity = vault_of(db), uuid4()
    token = _token(vault, identity, vault.version)
    link = PartnerLink(
        id=identity,
        organization_id=organization_id,
        referral_id=referral_id,
        key_version=vault.version,
        digest=vault.digest(DIGEST, token),
        created_at=now,
        expires_at=now + LASTS,
    )
    db.add(link)
    return link


def token_of(db: Session, link: PartnerLink) -> str:
    """Return the token of a link, for the message that carries it."""
    return _token(vault_of(db), link.id, link.key_version)


def close_links(
    db: Session, organization_id: UUID, referrals: Collection[UUID], *, now: datetime
) -> None:
    """Let every link to these referrals, and to the list of the organisation, be too old now.

    Whoever has one is off; the same page sends a fresh one to who is there.
    """
    covers = or_(PartnerLink.referral_id.is_(None), PartnerLink.referral_id.in_(referrals))
    theirs = PartnerLink.organization_id == organization_id
    for link in db.scalars(select(PartnerLink).where(theirs, covers, PartnerLink.expires_at > now)):
        link.expires_at = now


def open_link(db: Session, token: str, *, now: datetime) -> Opened:
    """Return what a token leads to; looking changes nothing (rule 7).

    Raises:
        LinkCutOffError: too short or too long, as when a mail program broke it.
        UnknownLinkError: no such link.
        LinkExpiredError: too old; `link_id` says which one, so that a fresh one can be sent.
        LinkRevokedError: the person took their consent back.
        LinkOverError: the referral ended more than 30 days ago.
    """
    if len(token) != TOKEN_LENGTH:
        raise LinkCutOffError
    digests = vault_of(db).digests(DIGEST, token)
    link = db.scalar(select(PartnerLink).where(PartnerLink.digest.in_(digests)))
    if link is None:
        raise UnknownLinkError
    if link.expires_at <= now:
        raise LinkExpiredError(link.id)
    if link.referral_id is None:
        return Opened(link.organization_id, None)
    referral = db.get_one(Referral, link.referral_id)
    _refuse_hidden(db, referral, now=now)
    return Opened(link.organization_id, referral)


def open_one(db: Session, opened: Opened, referral_id: UUID, *, now: datetime) -> Referral:
    """Return one of those that a link to all of an organisation covers, open or ended.

    Raises:
        UnknownLinkError: the link covers something else.
        LinkRevokedError, LinkOverError: as `open_link`.
    """
    referral = db.get(Referral, referral_id)
    covers_all = opened.referral is None
    if referral is None or not covers_all or referral.receiver_id != opened.organization_id:
        raise UnknownLinkError
    _refuse_hidden(db, referral, now=now)
    return referral


def all_open(db: Session, organization_id: UUID, *, now: datetime) -> list[Referral]:
    """Return the open referrals to an organisation, the most urgent first."""
    query = shown_to_receiver({organization_id}, now=now).where(Referral.state.in_(OPEN))
    return list(db.scalars(query.order_by(Referral.due_at, Referral.id)))


def _refuse_hidden(db: Session, referral: Referral, *, now: datetime) -> None:
    if db.get_one(Consent, referral.consent_id).revoked_at is not None:
        raise LinkRevokedError
    if not is_shown_to_receiver(db, referral, now=now):
        raise LinkOverError


def _token(vault: Vault, identity: UUID, version: str) -> str:
    digest = vault.digest(TOKEN, str(identity), version)[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(digest).decode()

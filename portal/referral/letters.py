"""What a message about a referral says. To a partner: who asks, until when, and a link (rule 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.clock import due_on
from portal.notify.kinds import Gather, Told, UnknownKindError
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.consent import open_asks
from portal.referral.link import token_of
from portal.referral.models import PartnerLink, Referral
from portal.referral.visible import WITH_REACH
from portal.registration.letters import about_registrations, name_of
from portal.registration.models import Registration

# The page of a partner without an account; the token covers one referral.
REPLY = "/reply/"
WAITING = ("referral_sent", "referral_reminder")
TO_PARTNER = (
    *WAITING,
    "referral_retracted",
    "referral_lapsed",
    "referral_withdrawn",
    "referral_link",
)
# A link to all open ones belongs to no single referral.
LIST = "referral_list"
TO_OWNER = ("referral_done", "referral_back", "referral_taken_over", "not_contacted")
QUESTIONS = ("consent_asked", "ask_contacted")


def about_referrals(base_url: str) -> Gather:
    """Return what gathers the words of every kind that is about a referral."""
    to_person = about_registrations(base_url)

    def gather(db: Session, message: OutboxMessage, now: datetime) -> Told | None:
        if message.kind in QUESTIONS:
            told = to_person(db, message, now)
            return replace(told, is_true=told.is_true and _is_open(db, message)) if told else None
        if message.kind == "partner_accepted":
            told = to_person(db, message, now)
            return replace(told, is_true=told.is_true and _is_up(db, message)) if told else None
        if message.kind == LIST:
            return _list(db, message, base_url, now)
        if message.kind not in TO_PARTNER + TO_OWNER:
            raise UnknownKindError(message.kind)
        referral = db.get(Referral, UUID(message.data["referral"]))
        return _told(db, message, referral, base_url, now) if referral else None

    return gather


def _told(
    db: Session, message: OutboxMessage, referral: Referral, base_url: str, now: datetime
) -> Told | None:
    registration = db.get_one(Registration, referral.registration_id)
    words: dict[str, Any] = {
        "organization": name_of(db, registration.owner_id),
        "partner": name_of(db, referral.receiver_id),
        "day": due_on(referral.respond_by),
        "link": f"{base_url}/desk/registrations/{registration.id}",
    }
    if message.kind in TO_PARTNER:
        address = _address(db, message, base_url, now)
        if address is None:
            return None
        words["link"] = address
    is_true = message.kind not in WAITING or referral.state == "requested"
    return Told(unseal(db, message, "recipient") or "", words, is_true)


def _list(db: Session, message: OutboxMessage, base_url: str, now: datetime) -> Told | None:
    address = _address(db, message, base_url, now)
    if address is None:
        return None
    words = {"partner": name_of(db, message.data["organization"]), "link": address}
    return Told(unseal(db, message, "recipient") or "", words)


def _address(db: Session, message: OutboxMessage, base_url: str, now: datetime) -> str | None:
    """The page that the link of a message leads to; None when the link is gone, or too old."""
    link = db.get(PartnerLink, UUID(message.data["link"]))
    return f"{base_url}{REPLY}{token_of(db, link)}" if link and link.expires_at > now else None


def _is_up(db: Session, message: OutboxMessage) -> bool:
    """Whether the partner who took it up still has it: a yes may have been undone."""
    referral = db.get(Referral, UUID(message.data["referral"]))
    return referral is not None and referral.state in WITH_REACH


def _is_open(db: Session, message: OutboxMessage) -> bool:
    """Whether the person has not answered yet: a question is not asked twice."""
    if message.kind == "ask_contacted":
        return db.get_one(Referral, UUID(message.data["referral"])).contacted is None
    registration = db.get_one(Registration, message.registration_id)
    asked = {str(ask.organization_id) for ask in open_asks(db, registration)}
    return message.data["organization"] in asked

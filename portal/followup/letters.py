"""Who knows what a message says: one room for each subject, asked in turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.catalogue.models import Contact
from portal.notify.kinds import Gather, Told, UnknownKindError
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.letters import about_referrals
from portal.registration.letters import about_registrations, day_in, name_of
from portal.registration.models import Registration

# Messages that count people of an organisation, with where the number stands.
COUNTS = {"overdue_digest": "late", "all_full": "queued"}
# Messages about one person whose owner was late: whose they are, and the day that was promised.
ABOUT_LATE = ("nobody_called", "fallback_overdue", "silence_ended")


def all_letters(base_url: str) -> Gather:
    """Return what gathers the words of every kind; `base_url` begins the links in them."""
    rooms = about_referrals(base_url), about_work(base_url), about_registrations(base_url)
    return first_who_knows(rooms)


def first_who_knows(rooms: Sequence[Gather]) -> Gather:
    """Ask rooms in turn; a room that does not know a kind raises `UnknownKindError`."""

    def gather(db: Session, message: OutboxMessage, now: datetime) -> Told | None:
        for room in rooms:
            try:
                return room(db, message, now)
            except UnknownKindError:
                continue
        raise UnknownKindError(message.kind)

    return gather


def about_work(base_url: str) -> Gather:
    """Return what gathers the words for whoever takes over, and for coordinators.

    A state and days, never a name: they are not the owner of the case, or read a shared mailbox.
    """

    def gather(db: Session, message: OutboxMessage, _now: datetime) -> Told | None:
        words: dict[str, Any] = {"link": f"{base_url}/desk/"}
        if message.kind in ABOUT_LATE:
            words |= _late(db, message)
        elif message.kind in COUNTS:
            words |= {
                "organization": name_of(db, message.data["organization"]),
                "count": int(message.data[COUNTS[message.kind]]),
            }
        elif message.kind == "people_came":
            words |= {"before": _who_had_them(db, message), "count": int(message.data["count"])}
        else:
            raise UnknownKindError(message.kind)
        return Told(unseal(db, message, "recipient") or "", words, _is_true(db, message))

    return gather


def _who_had_them(db: Session, message: OutboxMessage) -> str:
    """The colleague, or the organisation, that is switched off."""
    identity = UUID(message.data["from"])
    if message.data["of"] == "organization":
        return name_of(db, identity)
    return db.get_one(Contact, identity).first_name


def _late(db: Session, message: OutboxMessage) -> dict[str, Any]:
    return {"organization": name_of(db, message.data["owner"]), "day": day_in(message.data)}


def _is_true(db: Session, message: OutboxMessage) -> bool:
    """Whether somebody still waits for a call; nobody must be sent after who was called since."""
    if message.kind != "nobody_called":
        return True
    registration = db.get(Registration, message.registration_id or UUID(int=0))
    return registration is not None and registration.nobody_called_at is not None

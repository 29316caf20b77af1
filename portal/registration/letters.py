"""What a message about a registration says: names, number, day, code and link, as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization, Programme
from portal.clock import amsterdam_day
from portal.notify.kinds import PERSON, Gather, Told, UnknownKindError, kind_of
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.registration.models import Registration
from portal.registration.queries import reference_of, way_of
from portal.registration.reference import code_shown

# Under which of these a kind keeps the day it names. A receipt names the day that was promised.
DAYS = ("by", "call_by", "check_on", "promised_on")
RECEIPT = "receipt"


def about_registrations(base_url: str) -> Gather:
    """Return what gathers the words of every kind that goes to the person."""

    def gather(db: Session, message: OutboxMessage, now: datetime) -> Told | None:
        if kind_of(message.kind).audience != PERSON:
            raise UnknownKindError(message.kind)
        registration = db.get(Registration, message.registration_id or UUID(int=0))
        return _told(db, registration, message, base_url, now) if registration else None

    return gather


def day_in(data: Mapping[str, Any]) -> date | None:
    """Return the day that stands in the codes of a message."""
    return next((date.fromisoformat(data[key]) for key in DAYS if key in data), None)


def name_of(db: Session, organization_id: UUID | str) -> str:
    """Return the name of an organisation, also when it is switched off by now."""
    return db.get_one(Organization, UUID(str(organization_id))).name


def _told(
    db: Session, registration: Registration, message: OutboxMessage, base_url: str, now: datetime
) -> Told | None:
    kind = kind_of(message.kind)
    name, address = unseal(db, registration, "first_name"), _address(db, registration, message)
    if not name or not address:
        # Erased since, or that way to reach them was.
        return None
    words = {
        "name": name,
        "way": way_of(registration),
        "day": _day_ahead(registration, message, now),
        **_caller(db, registration, message.data),
        **_ways_back(db, registration, base_url, message),
    }
    return Told(address, words, is_true=not kind.states or registration.state in kind.states)


def _address(db: Session, registration: Registration, message: OutboxMessage) -> str | None:
    """Where the person can be reached now, the same way as when it was written."""
    if kind_of(message.kind).old_address:
        return unseal(db, message, "recipient")
    return unseal(db, registration, "email" if message.channel == "mail" else "phone")


def _caller(db: Session, registration: Registration, data: Mapping[str, Any]) -> dict[str, Any]:
    """Who calls: first name, organisation, number they call from; and the partner it is about."""
    contact = db.get_one(Contact, UUID(data.get("contact") or str(registration.contact_id)))
    partner = data.get("organization")
    return {
        "caller": contact.first_name,
        "organization": name_of(db, contact.organization_id),
        "number": contact.phone,
        **({"partner": name_of(db, partner)} if partner else {}),
    }


def _ways_back(
    db: Session, registration: Registration, base_url: str, message: OutboxMessage
) -> dict[str, Any]:
    """How the person reaches us: a number, and for mail (rule 8) a code and a private link."""
    number = db.get_one(Programme, registration.programme_id).phone
    reference = reference_of(db, registration)
    return {
        "help_number": number,
        "code": code_shown(reference.code),
        "link": f"{base_url}/{message.locale}/mine/{reference.link}",
        # Whoever has an old number is not to call a contact of somebody they may not know.
        **({"number": number} if kind_of(message.kind).old_address else {}),
    }


def _day_ahead(registration: Registration, message: OutboxMessage, now: datetime) -> date | None:
    """The day that is named; none when it has passed before the message could leave."""
    promised = registration.promised_on if message.kind == RECEIPT else None
    day = day_in(message.data) or promised
    return day if day and day >= amsterdam_day(now) else None

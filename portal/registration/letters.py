"""What a message about a registration says: names, number, day, code and link, as they are now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization, Programme
from portal.clock import amsterdam_day
from portal.notify.kinds import STAFF, Gather, Told, UnknownKindError, kind_of
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.registration.models import Registration
from portal.registration.queries import reference_of, way_of
from portal.registration.reference import code_shown

# Under which of these a kind keeps the day it names; the receipt names the day that was promised.
DAYS = ("call_by", "check_on", "promised_on")


def about_registrations(base_url: str) -> Gather:
    """Return what gathers the words of every kind that is about one registration."""

    def gather(db: Session, message: OutboxMessage, now: datetime) -> Told | None:
        registration = db.get(Registration, message.registration_id or UUID(int=0))
        if registration is None:
            return None
        if kind_of(message.kind).audience == STAFF:
            return _for_staff(db, registration, message, base_url)
        return _for_person(db, registration, message, base_url, now)

    return gather


def _for_person(
    db: Session, registration: Registration, message: OutboxMessage, base_url: str, now: datetime
) -> Told | None:
    kind = kind_of(message.kind)
    name = unseal(db, registration, "first_name")
    address = (
        unseal(db, message, "recipient")
        if kind.old_address
        else unseal(db, registration, "email" if message.channel == "mail" else "phone")
    )
    if not name or not address:
        # Erased since, or that way to reach them was.
        return None
    return Told(
        address,
        {
            **_caller(db, registration, message.data),
            **_ways_back(db, registration, base_url, message),
            "name": name,
            "way": way_of(registration),
            "day": _day_ahead(registration, message.data, now),
        },
        is_true=not kind.states or registration.state in kind.states,
    )


def _caller(db: Session, registration: Registration, data: dict[str, Any]) -> dict[str, Any]:
    """Who calls: first name, organisation, and the number they call from."""
    contact = db.get_one(Contact, UUID(data.get("contact") or str(registration.contact_id)))
    organization = db.get_one(Organization, contact.organization_id)
    return {
        "caller": contact.first_name,
        "organization": organization.name,
        "number": contact.phone,
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


def _day_ahead(registration: Registration, data: dict[str, Any], now: datetime) -> date | None:
    """The day that is named; none when it has passed before the message could leave."""
    day = _day(data) or registration.promised_on
    return day if day >= amsterdam_day(now) else None


def _day(data: dict[str, Any]) -> date | None:
    return next((date.fromisoformat(data[key]) for key in DAYS if key in data), None)


def _for_staff(
    db: Session, registration: Registration, message: OutboxMessage, base_url: str
) -> Told:
    """A state and days, never a name: whoever takes over is not the owner."""
    if message.kind != "nobody_called":
        raise UnknownKindError(message.kind)
    owner = db.get_one(Organization, UUID(message.data["owner"]))
    return Told(
        unseal(db, message, "recipient") or "",
        {
            "organization": owner.name,
            "day": _day(message.data) or registration.promised_on,
            "link": f"{base_url}/desk/",
        },
        is_true=registration.nobody_called_at is not None,
    )

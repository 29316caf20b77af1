"""Tell somebody at work: the named contact of an organisation, or its coordinators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account, Membership
from portal.catalogue.away import who_is_in
from portal.catalogue.models import Contact
from portal.clock import amsterdam_day
from portal.notify.outbox import put_out
from portal.notify.sms import is_mobile
from portal.privacy.encryption import unseal

STAFF_LOCALE = "nl"


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody reads messages at work, and in which language. Stays out of `repr`."""

    recipient: str
    locale: str
    account_id: UUID | None = None

    def __repr__(self) -> str:
        return "<Address>"


def tell_contact(
    db: Session,
    contact_id: UUID,
    kind: str,
    *,
    registration_id: UUID,
    now: datetime,
    data: dict[str, Any] | None = None,
) -> None:
    """Put a message for one contact in the outbox; `data` holds codes and ids only.

    Who stands in for somebody away reads it instead: it is theirs to do today.
    """
    to = addresses_of(db, who_is_in(db, contact_id, amsterdam_day(now)))
    put_out_to(db, to, kind, registration_id=registration_id, now=now, data=data)


def put_out_to(
    db: Session,
    addresses: Iterable[Address],
    kind: str,
    *,
    now: datetime,
    registration_id: UUID | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Put a message for each of these in the outbox; `data` holds codes and ids only."""
    for address in addresses:
        put_out(
            db,
            kind,
            registration_id=registration_id,
            recipient=address.recipient,
            locale=address.locale,
            now=now,
            data=data,
        )


def addresses_of(db: Session, contact_id: UUID) -> list[Address]:
    """Return where a contact reads: their account, else their mail address, else their number.

    Whoever has none of these but a landline reads nothing: then their coordinators do.
    """
    found = _of_accounts(db, Membership.contact_id == contact_id)
    if found:
        return found
    contact = db.get_one(Contact, contact_id)
    own = Address(contact.email or contact.phone, STAFF_LOCALE)
    if contact.email or is_mobile(contact.phone):
        return [own]
    return coordinators_of(db, contact.organization_id) or [own]


def can_be_told(db: Session, contact_id: UUID) -> bool:
    """Whether a message to a contact arrives with anybody: at a landline it does not."""
    found = (each.recipient for each in addresses_of(db, contact_id))
    return any("@" in each or is_mobile(each) for each in found)


def is_contact_of(db: Session, account_id: UUID | None, contact_id: UUID) -> bool:
    """Whether this account is the contact: nobody is told what they have just done themselves."""
    is_it = (Membership.account_id == account_id) & (Membership.contact_id == contact_id)
    return account_id is not None and db.scalar(select(Membership.id).where(is_it)) is not None


def coordinators_of(db: Session, organization_id: UUID) -> list[Address]:
    """Return where the coordinators of an organisation read.

    Where there is none, everybody reads it who follows people up there: what nobody is told of
    stays as it is. Empty when nobody there can sign in, which `portal check` says.
    """
    there = Membership.organization_id == organization_id
    return _of_accounts(db, there & (Membership.role == "coordinator")) or _of_accounts(
        db, there & (Membership.role == "handler")
    )


def _of_accounts(db: Session, which: Any) -> list[Address]:
    query = select(Account).join(Membership).where(which, Account.active).order_by(Account.id)
    return list(_addresses(db, db.scalars(query).unique()))


def _addresses(db: Session, accounts: Iterable[Account]) -> Iterable[Address]:
    for account in accounts:
        if email := unseal(db, account, "email"):
            yield Address(email, account.locale, account.id)

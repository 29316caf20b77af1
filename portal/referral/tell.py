"""Tell the receiver, or the owner's contact, that something happened; never about whom.

The person is told by `registration.tell`. Kinds of message are codes; their words are made when
they leave.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.referral.link import make_link
from portal.referral.models import Referral
from portal.registration.models import Registration
from portal.registration.tell_staff import tell_contact


def tell_receiver(
    db: Session, referral: Referral, kind: str, *, now: datetime, contact_id: UUID | None = None
) -> None:
    """Send the contact who was asked, or this one, a message with a fresh link."""
    link = make_link(db, referral.receiver_id, referral_id=referral.id, now=now)
    data = {"referral": str(referral.id), "link": str(link.id)}
    _tell(db, referral, contact_id or referral.contact_id, kind, now=now, data=data)


def tell_owner(
    db: Session,
    referral: Referral,
    kind: str,
    *,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Send the owner's contact a message; `reason` is a code."""
    registration = db.get_one(Registration, referral.registration_id)
    data = {"referral": str(referral.id), "organization": str(referral.receiver_id)}
    if reason:
        data["reason"] = reason
    _tell(db, referral, registration.contact_id, kind, now=now, data=data)


def _tell(
    db: Session,
    referral: Referral,
    contact_id: UUID,
    kind: str,
    *,
    now: datetime,
    data: dict[str, str],
) -> None:
    about = referral.registration_id
    tell_contact(db, contact_id, kind, registration_id=about, now=now, data=data)

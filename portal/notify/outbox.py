"""Put a message in the outbox, in the transaction of the event that causes it (rule 6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.notify.models import OutboxMessage
from portal.privacy.encryption import seal


def way_to(recipient: str) -> str:
    """Return the channel that leads to an address: mail, or SMS to a number."""
    return "mail" if "@" in recipient else "sms"


def put_out(
    db: Session,
    kind: str,
    *,
    recipient: str,
    locale: str,
    now: datetime,
    registration_id: UUID | None = None,
    channel: str | None = None,
    data: dict[str, Any] | None = None,
) -> OutboxMessage:
    """Write a message of this kind to one address; it leaves after commit.

    `data` holds codes and ids; the words are made when it is sent. An installation without mail or
    SMS keeps what it would have said; `channel="null"` keeps a message wherever it is.
    """
    message = OutboxMessage(
        id=uuid4(),
        registration_id=registration_id,
        kind=kind,
        channel=channel or way_to(recipient),
        locale=locale,
        data=data or {},
        created_at=now,
        due_at=now,
    )
    seal(db, message, "recipient", recipient)
    db.add(message)
    return message

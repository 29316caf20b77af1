"""Put a message in the outbox, in the transaction of the event that causes it (rule 6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.notify.models import OutboxMessage
from portal.privacy.encryption import seal


def put_out(
    db: Session,
    kind: str,
    *,
    registration_id: UUID,
    recipient: str,
    locale: str,
    now: datetime,
    channel: str = "null",
    data: dict[str, Any] | None = None,
) -> OutboxMessage:
    """Write a message of this kind to one address; it leaves after commit.

    `data` holds codes and ids; the words are made when it is sent. The null channel sends nothing:
    an installation without mail and SMS keeps what it would have said.
    """
    message = OutboxMessage(
        id=uuid4(),
        registration_id=registration_id,
        kind=kind,
        channel=channel,
        locale=locale,
        data=data or {},
        created_at=now,
        due_at=now,
    )
    seal(db, message, "recipient", recipient)
    db.add(message)
    return message

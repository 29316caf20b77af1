"""The transactional outbox: a message is written with the event that causes it (rule 6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import Base, HasId, one_of, sealed

CHANNELS = ("null", "mail", "sms")


class OutboxMessage(HasId, Base):
    """A message to be sent after commit. `kind` names its template, `data` its codes."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint(one_of("channel", CHANNELS), name="channel"),
        Index("ix_outbox_due", "sent_at", "due_at"),
    )

    registration_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("registration.id"), index=True
    )
    kind: Mapped[str] = mapped_column(String(30))
    channel: Mapped[str] = mapped_column(String(8))
    locale: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[bytes] = sealed(nullable=False)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]

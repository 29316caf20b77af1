"""The transactional outbox: a message is written with the event that causes it (rule 6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import Base, HasId, one_of, sealed

CHANNELS = ("null", "mail", "sms")
# waiting: to be sent, also while somebody sends it. kept: this installation does not send that
# way. dropped: nobody is there to read it, or it is no longer true. undelivered: given up.
STATES = ("waiting", "sent", "kept", "dropped", "undelivered")
SILENCES = ("stop", "bounce")


class OutboxMessage(HasId, Base):
    """A message to be sent after commit. `kind` names its template, `data` its codes.

    Whoever sends it writes a `claim` and moves `due_at` beyond the longest a send may take, so that
    nobody else takes it meanwhile, and somebody does when the sender was killed.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint(one_of("channel", CHANNELS), name="channel"),
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_when"),
        CheckConstraint(
            "state <> 'undelivered' OR undelivered_at IS NOT NULL", name="undelivered_when"
        ),
        Index("ix_outbox_due", "state", "due_at"),
    )

    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    channel: Mapped[str] = mapped_column(String(8))
    locale: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[bytes] = sealed(nullable=False)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]

    state: Mapped[str] = mapped_column(String(12), default="waiting")
    claim: Mapped[UUID | None]
    tries: Mapped[int] = mapped_column(default=0)
    first_try_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    undelivered_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(20))  # the code of what went wrong last


class SilentAddress(Base):
    """An address we no longer write to: its owner said stop, or its mail came back.

    Only the keyed digest of the address is kept, so that it can outlive the person's data.
    """

    __tablename__ = "silent_address"
    __table_args__ = (CheckConstraint(one_of("reason", SILENCES), name="reason"),)

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    reason: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]

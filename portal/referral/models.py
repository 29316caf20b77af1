"""The owner asks another organisation to take something up (*doorverwijzing*).

States follow FHIR Task as used by Gravity for closed-loop referral.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import Base, HasId, one_of, sealed

STATES = (
    "requested",
    "accepted",
    "rejected",
    "in_progress",
    "on_hold",
    "completed",
    "failed",
    "cancelled",
)


class Referral(HasId, Base):
    """A request to one organisation, with the person's consent for exactly that organisation."""

    __tablename__ = "referral"
    __table_args__ = (CheckConstraint(one_of("state", STATES), name="state"),)

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    consent_id: Mapped[UUID] = mapped_column(ForeignKey("consent.id"))
    state: Mapped[str] = mapped_column(String(12), default="requested")
    respond_by: Mapped[datetime]
    snapshot: Mapped[bytes] = sealed(nullable=False)  # what the person agreed to share, as JSON
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # declared by SQLAlchemy


class ReferralEvent(HasId, Base):
    """What happened to a referral. Codes and ids only."""

    __tablename__ = "referral_event"
    __table_args__ = (
        CheckConstraint(
            one_of("actor", ("person", "account", "partner", "system")), name="actor"
        ),
        CheckConstraint("actor <> 'account' OR account_id IS NOT NULL", name="actor_known"),
    )

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), index=True)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[str | None] = mapped_column(String(12))
    to_state: Mapped[str | None] = mapped_column(String(12))
    actor: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None] = mapped_column(String(30))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)

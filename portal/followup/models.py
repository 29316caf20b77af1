"""What people did to reach somebody, and what came of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import Base, HasId, one_of
from portal.referral.reasons import CHOSEN_OUTCOMES

RESULTS = (
    "reached",
    "no_answer",
    "voicemail",
    "wrong_number",
    "message",
    "came_by",
    "registrar",
)
OUTCOMES = (*CHOSEN_OUTCOMES, "stopped", "not_reached", "moved", "nothing_fitting")


class ContactAttempt(HasId, Base):
    """Somebody tried to reach this person. Only `reached` and `came_by` are contact."""

    __tablename__ = "contact_attempt"
    __table_args__ = (CheckConstraint(one_of("result", RESULTS), name="result"),)

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    referral_id: Mapped[UUID | None] = mapped_column(ForeignKey("referral.id"))
    at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    result: Mapped[str] = mapped_column(String(14))


class Outcome(HasId, Base):
    """What a registration led to (*uitstroom*). Never changed: a later one is a new row."""

    __tablename__ = "outcome"
    __table_args__ = (CheckConstraint(one_of("kind", OUTCOMES), name="kind"),)

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(20))
    hours_a_week: Mapped[int | None]
    fixed: Mapped[bool | None]  # a fixed contract, for paid work

"""A registration (*aanmelding*), its events, its consents, and how it got its owner."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import Base, HasId, one_of, sealed
from portal.registration.states import ACTORS, STATES

CHANNELS = ("self", "walkin")
METHODS = ("screen", "spoken", "phone", "paper")
INTERPRETERS = ("nobody", "family", "registrar", "professional", "other")


class Registration(HasId, Base):
    """Somebody said "I would like to do something". It has an owner from its first moment."""

    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint(one_of("channel", CHANNELS), name="channel"),
        CheckConstraint("state = 'closed' OR next_action_at IS NOT NULL", name="nobody_forgotten"),
        CheckConstraint(
            "channel = 'self' OR registered_by_id IS NOT NULL", name="walkin_has_registrar"
        ),
        # With the contact in it, caseloads are counted without a look at any row.
        Index("ix_registration_work", "owner_id", "state", "next_action_at", "contact_id"),
    )

    # What makes a repeat harmless, and a receipt the same twice.
    client_uuid: Mapped[UUID] = mapped_column(unique=True)
    answers_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    key_version: Mapped[str] = mapped_column(String(16))
    code_turn: Mapped[int] = mapped_column(default=0)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    link_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)

    # Whose move it is.
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    state: Mapped[str] = mapped_column(String(12), default="new")
    resume_state: Mapped[str | None] = mapped_column(String(12))  # where `resume` leads back to
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    fallback_contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    promised_on: Mapped[date]  # the day named to the person; overdue from the next day 0:00
    next_action: Mapped[str] = mapped_column(String(30), default="call")
    next_action_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime]
    received_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    # Flags, not states.
    queued: Mapped[bool] = mapped_column(default=False)
    came_back: Mapped[bool] = mapped_column(default=False)
    nobody_called_at: Mapped[datetime | None]
    undelivered_at: Mapped[datetime | None]  # a message did not reach the person: call them
    withdrawn_at: Mapped[datetime | None]

    # What the person said. Codes in plain columns, words and numbers sealed.
    channel: Mapped[str] = mapped_column(String(8), default="self")
    registered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    registered_at_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    locale: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(8))
    digits: Mapped[str | None] = mapped_column(String(4))
    landlord_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    landlord_hidden: Mapped[bool] = mapped_column(default=False)
    answers: Mapped[dict[str, Any]]  # wishes, likes, practical, times: lists of codes
    drop_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("location.id"))
    shared_phone: Mapped[bool] = mapped_column(default=False)
    first_name: Mapped[bytes | None] = sealed()
    phone: Mapped[bytes | None] = sealed()
    email: Mapped[bytes | None] = sealed()

    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # declared by SQLAlchemy


class RegistrationEvent(HasId, Base):
    """What happened. Codes and ids only: never words or names (rule 9)."""

    __tablename__ = "registration_event"
    __table_args__ = (
        CheckConstraint(one_of("actor", ACTORS), name="actor"),
        CheckConstraint("actor <> 'account' OR account_id IS NOT NULL", name="actor_known"),
    )

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[str | None] = mapped_column(String(12))
    to_state: Mapped[str | None] = mapped_column(String(12))
    actor: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class RoutingDecision(HasId, Base):
    """Which rule named this owner, from which candidates, why, when and by whom."""

    __tablename__ = "routing_decision"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(30))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    candidates: Mapped[list[str]]  # contact ids in the order they were weighed
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)  # queued, language_met, interpreter
    actor: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class Consent(HasId, Base):
    """The person agreed that one organisation may call. Revocable, never overridden (rule 4)."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint(one_of("method", METHODS), name="method"),
        CheckConstraint(one_of("interpreter", INTERPRETERS), name="interpreter"),
        CheckConstraint("method = 'screen' OR recorded_by_id IS NOT NULL", name="recorded"),
    )

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    # What a partner may be told, as codes. Whoever was named at "check" sees the answers anyway.
    shares: Mapped[list[str]] = mapped_column(default=list)
    text_version: Mapped[str] = mapped_column(String(20))
    locale: Mapped[str] = mapped_column(String(8))
    method: Mapped[str] = mapped_column(String(8))
    interpreter: Mapped[str] = mapped_column(String(12), default="nobody")
    given_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    revoked_at: Mapped[datetime | None]


class Note(HasId, Base):
    """Words on a case: by staff, or a line by the person. The person can read every one."""

    __tablename__ = "note"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  # None: the person
    text: Mapped[bytes] = sealed(nullable=False)


class LookupTerm(Base):
    """A whole normalised word of a registration as a keyed digest, salted per organisation."""

    __tablename__ = "lookup_term"
    __table_args__ = (Index("ix_lookup_term_search", "organization_id", "digest"),)

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class Tombstone(Base):
    """The uuid of an erased registration, kept 30 days so that a late repeat stores nothing."""

    __tablename__ = "tombstone"

    client_uuid: Mapped[UUID] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]

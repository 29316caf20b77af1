"""The owner asks another organisation to take something up (*doorverwijzing*).

States follow FHIR Task as used by Gravity for closed-loop referral.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import Base, HasId, one_of, sealed
from portal.referral.states import ACTORS, OPEN, STATES

# By which way something was said: signed in, by a partner's link, told to the owner on the phone,
# by the person on their own page, or by the portal's clock.
WAYS = ("account", "link", "told", "self", "clock")
SIDES = ("owner", "receiver")

IS_OPEN = one_of("state", OPEN)
LEADS = text(f"lead AND {IS_OPEN}")


class Referral(HasId, Base):
    """A request to one organisation, with the person's consent for exactly that organisation."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint(f"({IS_OPEN}) = (ended_at IS NULL)", name="ended"),
        CheckConstraint(f"NOT ({IS_OPEN}) OR due_at IS NOT NULL", name="nobody_forgotten"),
        CheckConstraint("state <> 'on_hold' OR hold_until IS NOT NULL", name="hold_ends"),
        CheckConstraint(
            "state NOT IN ('rejected', 'failed') OR reason IS NOT NULL", name="reason_given"
        ),
        CheckConstraint("state <> 'completed' OR outcome IS NOT NULL", name="outcome_given"),
        Index(
            "uq_referral_one_lead",
            "registration_id",
            unique=True,
            sqlite_where=LEADS,
            postgresql_where=LEADS,
        ),
        Index("ix_referral_clock", "state", "due_at"),
    )

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))  # whom we ask there
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    consent_id: Mapped[UUID] = mapped_column(ForeignKey("consent.id"))
    sent_by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    state: Mapped[str] = mapped_column(String(12), default="requested")
    lead: Mapped[bool] = mapped_column(default=False)  # of several at once, one keeps it together
    warm: Mapped[bool] = mapped_column(default=False)  # the owner introduces the person
    introduction_on: Mapped[date | None]
    transfers: Mapped[bool] = mapped_column(default=False)  # whoever accepts becomes the owner
    snapshot: Mapped[bytes] = sealed(nullable=False)  # what the person agreed to share, as JSON

    # Whose move it is, and until when. A moment is the first at which it is too late.
    created_at: Mapped[datetime]
    respond_by: Mapped[datetime]
    lapses_at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # the receiver's next move
    reminded_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    hold_until: Mapped[date | None]  # the last day of rest
    ended_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(20))
    outcome: Mapped[str | None] = mapped_column(String(20))

    # "Did somebody contact you?": from when to ask, when it was asked, and what the person said.
    ask_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    contacted: Mapped[bool | None]

    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # declared by SQLAlchemy


class ReferralEvent(HasId, Base):
    """What happened to a referral. Codes and ids only: never words or names (rule 9)."""

    __tablename__ = "referral_event"
    __table_args__ = (
        CheckConstraint(one_of("actor", ACTORS), name="actor"),
        CheckConstraint(one_of("way", WAYS), name="way"),
        CheckConstraint("way NOT IN ('account', 'told') OR account_id IS NOT NULL", name="known"),
    )

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), index=True)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[str | None] = mapped_column(String(12))
    to_state: Mapped[str | None] = mapped_column(String(12))
    actor: Mapped[str] = mapped_column(String(8))
    way: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  # who wrote it down
    reason: Mapped[str | None] = mapped_column(String(20))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ReferralNote(HasId, Base):
    """Words on a referral: by the receiver, or by the owner "said by … on …".

    Seen by owner and receiver, and the person can read every one.
    """

    __tablename__ = "referral_note"
    __table_args__ = (CheckConstraint(one_of("side", SIDES), name="side"),)

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), index=True)
    at: Mapped[datetime]
    side: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  # None: by link
    text: Mapped[bytes] = sealed(nullable=False)
    said_by: Mapped[bytes | None] = sealed()
    said_on: Mapped[date | None]


class ConsentAsk(HasId, Base):
    """The owner asks the person whether one organisation may be told about them.

    The portal itself asks when whoever has them, or would take over, has stopped.
    `shares` are the codes of what would be told. The answer on the person's own page is a consent
    or a "no"; either way the ask is over.
    """

    __tablename__ = "consent_ask"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  # None: the portal
    asked_at: Mapped[datetime]
    text_version: Mapped[str] = mapped_column(String(20))
    shares: Mapped[list[str]]
    answered_at: Mapped[datetime | None]
    agreed: Mapped[bool | None]


class PartnerLink(HasId, Base):
    """A link for a partner without account: to one referral, or to all open ones of a partner.

    Only the digest of its token is stored. The token is keyed from the id, which is random, so
    that a message can be written when it leaves while no token waits in the outbox.
    """

    __tablename__ = "partner_link"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    referral_id: Mapped[UUID | None] = mapped_column(ForeignKey("referral.id"), index=True)
    key_version: Mapped[str] = mapped_column(String(16))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

"""People who sign in, what they may do where, and the sessions they have open."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db.base import Base, HasId, one_of, sealed

ROLES = ("handler", "coordinator", "registrar", "viewer", "administrator")


class Account(HasId, Base):
    """Somebody who signs in with an e-mail address and a password."""

    __tablename__ = "account"

    email: Mapped[bytes] = sealed(nullable=False)
    email_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    name: Mapped[bytes] = sealed(nullable=False)
    password_hash: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(8), default="nl")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    memberships: Mapped[list[Membership]] = relationship(back_populates="account")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # declared by SQLAlchemy


class Membership(HasId, Base):
    """A right (role) of an account in an organisation; a job title is only a free label."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "organization_id", "role"),
        CheckConstraint(one_of("role", ROLES), name="role"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    role: Mapped[str] = mapped_column(String(20))
    title: Mapped[str | None] = mapped_column(String(80))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))

    account: Mapped[Account] = relationship(back_populates="memberships")


class SignIn(HasId, Base):
    """A session that is open in some browser; it can be seen and revoked by its owner."""

    __tablename__ = "sign_in"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    browser: Mapped[str] = mapped_column(String(40))  # "Firefox, Linux": never the whole header
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

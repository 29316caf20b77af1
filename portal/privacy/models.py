"""Who looked at whom."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import Base, HasId


class AuditEvent(HasId, Base):
    """An account read, searched or exported something, or signed in. Codes and ids only."""

    __tablename__ = "audit_event"

    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    registration_id: Mapped[UUID | None] = mapped_column(index=True)  # no key: outlives the row
    action: Mapped[str] = mapped_column(String(30))

"""What the clock has done once must not be done again, also by two workers at the same moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Table
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db.base import Base
from portal.db.once import InsertOnce


class ClockMark(Base):
    """The clock did this. `what` is a code with ids and days, and goes with the registration."""

    __tablename__ = "clock_mark"

    what: Mapped[str] = mapped_column(String(120), primary_key=True)
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"), index=True)
    at: Mapped[datetime]


TABLE: Table = Base.metadata.tables["clock_mark"]
ONCE = InsertOnce(TABLE)


def first_time(
    db: Session, what: str, *, now: datetime, registration_id: UUID | None = None
) -> bool:
    """Whether this was not done before; from now on it was."""
    row = {"what": what, "registration_id": registration_id, "at": now}
    return ONCE.insert(db, row)

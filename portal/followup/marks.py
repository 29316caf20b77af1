"""What the clock has done once must not be done again, also by two workers at the same moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db.base import Base


class ClockMark(Base):
    """The clock did this. `what` is a code with ids and days, and goes with the registration."""

    __tablename__ = "clock_mark"

    what: Mapped[str] = mapped_column(String(120), primary_key=True)
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"), index=True)
    at: Mapped[datetime]


TABLE: Table = Base.metadata.tables["clock_mark"]
# Both databases wait for another transaction with the same key, and then say who was first.
INSERT_ONCE: dict[str, Any] = {
    "sqlite": sqlite.insert(TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(TABLE).on_conflict_do_nothing(),
}


def first_time(
    db: Session, what: str, *, now: datetime, registration_id: UUID | None = None
) -> bool:
    """Whether this was not done before; from now on it was."""
    connection = db.connection()
    row = {"what": what, "registration_id": registration_id, "at": now}
    # Unasked, the number of rows of an insert is not known on PostgreSQL.
    counted = connection.execute(
        INSERT_ONCE[connection.dialect.name], row, execution_options={"preserve_rowcount": True}
    )
    return counted.rowcount == 1

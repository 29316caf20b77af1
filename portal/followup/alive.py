"""The worker leaves a mark each time it has looked at the clock, so that its absence is noticed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.followup.marks import TABLE, ClockMark

WORKER = "worker"
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def say_alive(db: Session, now: datetime) -> None:
    """Some worker has just looked."""
    insert = INSERTS[db.connection().dialect.name](TABLE).values(what=WORKER, at=now)
    db.execute(insert.on_conflict_do_update(index_elements=[TABLE.c.what], set_={"at": now}))


def last_alive(db: Session) -> datetime | None:
    """Return when a worker looked last; None when none ever did."""
    return db.scalar(select(ClockMark.at).where(ClockMark.what == WORKER))

"""Go through a whole table while others work: each batch is a transaction of its own.

SQLite has one writer. Whoever held it for everything at once would keep everybody who sends
something waiting, and after fifteen seconds they are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from portal.db.engine import Database

MOST_AT_ONCE = 300
BEFORE_ALL = UUID(int=0)


def in_batches(
    database: Database,
    table: Table,
    do: Callable[[Session, Sequence[UUID]], int],
    most: int = MOST_AT_ONCE,
) -> int:
    """Let `do` happen to all rows by their ids, in order; return the sum of what it did.

    What was done stays when a later batch fails, so `do` must do nothing twice.
    """
    done, last = 0, BEFORE_ALL
    while True:
        with database.writing.begin() as db:
            following = select(table.c.id).where(table.c.id > last).order_by(table.c.id)
            ids = db.scalars(following.limit(most)).all()
            if not ids:
                return done
            done += do(db, ids)
        last = ids[-1]

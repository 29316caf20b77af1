"""Every row about one thing, found by following foreign keys: for erasing and for a copy.

Tables are found by structure and not from a list, so that a table that is added later cannot be
forgotten. Links to rows that outlive a person (organisations, accounts) are not followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, delete, select
from sqlalchemy.orm import Session

from portal.db.base import Base


def erase_rows(db: Session, table: Table, ids: Sequence[UUID]) -> None:
    """Delete these rows and every row that belongs to them (rule 9: deleted means deleted)."""
    for each, these in rows_about(db, table, ids):
        db.execute(delete(each).where(these))


def rows_about(
    db: Session, table: Table, ids: Sequence[UUID]
) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Yield these rows and all that belong to them, however far away: a table and which of it.

    What belongs to a row comes before it. A row that belongs to two others may come twice.
    """
    if not ids:
        return
    for child, column in belongings(table):
        if "id" in child.c:
            found = db.scalars(select(child.c.id).where(column.in_(ids))).all()
            yield from rows_about(db, child, found)
        else:
            yield child, column.in_(ids)
    yield table, table.c.id.in_(ids)


def belongings(table: Table) -> Iterator[tuple[Table, Column[UUID]]]:
    """Return the tables whose rows point at a row of this one, with the column that does."""
    for child in Base.metadata.sorted_tables:
        for column in child.columns:
            if any(key.column.table is table for key in column.foreign_keys):
                yield child, column

"""Write rows with as little ado as the database allows: this is what a "send" costs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.registration.models import Registration

TABLE: Table = Registration.metadata.tables["registration"]
# Both databases wait for another transaction with the same key, and then say who was first.
INSERT_ONCE = {
    "sqlite": sqlite.insert(TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(TABLE).on_conflict_do_nothing(),
}


def insert_once(db: Session, row: dict[str, Any]) -> bool:
    """Insert a registration; return whether it was new in everything that must be unique."""
    connection = db.connection()
    return connection.execute(INSERT_ONCE[connection.dialect.name], row).rowcount == 1


def insert_all(db: Session, rows: list[tuple[Any, list[dict[str, Any]]]]) -> None:
    """Insert rows by table, many at once."""
    connection = db.connection()
    for model, many in rows:
        if many:
            connection.execute(insert(model.__table__), many)

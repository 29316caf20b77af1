"""A copy of everything about one row: what is sealed is opened, what points elsewhere is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from portal.privacy.encryption import vault_of
from portal.privacy.rows_about import rows_about

# The word by which a row of another table is known to people. Accounts keep their names.
NAMED_BY: Mapping[str, str] = {
    "organization": "name",
    "programme": "name",
    "location": "name",
    "service": "slug",
    "contact": "first_name",
}


def copy_of(db: Session, table: Table, identity: UUID) -> dict[str, Any]:
    """Return the row and everything that belongs to it, as plain values by table name.

    Keyed digests are left out: they mean nothing to anybody without the keys. So are tables that
    hold nothing else, or only what the clock need not do again: their rows have no id.
    """
    told: dict[str, dict[UUID, dict[str, Any]]] = {table.name: {}}
    for each, these in rows_about(db, table, [identity]):
        rows = db.execute(select(each).where(these)).mappings().all() if "id" in each.c else ()
        for row in rows:
            told.setdefault(each.name, {})[row["id"]] = _plain(db, each, row)
    lists = {name: list(found.values()) for name, found in told.items()}
    return {**lists, table.name: told[table.name][identity]}


def _plain(db: Session, table: Table, row: Any) -> dict[str, Any]:
    return {
        column.name: _value(db, column, row)
        for column in table.columns
        if column.info.get("sealed") or column.type.python_type is not bytes
    }


def _value(db: Session, column: Column[Any], row: Any) -> Any:
    value = row[column.name]
    if value is None or value == b"":  # Emptied, because its time was over.
        return None
    if column.info.get("sealed"):
        return vault_of(db).open(f"{column.table.name}.{column.name}", row["id"], value)
    if isinstance(value, UUID):
        return _name(db, column, value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _name(db: Session, column: Column[Any], identity: UUID) -> str:
    """Return what people call the row that is pointed at."""
    for key in column.foreign_keys:
        target = key.column.table
        if word := NAMED_BY.get(target.name):
            query = select(target.c[word]).where(target.c.id == identity)
            return str(db.execute(query).scalar())
    return str(identity)

"""Bring every sealed column to the current key, so that an old key can be thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import Column, Table, select, update
from sqlalchemy.orm import Session

from portal.db.base import Base
from portal.db.batches import in_batches
from portal.db.engine import Database
from portal.privacy.encryption import sealed_with, vault_of


def rotate_sealed(database: Database) -> int:
    """Seal again what an older key sealed; return the number of values changed.

    The portal may run meanwhile. Whatever it changes between our look and our write is left as
    it is: the portal that was started with the new key in front has sealed it with that one.
    """
    return sum(
        in_batches(database, table, partial(_rotate, column=column))
        for table, column in sealed_columns()
    )


def sealed_columns() -> list[tuple[Table, Column[bytes]]]:
    """Return every column that holds ciphertext, found by its mark and not by a list."""
    tables = Base.metadata.sorted_tables
    return [(t, c) for t in tables for c in t.columns if c.info.get("sealed")]


def _rotate(db: Session, ids: Sequence[UUID], *, column: Column[bytes]) -> int:
    identity, current = column.table.c.id, vault_of(db).cipher_version
    found = select(identity, column).where(identity.in_(ids), column.is_not(None))
    # What was emptied when its time was over holds no key.
    return sum(
        _seal_again(db, column, row_id, blob)
        for row_id, blob in db.execute(found.order_by(identity)).all()
        if blob and sealed_with(blob) != current
    )


def _seal_again(db: Session, column: Column[bytes], row_id: UUID, old: bytes) -> int:
    """Return 1, or 0 when the row holds something else by now."""
    vault, place = vault_of(db), f"{column.table.name}.{column.name}"
    again = vault.seal(place, row_id, vault.open(place, row_id, old))
    unchanged = update(column.table).where(column.table.c.id == row_id, column == old)
    return db.connection().execute(unchanged.values({column: again})).rowcount

"""Bring every sealed column to the current key, so that an old key can be thrown away."""

from __future__ import annotations

from sqlalchemy import Column, Table, select, update
from sqlalchemy.orm import Session

from portal.db.base import Base
from portal.privacy.encryption import sealed_with, vault_of


def rotate_sealed(db: Session) -> int:
    """Seal again what an older key sealed; return the number of values changed."""
    return sum(_rotate(db, table, column) for table, column in sealed_columns())


def sealed_columns() -> list[tuple[Table, Column[bytes]]]:
    """Return every column that holds ciphertext, found by its mark and not by a list."""
    tables = Base.metadata.sorted_tables
    return [(t, c) for t in tables for c in t.columns if c.info.get("sealed")]


def _rotate(db: Session, table: Table, column: Column[bytes]) -> int:
    vault, place = vault_of(db), f"{table.name}.{column.name}"
    rows = db.execute(select(table.c.id, column).where(column.is_not(None))).all()
    # What was emptied when its time was over holds no key.
    old = [(key, blob) for key, blob in rows if blob and sealed_with(blob) != vault.cipher_version]
    for key, blob in old:
        again = vault.seal(place, key, vault.open(place, key, blob))
        db.execute(update(table).where(table.c.id == key).values({column: again}))
    return len(old)

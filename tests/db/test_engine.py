from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from portal.db.engine import open_database

FULL = 2


@pytest.mark.parametrize("which", ["engine", "writer"])
def test_what_sqlite_has_confirmed_is_on_disk(tmp_path: Path, which: str) -> None:
    database = open_database(f"sqlite:///{tmp_path}/one.sqlite3", vault=None)
    engine: Engine = getattr(database, which)
    for pragma, value in (
        ("journal_mode", "wal"),
        ("synchronous", FULL),
        ("foreign_keys", 1),
        ("secure_delete", 1),
    ):
        with engine.connect() as connection:
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value, pragma
    database.engine.dispose()

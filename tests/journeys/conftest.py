"""What journeys share."""

from __future__ import annotations

import pytest

from portal.catalogue.load import load_pack
from portal.catalogue.pack.read import read_pack, shipped_packs
from portal.db.engine import Database


@pytest.fixture
def packs(database: Database) -> None:
    """Every catalogue that is shipped."""
    with database.writing.begin() as db:
        for path in shipped_packs():
            load_pack(db, read_pack(path))

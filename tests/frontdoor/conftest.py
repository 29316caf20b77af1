"""What the tests of the tenant's door share."""

from __future__ import annotations

import pytest

from portal.catalogue.load import load_pack
from portal.catalogue.pack.read import read_pack, shipped_packs
from portal.db.engine import Database


@pytest.fixture
def eindhoven(database: Database) -> None:
    """The catalogue of Eindhoven, as it is shipped."""
    pack = next(path for path in shipped_packs() if path.stem == "eindhoven")
    with database.writing.begin() as db:
        load_pack(db, read_pack(pack))

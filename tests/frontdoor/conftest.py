"""What the tests of the tenant's door share."""

from __future__ import annotations

import pytest

from portal.catalogue.load import load_pack
from portal.catalogue.pack.read import read_pack, shipped_packs
from portal.db.engine import Database
from tests.desk.world import World, furnished
from tests.frontdoor.helping import Helped, somebody
from tests.frontdoor.saying import OnPage, newcomer
from tests.support.application import CheckedClient
from tests.support.clock import SettableClock
from tests.support.templates import Preparation, migrate


def eindhoven_alone(database: Database) -> None:
    """Fill a database with the catalogue of Eindhoven, as it is shipped."""
    pack = next(path for path in shipped_packs() if path.stem == "eindhoven")
    with database.writing.begin() as db:
        load_pack(db, read_pack(pack))


@pytest.fixture
def prepared(request: pytest.FixtureRequest) -> Preparation:
    """Eindhoven for who asks for it; a portal without any programme for who does not."""
    if {"sam", "visit"} & set(request.fixturenames):
        return furnished
    return eindhoven_alone if "eindhoven" in request.fixturenames else migrate


@pytest.fixture
def eindhoven() -> None:
    """The catalogue of Eindhoven is there from the start."""


@pytest.fixture
def sam(database: Database, clock: SettableClock, client: CheckedClient) -> Helped:
    """Somebody in Eindhoven whom Sanne of Trudo spoke to, with people at desks."""
    return somebody(World(database, clock), client, email="sam@post.nl")


@pytest.fixture
def visit(database: Database, clock: SettableClock, client: CheckedClient) -> OnPage:
    """Somebody who registered a moment ago, on their own page; with people at desks."""
    return newcomer(client, World(database, clock))

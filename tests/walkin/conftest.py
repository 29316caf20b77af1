"""A registrar of Athos in Maastricht, signed in."""

from __future__ import annotations

import pytest

from portal.db.engine import Database
from tests.support.application import CheckedClient
from tests.support.templates import Preparation
from tests.walkin.counter import add_staff, load_packs, sign_in

AT_ATHOS = "registrator@athos.example"


def two_programmes(database: Database) -> None:
    """Fill a database; Eindhoven is the default programme, so nothing falls to Athos."""
    load_packs(database, "eindhoven", "maastricht")
    add_staff(database, AT_ATHOS, ("athos", "registrar"))


@pytest.fixture
def prepared() -> Preparation:
    """Two programmes and a registrar of Athos."""
    return two_programmes


@pytest.fixture
def maastricht(database: Database) -> Database:
    """The database with the two programmes."""
    return database


@pytest.fixture
def registrar(maastricht: Database, client: CheckedClient) -> CheckedClient:
    """The browser of that registrar."""
    sign_in(client, AT_ATHOS)
    return client

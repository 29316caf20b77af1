"""A furnished neighbourhood, and somebody at a desk in it."""

from __future__ import annotations

import pytest

from portal.db.engine import Database
from tests.desk.world import SANNE, World, furnished, sign_in
from tests.support.application import CheckedClient
from tests.support.clock import SettableClock
from tests.support.templates import Preparation


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with accounts and nobody registered yet."""
    return furnished


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """What goes on there."""
    return World(database, clock)


@pytest.fixture
def sanne(world: World, client: CheckedClient) -> CheckedClient:
    """The browser of Sanne, who calls tenants of Trudo."""
    sign_in(client, SANNE)
    return client

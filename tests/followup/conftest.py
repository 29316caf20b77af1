"""A furnished neighbourhood, and who acts in it."""

from __future__ import annotations

import pytest

from portal.accounts.identity import Identity
from portal.db.engine import Database
from tests.desk.world import MO, SANNE, World, furnished
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
def sanne(world: World) -> Identity:
    """Sanne, who calls tenants of Trudo."""
    return world.identity(SANNE)


@pytest.fixture
def mo(world: World) -> Identity:
    """Mo, her colleague."""
    return world.identity(MO)

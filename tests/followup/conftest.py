"""A furnished neighbourhood, and who acts in it."""

from __future__ import annotations

import pytest

from portal.accounts.identity import Identity
from portal.db.engine import Database
from tests.desk.world import MO, SANNE, World
from tests.support.clock import SettableClock


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """Eindhoven, with accounts and nobody registered yet."""
    made = World(database, clock)
    made.furnish()
    return made


@pytest.fixture
def sanne(world: World) -> Identity:
    """Sanne, who calls tenants of Trudo."""
    return world.identity(SANNE)


@pytest.fixture
def mo(world: World) -> Identity:
    """Mo, her colleague."""
    return world.identity(MO)

"""Fixtures of a furnished neighbourhood, for the folders that work in it: import them by name."""

from __future__ import annotations

import pytest

from portal.db.engine import Database
from tests.desk.world import World, furnished
from tests.support.clock import SettableClock
from tests.support.templates import Preparation

__all__ = ["prepared", "world"]


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with accounts and nobody registered yet."""
    return furnished


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """What goes on there."""
    return World(database, clock)

"""A neighbourhood in which Trudo asks Randstad, and a partner's browser without an account."""

from __future__ import annotations

import pytest

from portal.db.engine import Database
from tests.desk.world import World, furnished
from tests.reply.asking import Asking
from tests.support.clock import SettableClock
from tests.support.templates import Preparation


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with accounts and nobody registered yet."""
    return furnished


@pytest.fixture
def asking(database: Database, clock: SettableClock) -> Asking:
    """Who asks whom."""
    return Asking(World(database, clock))

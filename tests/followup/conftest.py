"""A furnished neighbourhood, and who acts in it."""

from __future__ import annotations

import pytest

from portal.accounts.identity import Identity
from tests.desk.furniture import prepared, world
from tests.desk.world import MO, SANNE, World

__all__ = ["mo", "prepared", "sanne", "world"]


@pytest.fixture
def sanne(world: World) -> Identity:
    """Sanne, who calls tenants of Trudo."""
    return world.identity(SANNE)


@pytest.fixture
def mo(world: World) -> Identity:
    """Mo, her colleague."""
    return world.identity(MO)

"""A furnished neighbourhood, and somebody at a desk in it."""

from __future__ import annotations

import pytest

from tests.desk.furniture import prepared, world
from tests.desk.world import SANNE, World, sign_in
from tests.support.application import CheckedClient

__all__ = ["prepared", "sanne", "world"]


@pytest.fixture
def sanne(world: World, client: CheckedClient) -> CheckedClient:
    """The browser of Sanne, who calls tenants of Trudo."""
    sign_in(client, SANNE)
    return client

"""Eindhoven with its accounts, as the tests of the desk furnish it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from portal.catalogue.snapshot import load_snapshot
from portal.clock import amsterdam_day
from portal.db.engine import Database
from portal.reports.coverage_report import Report, report_on
from tests.desk.world import World, furnished
from tests.support.clock import SettableClock
from tests.support.templates import Preparation

Look: TypeAlias = Callable[[], Report]


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with accounts and nobody registered yet."""
    return furnished


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """What goes on there."""
    return World(database, clock)


@pytest.fixture
def look(world: World) -> Look:
    """Make the report of Eindhoven at the moment of the clock."""

    def report() -> Report:
        with world.looking() as db:
            known = load_snapshot(db)
            programme = known.default_programme
            return report_on(db, known, programme, today=amsterdam_day(world.clock()))

    return report

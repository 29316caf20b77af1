"""Eindhoven with its accounts, as the tests of the desk furnish it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from portal.catalogue.snapshot import load_snapshot
from portal.clock import amsterdam_day
from portal.reports.coverage_report import Report, report_on
from tests.desk.furniture import prepared, world
from tests.desk.world import World

Look: TypeAlias = Callable[[], Report]

__all__ = ["look", "prepared", "world"]


@pytest.fixture
def look(world: World) -> Look:
    """Make the report of Eindhoven at the moment of the clock."""

    def report() -> Report:
        with world.looking() as db:
            known = load_snapshot(db)
            programme = known.default_programme
            return report_on(db, known, programme, today=amsterdam_day(world.clock()))

    return report

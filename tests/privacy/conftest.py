"""A small town on a database of its own, and the worker's chores on a clock that a test sets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from portal.cli.worker import chores_of
from portal.db.engine import Database
from portal.followup.letters import all_letters
from portal.notify.chores import Rounds
from portal.notify.post import Post
from portal.registration.undelivered import flag_undelivered
from portal.settings import Settings
from tests.referral.town import Town, build_town
from tests.support.clock import SettableClock


@dataclass(frozen=True)
class House:
    """An installation with a data folder of its own, and a town in its database."""

    database: Database
    town: Town
    clock: SettableClock
    settings: Settings

    def chores(self) -> None:
        """Let a worker that has just started do all of its chores once."""
        letters = all_letters(self.settings.base_url)
        post = Post(
            self.database,
            {},
            letters,
            flag_undelivered,
            clock=self.clock,
            chance=lambda: 0.0,
        )
        Rounds(chores_of(self.settings)).make(post)


@pytest.fixture
def town(database: Database) -> Town:
    """Who is there."""
    with database.writing.begin() as db:
        return build_town(db)


@pytest.fixture
def house(
    database: Database, town: Town, clock: SettableClock, settings: Settings, tmp_path: Path
) -> House:
    """Where the worker works."""
    return House(database, town, clock, replace(settings, data=tmp_path / "data"))

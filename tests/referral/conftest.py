"""The town of these tests: built once on each database; whatever a test does there is undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from portal.db.engine import Database, open_database
from portal.privacy.encryption import Vault
from tests.referral.town import Town, build_town
from tests.support.databases import BACKENDS
from tests.support.templates import Templates


@dataclass(frozen=True)
class Settled:
    """A database with the town in it."""

    database: Database
    town: Town


@pytest.fixture(scope="module", params=BACKENDS)
def settled(
    request: pytest.FixtureRequest, templates: Templates, vault: Vault
) -> Iterator[Settled]:
    """The town on SQLite, and on PostgreSQL."""
    with templates.copied(request.param) as url:
        yield from _settle(url, vault)


def _settle(url: str, vault: Vault) -> Iterator[Settled]:
    database = open_database(url, vault=vault)
    with database.writing.begin() as db:
        town = build_town(db)
    yield Settled(database, town)
    database.engine.dispose()


@pytest.fixture
def db(settled: Settled) -> Iterator[Session]:
    """A session whose transaction is never committed; rooms do not commit either."""
    with settled.database.writing() as session:
        yield session
        session.rollback()


@pytest.fixture
def town(settled: Settled) -> Town:
    """Who is there."""
    return settled.town

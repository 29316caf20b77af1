"""A fresh database for every test, on SQLite and on PostgreSQL, copied from a migrated one.

It has the same address each time. So whoever speaks to it can be kept from test to test, with every
statement that was translated before, and only connects anew.

Whoever asks for `backend`, or for anything made from it, runs once on each of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from portal.db.engine import Database, open_database
from portal.privacy.encryption import Vault
from portal.settings import Settings
from tests.support.postgres import PostgresServer
from tests.support.templates import Preparation, Templates, migrate

BACKENDS = ("sqlite", "postgresql")
# A journey through a browser looks at pages; what is stored is tested on both without one.
BROWSER_BACKENDS = ("sqlite",)
SECRET_KEYS = {"s1": b"secret key that only tests know."}
ENCRYPTION_KEYS = {"e1": b"sealing key that only tests know"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that needs a database on each of them."""
    if "backend" in metafunc.fixturenames:
        browser = "driver" in metafunc.fixturenames
        metafunc.parametrize("backend", BROWSER_BACKENDS if browser else BACKENDS)


@pytest.fixture(scope="session")
def vault() -> Vault:
    """The keys of every test installation."""
    return Vault(SECRET_KEYS, ENCRYPTION_KEYS)


@pytest.fixture(scope="session")
def templates(request: pytest.FixtureRequest, scratch: Path, vault: Vault) -> Templates:
    """What databases are copied from; the PostgreSQL server starts when it is first needed."""

    def server() -> PostgresServer:
        started: PostgresServer = request.getfixturevalue("postgres_server")
        return started

    return Templates(scratch, vault, server)


@pytest.fixture
def prepared() -> Preparation:
    """Say what a test finds in its database. A folder whose tests all need more overrides this."""
    return migrate


@pytest.fixture
def database_url(backend: str, templates: Templates, prepared: Preparation) -> Iterator[str]:
    """Return the address of a fresh database."""
    with templates.copied(backend, prepared, name="fresh") as url:
        yield url


@pytest.fixture(scope="session")
def shared_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for all tests of one process: compressed scripts and styles are made once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def settings(database_url: str, shared_data: Path) -> Settings:
    """Settings of a production-like installation on a fresh database."""
    return Settings(
        data=shared_data,
        database_url=database_url,
        secret_keys=SECRET_KEYS,
        encryption_keys=ENCRYPTION_KEYS,
        base_url="https://localhost",
        phone="+31881234567",
    )


@pytest.fixture(scope="session")
def opened(vault: Vault) -> Callable[[str], Database]:
    """Open a database as the portal opens it, each address once."""
    return cache(lambda url: open_database(url, vault=vault))


@pytest.fixture
def database(settings: Settings, opened: Callable[[str], Database]) -> Iterator[Database]:
    """The fresh database."""
    database = opened(settings.database_url)
    yield database
    hang_up(database)


def with_keys(database: Database, vault: Vault) -> Database:
    """Return the same database, as whoever starts with other keys writes in it."""
    writing = sessionmaker(database.writer, info={"vault": vault}, expire_on_commit=False)
    return replace(database, writing=writing)


def hang_up(database: Database) -> None:
    """Close every connection. Whoever still holds one can do nothing to the next database."""
    database.engine.dispose()
    # Whoever writes does so on the same connections.
    database.writer.pool = database.engine.pool


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A session inside a transaction that may write, with the keys it carries."""
    with database.writing() as session:
        yield session

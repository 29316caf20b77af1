"""A fresh database for every test, on SQLite and on PostgreSQL, copied from a migrated one.

Whoever asks for `backend`, or for anything made from it, runs once on each of the two.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from portal.db.engine import Database, open_database
from portal.db.migrate import upgrade
from portal.privacy.encryption import Vault
from portal.settings import Settings
from tests.support.postgres import PostgresServer

BACKENDS = ("sqlite", "postgresql")
# A journey through a browser looks at pages; what is stored is tested on both without one.
BROWSER_BACKENDS = ("sqlite",)
TEMPLATE = "migrated"
SECRET_KEYS = {"s1": b"secret key that only tests know."}
ENCRYPTION_KEYS = {"e1": b"sealing key that only tests know"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that needs a database on each of them."""
    if "backend" in metafunc.fixturenames:
        browser = "chromium" in metafunc.fixturenames
        metafunc.parametrize("backend", BROWSER_BACKENDS if browser else BACKENDS)


@dataclass(frozen=True)
class Migrated:
    """A migrated, empty database on each backend, ready to be copied."""

    folder: Path
    request: pytest.FixtureRequest

    @property
    def file(self) -> Path:
        """The SQLite file that is copied."""
        return self.folder / f"{TEMPLATE}.sqlite3"

    @contextmanager
    def copied(self) -> Iterator[str]:
        """Yield the address of a copy of the SQLite file, in a folder that goes with it."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            copy = shutil.copyfile(self.file, Path(folder) / "portal.sqlite3")
            yield f"sqlite:///{copy}"

    def server(self) -> PostgresServer:
        """Return the PostgreSQL server that holds the template; the first call starts it."""
        server: PostgresServer = self.request.getfixturevalue("migrated_server")
        return server


def migrate(url: str, vault: Vault) -> None:
    """Bring the database at `url` to the newest schema."""
    database = open_database(url, vault=vault)
    upgrade(database)
    database.engine.dispose()


@pytest.fixture(scope="session")
def vault() -> Vault:
    """The keys of every test installation."""
    return Vault(SECRET_KEYS, ENCRYPTION_KEYS)


@pytest.fixture(scope="session")
def migrated_server(postgres_server: PostgresServer, vault: Vault) -> PostgresServer:
    """The PostgreSQL server with a migrated template in it."""
    migrate(postgres_server.create(TEMPLATE), vault)
    return postgres_server


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest, scratch: Path, vault: Vault) -> Migrated:
    """Migrate once for each test process; every test then gets a copy."""
    made = Migrated(scratch, request)
    migrate(f"sqlite:///{made.file}", vault)
    return made


@pytest.fixture
def database_url(backend: str, migrated: Migrated) -> Iterator[str]:
    """Return the address of a fresh, migrated, empty database."""
    if backend == "sqlite":
        with migrated.copied() as url:
            yield url
        return
    server, name = migrated.server(), f"test_{uuid4().hex}"
    yield server.create(name, TEMPLATE)
    server.drop(name)


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


@pytest.fixture
def database(settings: Settings, vault: Vault) -> Iterator[Database]:
    """The fresh database, opened as the portal opens it."""
    opened = open_database(settings.database_url, vault=vault)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A session inside a transaction that may write, with the keys it carries."""
    with database.writing() as session:
        yield session

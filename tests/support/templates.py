"""Databases that tests copy. Each is made once for a test process: migrated, and perhaps filled."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from portal.db.engine import Database, open_database
from portal.db.migrate import upgrade
from portal.privacy.encryption import Vault
from tests.support.postgres import PostgresServer

Preparation = Callable[[Database], None]


def migrate(database: Database) -> None:
    """Prepare an empty database: the newest schema and nothing in it."""
    upgrade(database)


class Templates:
    """Makes a template for every preparation it is asked for, and copies of it."""

    def __init__(self, folder: Path, vault: Vault, server: Callable[[], PostgresServer]) -> None:
        self._folder = folder
        self._vault = vault
        self._server = server
        self._on_server: set[str] = set()

    @contextmanager
    def copied(
        self, backend: str, prepare: Preparation = migrate, *, name: str = ""
    ) -> Iterator[str]:
        """Yield the address of a fresh copy, which is gone afterwards.

        `prepare` is a function of a module: it fills the migrated template the first time. Copies
        of the same `name` have the same address, one after the other.
        """
        name = f"test_{name or uuid4().hex}"
        copied = self._copied_file if backend == "sqlite" else self._copied_on_server
        with copied(name, prepare) as url:
            yield url

    @contextmanager
    def _copied_file(self, name: str, prepare: Preparation) -> Iterator[str]:
        folder = self._folder / name
        folder.mkdir()
        try:
            yield f"sqlite:///{shutil.copyfile(self._file(prepare), folder / 'portal.sqlite3')}"
        finally:
            shutil.rmtree(folder)

    @contextmanager
    def _copied_on_server(self, name: str, prepare: Preparation) -> Iterator[str]:
        server = self._server()
        try:
            yield server.create(name, self._database(server, prepare))
        finally:
            server.drop(name)

    def _file(self, prepare: Preparation) -> Path:
        """Return the SQLite file of a template."""
        file = self._folder / f"{_name(prepare)}.sqlite3"
        if not file.exists():
            # Only a finished template gets its name.
            part = file.with_suffix(".part")
            part.unlink(missing_ok=True)
            if prepare is not migrate:
                shutil.copyfile(self._file(migrate), part)
            self._fill(f"sqlite:///{part}", prepare)
            part.rename(file)
        return file

    def _database(self, server: PostgresServer, prepare: Preparation) -> str:
        """Return the name of a template on the PostgreSQL server."""
        name = _name(prepare)
        if name not in self._on_server:
            server.drop(name)
            base = "template0" if prepare is migrate else self._database(server, migrate)
            self._fill(server.create(name, base), prepare)
            self._on_server.add(name)
        return name

    def _fill(self, url: str, prepare: Preparation) -> None:
        database = open_database(url, vault=self._vault)
        try:
            prepare(database)
        finally:
            database.engine.dispose()


def _name(prepare: Preparation) -> str:
    return re.sub(r"\W", "_", f"{prepare.__module__}_{prepare.__name__}").removeprefix("tests_")

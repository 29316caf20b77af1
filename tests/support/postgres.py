"""A real PostgreSQL for one test run, from the binaries of the distribution.

PostgreSQL refuses to run as root, so root hands it to a user without rights. It listens on a
socket in its own folder only, and it is stopped whatever happens to the tests.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.support.scratch import scratch_folder

SUPERUSER = "portal"
START_SECONDS = 30
# Tests look at what is stored, not at what survives a power cut of this scratch server.
FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=60")
RUNTIME = ("-c", "listen_addresses=", *FAST)
CLUSTER = ("--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")


@dataclass(frozen=True)
class PostgresServer:
    """A running server, reached through the socket in its folder."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the address of one database, as `DATABASE_URL` would hold it."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.folder}"

    def run(self, statement: sql.SQL, *names: str) -> None:
        """Execute one statement outside a transaction, its `{}` filled with identifiers."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database as a copy of `template` and return its address."""
        self.run(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"), database, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), database)


def find_binary(name: str) -> str:
    """Return the path of a PostgreSQL program, the newest version first."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = sorted(versions, key=lambda path: int(path.parent.parent.name), reverse=True)
    found = str(newest[0]) if newest else shutil.which(name)
    assert found, f"{name} is missing: install the package postgresql"
    return found


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Start a server in a folder of its own and stop it afterwards."""
    with scratch_folder() as folder:
        identity = _give_to_a_user_without_rights(folder)
        _make_cluster(folder / "data", identity)
        process = _start(folder, identity)
        try:
            yield PostgresServer(folder)
        finally:
            # The signal for a fast shutdown: it does not wait for clients to leave.
            process.send_signal(signal.SIGINT)
            process.wait(START_SECONDS)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for each test process, started when the first test asks for it."""
    with running_server() as server:
        yield server


def _give_to_a_user_without_rights(folder: Path) -> dict[str, Any]:
    """Return the arguments that make a process run as the owner of `folder`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _make_cluster(data: Path, identity: dict[str, Any]) -> None:
    made = subprocess.run(
        [find_binary("initdb"), "-D", str(data), "-U", SUPERUSER, *CLUSTER],
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
        **identity,
    )
    assert made.returncode == 0, made.stderr


def _start(folder: Path, identity: dict[str, Any]) -> subprocess.Popen[str]:
    """Start the server and return once it answers."""
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [find_binary("postgres"), "-D", str(folder / "data"), "-k", str(folder), *RUNTIME],
        stdout=log,
        stderr=log,
        text=True,
        cwd="/",
        **identity,
    )
    log.close()
    _until_it_answers(folder, process.poll)
    return process


def _until_it_answers(folder: Path, exit_code: Callable[[], int | None]) -> None:
    ready = [find_binary("pg_isready"), "-h", str(folder), "-t", "1", "-q"]
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert exit_code() is None, (folder / "log").read_text()
        if subprocess.run(ready, check=False).returncode == 0:
            return
    raise AssertionError((folder / "log").read_text())

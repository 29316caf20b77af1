"""Open the database, SQLite or PostgreSQL, with the settings that make a receipt durable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from portal.db.turns import TurnTaker
from portal.settings import THREADS

# Every thread of the server must be able to have two at once, one to act and one to look beside it:
# threads that wait for each other's connections would all stand still. Most are opened under load
# only.
KEPT_OPEN, AT_MOST = 5, 2 * THREADS
BUSY_MS = 15_000
BRIEFLY_MS = 500
# Whoever fills SQLite's journal brings it into its file and waits for the disk: with 1,000 pages,
# as it comes, one in twenty who send something; with these (32 MB) one in two hundred. The worker
# empties it every five minutes, while nobody waits.
JOURNAL_PAGES = 8_000


@dataclass(frozen=True)
class Database:
    """An engine, one on the same connections for whoever writes, and sessions of both kinds."""

    engine: Engine
    writer: Engine
    reading: sessionmaker[Session]
    writing: sessionmaker[Session]


def open_database(url: str, *, vault: object) -> Database:
    """Open `url`; every session carries `vault`, the keys of its sealed columns."""
    is_sqlite = url.startswith("sqlite")
    engine = create_engine(
        _with_driver(url),
        connect_args=_in_line() if is_sqlite else {},
        pool_size=KEPT_OPEN,
        max_overflow=AT_MOST - KEPT_OPEN,
        pool_pre_ping=not is_sqlite,
        hide_parameters=True,  # An error must not show what stands in a row.
    )
    if is_sqlite:
        _prepare_folder(url)
        event.listen(engine, "connect", _set_pragmas)
    info = {"vault": vault}
    writer = _writer(engine) if is_sqlite else engine
    return Database(
        engine,
        writer,
        sessionmaker(engine, info=info, expire_on_commit=False),
        sessionmaker(writer, info=info, expire_on_commit=False),
    )


def empty_journal(database: Database) -> None:
    """Bring SQLite's write-ahead journal into its file: erased rows would live on in the journal.

    Whoever reads at this moment keeps theirs; it is emptied another time. PostgreSQL sees to its
    own.
    """
    if database.engine.dialect.name != "sqlite":
        return
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        # Writers wait meanwhile, so it must not take long.
        cursor.execute(f"PRAGMA busy_timeout = {BRIEFLY_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.close()
    finally:
        connection.close()


def _with_driver(url: str) -> str:
    """PostgreSQL is spoken through psycopg 3, whatever the address says."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _prepare_folder(url: str) -> None:
    if file := make_url(url).database:
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _in_line() -> dict[str, Any]:
    """Return how to connect so that whoever writes waits for their turn."""
    return {"factory": partial(TurnTaker, line=Lock(), seconds=BUSY_MS / 1000)}


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN comes too late for BEGIN IMMEDIATE, so it is switched off.
    raw: Any = connection
    raw.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute(f"PRAGMA wal_autocheckpoint = {JOURNAL_PAGES}")
    cursor.close()


def _writer(engine: Engine) -> Engine:
    """Return an engine on the same connections whose transactions take their lock at once.

    Upgrading a read lock later fails instead of waiting.
    """
    writer = create_engine(engine.url, pool=engine.pool, hide_parameters=True)
    _begin_with(engine, TurnTaker.begin_reading)
    _begin_with(writer, TurnTaker.begin_writing)
    return writer


def _begin_with(engine: Engine, begin: Callable[[Any], None]) -> None:
    # An event would do, but every statement would then look for listeners.
    def begin_this(connection: PoolProxiedConnection) -> None:
        begin(connection.dbapi_connection)

    engine.dialect.do_begin = begin_this  # type: ignore[assignment,method-assign]  # as its own, bound

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Lock

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from portal.db.engine import open_database
from portal.db.turns import TurnTaker

Connect = Callable[[], TurnTaker]
End = Callable[[TurnTaker], None]


@pytest.fixture
def line() -> Lock:
    return Lock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "one.sqlite3"


@pytest.fixture
def connect(file: Path, line: Lock) -> Iterator[Connect]:
    """Connections to one file, in one line; nobody has patience."""
    opened = list[TurnTaker]()

    def one() -> TurnTaker:
        opened.append(TurnTaker(file, timeout=0, isolation_level=None, line=line, seconds=0.01))
        return opened[-1]

    yield one
    for each in opened:
        each.close()


@pytest.mark.parametrize("end", [TurnTaker.commit, TurnTaker.rollback, TurnTaker.close])
def test_one_has_the_turn_until_it_has_ended(connect: Connect, line: Lock, end: End) -> None:
    first, second = connect(), connect()
    first.begin_writing()
    assert line.locked()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        second.begin_writing()
    end(second)
    assert line.locked()
    end(first)
    assert not line.locked()


def test_who_only_looks_needs_no_turn_and_takes_none_away(connect: Connect, line: Lock) -> None:
    writer, reader = connect(), connect()
    reader.begin_reading()
    assert not line.locked()
    writer.begin_writing()
    reader.rollback()
    assert line.locked()


def test_who_could_not_begin_leaves_the_line(connect: Connect, line: Lock, file: Path) -> None:
    first = connect()
    with closing(sqlite3.connect(file, isolation_level=None)) as elsewhere:
        elsewhere.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            first.begin_writing()
    assert not line.locked()


def test_who_could_not_commit_keeps_nothing_and_leaves_the_line(
    connect: Connect, line: Lock
) -> None:
    first = connect()
    first.execute("PRAGMA foreign_keys = ON")
    first.execute("CREATE TABLE one (number INTEGER PRIMARY KEY)")
    first.execute("CREATE TABLE two (number REFERENCES one DEFERRABLE INITIALLY DEFERRED)")
    first.begin_writing()
    first.execute("INSERT INTO two VALUES (7)")
    with pytest.raises(sqlite3.IntegrityError):
        first.commit()
    assert not line.locked()
    assert first.execute("SELECT count(*) FROM two").fetchone() == (0,)


def test_who_is_forgotten_leaves_the_line(file: Path, line: Lock) -> None:
    lost = TurnTaker(file, isolation_level=None, line=line, seconds=0.01)
    lost.begin_writing()
    del lost
    gc.collect()
    assert not line.locked()


def test_sessions_that_write_wait_in_line_and_not_in_sqlite(file: Path) -> None:
    database = open_database(f"sqlite:///{file}", vault=None)
    event.listen(database.engine, "connect", _lose_patience)
    with database.writing.begin() as db:
        db.execute(text("CREATE TABLE line (number INTEGER)"))

    def write(number: int) -> None:
        with database.writing.begin() as db:
            db.execute(text("INSERT INTO line VALUES (:number)"), {"number": number})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(200)))
    with database.reading() as db:
        assert db.execute(text("SELECT count(*) FROM line")).scalar() == 200
    database.engine.dispose()


def _lose_patience(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.cursor().execute("PRAGMA busy_timeout = 0")

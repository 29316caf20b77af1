"""SQLite has one writer. Those of one process wait in line, instead of asking again and again.

SQLite itself tries, sleeps and tries anew: whoever is unlucky sees others go first for seconds.
Another process is still waited for that way.
"""

from __future__ import annotations

import sqlite3
from threading import Lock
from typing import Any


class TurnTaker(sqlite3.Connection):
    """A connection that stands in line before it writes, and lets the next one after it."""

    _has_turn = False

    def __init__(self, *where: Any, line: Lock, seconds: float, **how: Any) -> None:
        """Connect as sqlite3 does; `line` is shared by all who write in this process."""
        super().__init__(*where, **how)
        self._line, self._seconds = line, seconds

    def begin_reading(self) -> None:
        """Begin a transaction that only looks."""
        self.execute("BEGIN")

    def begin_writing(self) -> None:
        """Begin a transaction that may write; raises OperationalError after `seconds` in line."""
        if not self._line.acquire(timeout=self._seconds):
            raise sqlite3.OperationalError("database is locked")
        self._has_turn = True
        try:
            self.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._let_the_next_one_write()
            raise

    def commit(self) -> None:
        """Keep what was written, or, when that fails, nothing of it."""
        try:
            super().commit()
        except BaseException:
            self.rollback()
            raise
        self._let_the_next_one_write()

    def rollback(self) -> None:
        """Undo what was written."""
        try:
            super().rollback()
        finally:
            self._let_the_next_one_write()

    def close(self) -> None:
        """Close; SQLite undoes what was not kept."""
        try:
            super().close()
        finally:
            self._let_the_next_one_write()

    def __del__(self) -> None:
        """Leave the line also when nobody said goodbye."""
        self._let_the_next_one_write()

    def _let_the_next_one_write(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._line.release()

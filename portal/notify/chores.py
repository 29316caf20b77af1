"""What the worker does now and then, beside sending: the clock, and whatever else time causes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.db.engine import Database
from portal.notify.post import Post

log = logging.getLogger("portal.worker")


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every so often, in a transaction of its own; returns how much was done.

    Several workers may do it at the same moment, so it must do nothing twice. What `only_looks`
    writes nothing in the database, and holds up nobody who does. `after` follows when that
    transaction is over, whatever was done.
    """

    name: str
    every: timedelta
    do: Callable[[Session, datetime], int]
    after: Callable[[Database], object] | None = None
    only_looks: bool = False

    def open(self, database: Database) -> AbstractContextManager[Session]:
        """Begin the transaction that it is done in."""
        return database.reading() if self.only_looks else database.writing.begin()


@dataclass
class Rounds:
    """Which chores one worker does, and when each is due again. All are due at the start."""

    chores: tuple[Chore, ...] = ()
    _again: dict[str, datetime] = field(default_factory=dict)

    def make(self, post: Post) -> None:
        """Do what is due. A mistake in one chore stops neither the others nor the messages."""
        for chore in self.chores:
            now = post.clock()
            if now < self._again.get(chore.name, now):
                continue
            self._again[chore.name] = now + chore.every
            try:
                with chore.open(post.database) as db:
                    done = chore.do(db, now)
                if chore.after:
                    chore.after(post.database)
            except Exception:
                log.exception("chore failed", extra={"kind": chore.name})
            else:
                if done:
                    log.info("chore", extra={"kind": chore.name, "count": done})

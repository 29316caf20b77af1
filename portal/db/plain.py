"""A transaction without the mapper: for the few statements that every tenant's request asks.

A session costs three times as much, and these rooms use none of what it does. They take either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection


class Statements(Protocol):
    """What can be asked in SQL, within a transaction; `info` carries the keys of sealed columns."""

    @property
    def info(self) -> dict[Any, Any]:
        """What goes with the transaction: `vault`."""

    def connection(self) -> Connection:
        """Return the connection of this transaction."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A transaction on one connection; whoever opened it ends it."""

    opened: Connection
    info: dict[Any, Any]

    def connection(self) -> Connection:
        """Return the connection of this transaction."""
        return self.opened

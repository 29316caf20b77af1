"""Insert a row unless it is there, also when two try it at the same moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from portal.db.plain import Statements


class InsertOnce:
    """The insert of one table, made once, for both databases.

    Both wait for another transaction with the same key, and then say who was first.
    """

    def __init__(self, table: Table) -> None:
        self._by_dialect = {
            "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
            "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
        }

    def insert(self, db: Statements, row: dict[str, Any]) -> bool:
        """Insert a row; return whether it was new in everything that must be unique."""
        connection = db.connection()
        statement = self._by_dialect[connection.dialect.name]
        # Unasked, the number of rows of an insert is not known on PostgreSQL.
        counted = connection.execute(statement, row, execution_options={"preserve_rowcount": True})
        return counted.rowcount == 1

"""Write rows with as little ado as the database allows: this is what a "send" costs.

Statements are made once and go around the mapper; both databases are spoken to the same way.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Insert, insert

from portal.db.base import Base
from portal.db.once import InsertOnce
from portal.db.plain import Statements
from portal.notify.models import OutboxMessage
from portal.registration.facts import ReportFact
from portal.registration.models import (
    Consent,
    LookupTerm,
    Registration,
    RegistrationEvent,
    RoutingDecision,
)

Rows = list[dict[str, Any]]

TABLES = Registration.metadata.tables
ONCE = InsertOnce(TABLES["registration"])
# In an order that foreign keys allow.
BESIDE: tuple[type[Base], ...] = (
    RegistrationEvent,
    RoutingDecision,
    Consent,
    LookupTerm,
    OutboxMessage,
    ReportFact,
)
INSERT_BESIDE: dict[type[Base], Insert] = {
    each: insert(TABLES[each.__tablename__]) for each in BESIDE
}


def insert_once(db: Statements, row: dict[str, Any]) -> bool:
    """Insert a registration; return whether it was new in everything that must be unique."""
    return ONCE.insert(db, row)


def insert_beside(db: Statements, rows: dict[type[Base], Rows]) -> None:
    """Insert what goes with a registration, by table, many rows at once."""
    connection = db.connection()
    for each in BESIDE:
        if rows[each]:
            connection.execute(INSERT_BESIDE[each], rows[each])

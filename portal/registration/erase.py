"""Erase registrations: every row about them goes (rule 9).

A tombstone of the uuid stays for a while, and the facts for the figures, which know nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.clock import amsterdam_day
from portal.privacy.rows_about import erase_rows
from portal.registration.facts import add_erased
from portal.registration.models import Registration, Tombstone

TABLE = Registration.metadata.tables["registration"]


def erase(db: Session, registration: Registration, *, now: datetime) -> None:
    """Delete everything about this person; a late repeat of what they sent stores nothing."""
    add_erased(db, registration, now=now)
    identity = registration.id
    db.flush()
    db.expunge(registration)
    erase_all(db, [identity], now=now)


def erase_all(db: Session, ids: Sequence[UUID], *, now: datetime) -> None:
    """Delete everything about these people at once."""
    sent = db.scalars(select(TABLE.c.client_uuid).where(TABLE.c.id.in_(ids))).all()
    if sent:
        stones = [{"client_uuid": each, "erased_at": now} for each in sent]
        db.execute(insert(Tombstone), stones)
        erase_rows(db, TABLE, ids)


def erased(db: Session) -> list[tuple[date, UUID]]:
    """Return the day and the uuid of everything that has a tombstone, the oldest first."""
    stones = select(Tombstone.erased_at, Tombstone.client_uuid).order_by(Tombstone.erased_at)
    return [(amsterdam_day(at), uuid) for at, uuid in db.execute(stones)]


def erase_again(db: Session, uuids: Sequence[UUID], *, now: datetime) -> int:
    """Erase what came back with a restored backup; return how many that were."""
    back = select(TABLE.c.id).where(TABLE.c.client_uuid.in_(uuids)).with_for_update()
    ids = db.scalars(back).all()
    erase_all(db, ids, now=now)
    return len(ids)

"""How the clock takes things up: one at a time, held while it does, and alone among workers.

What another worker or a person holds at this moment is left for the next tick. A mistake with one
item is undone and counted, and keeps nobody else waiting. An error of the database is about all of
them, and is raised; what it refuses to store is about that one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from portal.referral.models import Referral
from portal.registration.models import Registration

log = logging.getLogger("portal.worker")

# So many are looked at, so that one transaction stays short; the rest waits for the next tick. So a
# query finds only those for whom there is something to do.
MOST_AT_ONCE = 200

Row = TypeVar("Row", Referral, Registration)
Act = Callable[[Session, Row, datetime], bool]


@dataclass(frozen=True, slots=True)
class Done:
    """How many items something happened to, and how many went wrong."""

    did: int
    failed: int = 0


def each_referral(
    db: Session, query: Select[Referral], act: Act[Referral], *, now: datetime
) -> Done:
    """Let `act` happen to the first referrals of a query.

    `query` may join the registration; both are held. `act` says whether there was something to do.
    """
    ids = db.scalars(query.with_only_columns(Referral.id).limit(MOST_AT_ONCE)).all()
    return _each(db, (_held_referral(db, query, each) for each in ids), act, now)


def each_registration(
    db: Session, query: Select[Registration], act: Act[Registration], *, now: datetime
) -> Done:
    """Let `act` happen to the registrations of a query, as `each_referral` does."""
    ids = db.scalars(query.with_only_columns(Registration.id).limit(MOST_AT_ONCE)).all()
    return _each(db, (_held_registration(db, query, each) for each in ids), act, now)


def _each(db: Session, rows: Iterable[Row | None], act: Act[Row], now: datetime) -> Done:
    done = [_one(db, row, act, now) for row in rows if row is not None]
    return Done(done.count(True), done.count(None))


def _one(db: Session, row: Row, act: Act[Row], now: datetime) -> bool | None:
    """Whether there was something to do; None when it went wrong and was undone."""
    try:
        with db.begin_nested():
            return act(db, row, now)
    except Exception as error:
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError):
            raise
        log.exception("left alone")
    return None


def _held_referral(db: Session, query: Select[Referral], identity: UUID) -> Referral | None:
    registration_id = select(Referral.registration_id).where(Referral.id == identity)
    # The registration first, as everybody does who changes both.
    registration = select(Registration).where(Registration.id == registration_id.scalar_subquery())
    if _held_registration(db, registration, None) is None:
        return None
    held = query.where(Referral.id == identity).with_for_update(of=Referral, skip_locked=True)
    return db.scalars(held, execution_options={"populate_existing": True}).one_or_none()


def _held_registration(
    db: Session, query: Select[Registration], identity: UUID | None
) -> Registration | None:
    one = query if identity is None else query.where(Registration.id == identity)
    held = one.with_for_update(of=Registration, skip_locked=True)
    return db.scalars(held, execution_options={"populate_existing": True}).one_or_none()

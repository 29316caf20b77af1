"""How the clock takes things up: one at a time, held while it does, and alone among workers.

What another worker or a person holds at this moment is left for the next tick. What goes wrong with
one item is undone and counted, and keeps nobody else waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.privacy.encryption import SealBrokenError
from portal.referral.models import Referral
from portal.registration.models import Registration
from portal.registration.refusals import RefusedError
from portal.registration.states import MoveError

# So that one transaction stays short; the rest waits for the next tick.
MOST_AT_ONCE = 200
TROUBLE = (RefusedError, MoveError, StaleDataError, SealBrokenError)

Row = TypeVar("Row", Referral, Registration)
Act = Callable[[Session, Row, datetime], bool]


def each_referral(
    db: Session, query: Select[Referral], act: Act[Referral], *, now: datetime
) -> tuple[int, int]:
    """Let `act` happen to the referrals of a query; return how many it did, and how many failed.

    `query` may join the registration; both are held. `act` says whether there was something to do.
    """
    ids = db.scalars(query.with_only_columns(Referral.id)).all()
    return _each(db, (_held_referral(db, query, each) for each in ids), act, now)


def each_registration(
    db: Session, query: Select[Registration], act: Act[Registration], *, now: datetime
) -> tuple[int, int]:
    """Let `act` happen to the registrations of a query, as `each_referral` does."""
    ids = db.scalars(query.with_only_columns(Registration.id)).all()
    return _each(db, (_held_registration(db, query, each) for each in ids), act, now)


def _each(db: Session, rows: Iterable[Row | None], act: Act[Row], now: datetime) -> tuple[int, int]:
    did = failed = 0
    for row in rows:
        if row is None:
            continue
        if did == MOST_AT_ONCE:
            break
        try:
            with db.begin_nested():
                did += act(db, row, now)
        except TROUBLE:
            failed += 1
    return did, failed


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

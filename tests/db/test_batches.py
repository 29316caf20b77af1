"""A whole table is gone through in pieces, so that nobody waits for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.db.batches import in_batches
from portal.db.engine import Database
from portal.privacy.encryption import seal
from tests.support.clock import amsterdam

ACCOUNTS: Table = Account.metadata.tables["account"]


@pytest.fixture
def five(database: Database) -> list[UUID]:
    """Five accounts, by id."""
    with database.writing.begin() as db:
        for each in range(5):
            account = Account(
                id=uuid4(),
                email_digest=bytes([each]) * 32,
                password_hash="-",
                created_at=amsterdam("2026-11-18T10:00"),
            )
            seal(db, account, "email", "a@trudo.example")
            seal(db, account, "name", "A")
            db.add(account)
        db.flush()
        return sorted(db.scalars(ACCOUNTS.select().with_only_columns(ACCOUNTS.c.id)))


def test_every_row_comes_once_in_order_and_the_work_is_added_up(
    database: Database, five: list[UUID]
) -> None:
    seen: list[Sequence[UUID]] = []

    def look(_db: Session, ids: Sequence[UUID]) -> int:
        seen.append(ids)
        return len(ids)

    assert in_batches(database, ACCOUNTS, look, most=2) == 5
    assert seen == [five[:2], five[2:4], five[4:]]


def test_each_batch_is_kept_before_the_next_one_begins(
    database: Database, five: list[UUID]
) -> None:
    def change(db: Session, ids: Sequence[UUID]) -> int:
        if five[4] in ids:
            raise RuntimeError
        db.execute(update(ACCOUNTS).where(ACCOUNTS.c.id.in_(ids)).values(password_hash="changed"))
        return 0

    with pytest.raises(RuntimeError):
        in_batches(database, ACCOUNTS, change, most=2)
    with database.reading() as db:
        kept = {each.id for each in db.query(Account) if each.password_hash == "changed"}
    assert kept == set(five[:4])

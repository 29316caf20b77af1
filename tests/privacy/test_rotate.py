"""Key rotation reaches every sealed column, whatever table it stands in."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Table, update

from portal.accounts.models import Account
from portal.db.engine import Database
from portal.privacy.encryption import Vault, seal, sealed_with, unseal
from portal.privacy.rotate import rotate_sealed, sealed_columns
from tests.support.databases import ENCRYPTION_KEYS, SECRET_KEYS, with_keys
from tests.support.meanwhile import just_before

NEWER = Vault(SECRET_KEYS, {"e2": b"n" * 32, **ENCRYPTION_KEYS})
ACCOUNTS: Table = Account.metadata.tables["account"]


@pytest.fixture
def newer(database: Database) -> Database:
    """The same database, after a restart with a new key in front."""
    return with_keys(database, NEWER)


@pytest.fixture
def account(database: Database) -> UUID:
    """An account from before."""
    with database.writing.begin() as db:
        account = Account(
            id=uuid4(), email_digest=b"d" * 32, password_hash="-", created_at=datetime.now(UTC)
        )
        seal(db, account, "email", "handler@trudo.example")
        seal(db, account, "name", "Sanne Voorbeeld")
        db.add(account)
    return account.id


def test_after_rotation_the_old_key_is_no_longer_needed(newer: Database, account: UUID) -> None:
    assert rotate_sealed(newer) == 2
    with newer.reading() as db:
        found = db.get_one(Account, account)
        assert sealed_with(found.name) == "e2"
        db.info["vault"] = Vault(SECRET_KEYS, {"e2": b"n" * 32})
        assert unseal(db, found, "name") == "Sanne Voorbeeld"


@pytest.mark.usefixtures("account")
def test_a_second_rotation_has_nothing_to_do(newer: Database) -> None:
    rotate_sealed(newer)
    assert rotate_sealed(newer) == 0


def test_what_is_changed_meanwhile_is_not_overwritten_with_what_was_there(
    newer: Database, account: UUID
) -> None:
    other = NEWER.seal("account.name", account, "Sanne Anders")
    change = update(ACCOUNTS).values(name=other)
    with just_before(newer.writer, "UPDATE account SET name=", lambda by: by.execute(change)):
        assert rotate_sealed(newer) == 1
    with newer.writing() as db:
        assert unseal(db, db.get_one(Account, account), "name") == "Sanne Anders"


def test_names_numbers_addresses_and_free_text_are_all_sealed() -> None:
    found = {f"{table.name}.{column.name}" for table, column in sealed_columns()}
    assert found >= {
        "account.email",
        "account.name",
        "note.text",
        "outbox.recipient",
        "referral.snapshot",
        "registration.email",
        "registration.first_name",
        "registration.phone",
    }

"""Key rotation reaches every sealed column, whatever table it stands in."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.privacy.encryption import Vault, seal, sealed_with, unseal
from portal.privacy.rotate import rotate_sealed, sealed_columns
from tests.support.databases import ENCRYPTION_KEYS, SECRET_KEYS

NEWER = Vault(SECRET_KEYS, {"e2": b"n" * 32, **ENCRYPTION_KEYS})


def an_account(db: Session) -> Account:
    account = Account(
        id=uuid4(), email_digest=b"d" * 32, password_hash="-", created_at=datetime.now(UTC)
    )
    seal(db, account, "email", "handler@trudo.example")
    seal(db, account, "name", "Sanne Voorbeeld")
    db.add(account)
    db.flush()
    return account


def test_after_rotation_the_old_key_is_no_longer_needed(db: Session) -> None:
    account = an_account(db)
    db.info["vault"] = NEWER
    assert rotate_sealed(db) == 2
    db.refresh(account)
    assert sealed_with(account.name) == "e2"
    db.info["vault"] = Vault(SECRET_KEYS, {"e2": b"n" * 32})
    assert unseal(db, account, "name") == "Sanne Voorbeeld"


def test_a_second_rotation_has_nothing_to_do(db: Session) -> None:
    an_account(db)
    db.info["vault"] = NEWER
    rotate_sealed(db)
    assert rotate_sealed(db) == 0


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

"""Is this the person they say they are? Unknown, wrong and switched off look the same."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.manage import find_account
from portal.accounts.passwords import is_password


@dataclass(frozen=True)
class Claim:
    """What is needed to check a password after the database session ended. Never printed."""

    account_id: UUID | None
    password_hash: str | None

    def __repr__(self) -> str:
        return "<Claim>"


def find_claim(db: Session, email: str) -> Claim:
    """Look up who says this; nobody known and somebody switched off are both nobody."""
    account = find_account(db, email)
    if account is None or not account.active:
        return Claim(None, None)
    return Claim(account.id, account.password_hash)


def proven(claim: Claim, password: str) -> UUID | None:
    """Return the account when the password is right. Hashes exactly once, whoever it is.

    Call it without an open transaction: it may stand in a queue. Raises `passwords.BusyError`.
    """
    return claim.account_id if is_password(claim.password_hash, password) else None

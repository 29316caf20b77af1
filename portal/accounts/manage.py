"""Accounts: added, listed, switched off, given a password. What the operator's commands call."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.accounts.models import ROLES, Account, Membership
from portal.accounts.sign_in import revoke_all
from portal.db.batches import in_batches
from portal.db.engine import Database
from portal.privacy.encryption import seal, unseal, vault_of

PURPOSE = "account_email"


class AccountError(ValueError):
    """Something about an account cannot be done; the message is a sentence for the operator."""


def normal_email(text: str) -> str:
    """Return a mail address as it is compared: no spaces around it, small letters."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def email_digest(db: Session, email: str) -> bytes:
    """Return the keyed digest under which an account with this mail address is found."""
    return vault_of(db).digest(PURPOSE, normal_email(email))


def find_account(db: Session, email: str) -> Account | None:
    """Return the account with this mail address, switched off or not."""
    digests = vault_of(db).digests(PURPOSE, normal_email(email))
    return db.scalar(select(Account).where(Account.email_digest.in_(digests)))


def reindex_accounts(database: Database) -> int:
    """Find every account by the current key from now on; return how many there are."""
    return in_batches(database, Account.metadata.tables["account"], _reindex_some)


def _reindex_some(db: Session, ids: Sequence[UUID]) -> int:
    some = select(Account).where(Account.id.in_(ids)).order_by(Account.id)
    held = db.scalars(some.with_for_update()).all()
    for account in held:
        account.email_digest = email_digest(db, unseal(db, account, "email") or "")
    return len(held)


def all_accounts(db: Session) -> Sequence[Account]:
    """Return every account with its memberships, the oldest first."""
    query = select(Account).options(selectinload(Account.memberships))
    return db.scalars(query.order_by(Account.created_at, Account.id)).all()


def add_account(
    db: Session, email: str, name: str, *, password_hash: str, locale: str = "nl", now: datetime
) -> Account:
    """Add somebody who may sign in; they may do nothing before `add_membership`.

    Raises:
        AccountError: the address is no address, or has an account already.
    """
    if "@" not in email.strip(" @"):
        raise AccountError(f"{email!r} is not a mail address.")
    if find_account(db, email):
        raise AccountError(f"{normal_email(email)} has an account already.")
    account = Account(id=uuid4(), password_hash=password_hash, locale=locale, created_at=now)
    account.email_digest = email_digest(db, email)
    seal(db, account, "email", normal_email(email))
    seal(db, account, "name", name.strip() or normal_email(email))
    db.add(account)
    db.flush()
    return account


def add_membership(
    db: Session,
    account: Account,
    organization_id: UUID,
    role: str,
    *,
    title: str | None = None,
    contact_id: UUID | None = None,
) -> Membership:
    """Give an account a role in an organisation; `AccountError` for an unknown or a second one."""
    if role not in ROLES:
        raise AccountError(f"{role!r} is not a role; choose from {', '.join(ROLES)}.")
    same = Membership.account_id == account.id, Membership.organization_id == organization_id
    if db.scalar(select(Membership).where(*same, Membership.role == role)):
        raise AccountError(f"this account is {role} there already.")
    made = Membership(account_id=account.id, organization_id=organization_id, role=role)
    made.title, made.contact_id = title, contact_id
    db.add(made)
    db.flush()
    return made


def switch_off(db: Session, account: Account, *, now: datetime) -> None:
    """Close an account and every session it has open; what it did stays on record."""
    account.active = False
    revoke_all(db, account.id, now=now)


def set_password(db: Session, account: Account, password_hash: str, *, now: datetime) -> None:
    """Give an account another password, and end every session that began with the old one."""
    account.password_hash = password_hash
    revoke_all(db, account.id, now=now)

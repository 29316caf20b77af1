"""Open sessions: started, found, listed, revoked. The browser holds the token, we its digest."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import SignIn
from portal.privacy.encryption import vault_of

PURPOSE = "sign_in"
# However busy somebody is: a session that was forgotten or stolen does not outlive a working day.
LONGEST = timedelta(hours=12)


def start_sign_in(db: Session, account_id: UUID, *, browser: str, now: datetime) -> str:
    """Open a session for an account; return the token, which is shown nowhere else."""
    token = secrets.token_urlsafe(32)
    digest = vault_of(db).digest(PURPOSE, token)
    db.add(SignIn(account_id=account_id, token_digest=digest, browser=browser[:40], created_at=now))
    return token


def find_sign_in(db: Session, token: str, *, now: datetime) -> SignIn | None:
    """Return the open session that this token belongs to."""
    digests = vault_of(db).digests(PURPOSE, token)
    query = select(SignIn).where(SignIn.token_digest.in_(digests), *_is_open(now))
    return db.scalar(query)


def open_sign_ins(db: Session, account_id: UUID, *, now: datetime) -> Sequence[SignIn]:
    """Return an account's open sessions, the newest first."""
    query = select(SignIn).where(SignIn.account_id == account_id, *_is_open(now))
    return db.scalars(query.order_by(SignIn.created_at.desc())).all()


def _is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return SignIn.revoked_at.is_(None), SignIn.created_at > now - LONGEST


def revoke_sign_in(db: Session, account_id: UUID, sign_in_id: UUID, *, now: datetime) -> bool:
    """End one session of this account; return whether there was one to end."""
    found = db.scalar(
        select(SignIn).where(
            SignIn.id == sign_in_id, SignIn.account_id == account_id, SignIn.revoked_at.is_(None)
        )
    )
    if found is None:
        return False
    found.revoked_at = now
    return True


def revoke_all(db: Session, account_id: UUID, *, now: datetime) -> None:
    """End every session of an account, as when its password changes."""
    open_ones = update(SignIn).where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None))
    db.execute(open_ones.values(revoked_at=now))

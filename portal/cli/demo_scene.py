"""What a deed of a story needs: who acts, when, on whose registration, with which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, load_identity
from portal.accounts.manage import find_account
from portal.catalogue.snapshot import Snapshot
from portal.registration.models import Registration


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of one story; `by` acts for the owner."""

    db: Session
    catalogue: Snapshot
    registration: Registration
    by: Identity
    words: str
    now: datetime
    today: date


def identity_of(db: Session, email: str) -> Identity:
    """Return who signs in with this address; raises `LookupError` when nobody does."""
    found = find_account(db, email)
    identity = load_identity(db, found.id) if found else None
    if identity is None:
        raise LookupError(f"{email} has no account")
    return identity

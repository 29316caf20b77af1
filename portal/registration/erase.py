"""Erase a registration at the person's word: rows gone, a tombstone of the uuid stays (rule 9)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.privacy.rows_about import erase_rows
from portal.registration.models import Registration, Tombstone


def erase(db: Session, registration: Registration, *, now: datetime) -> None:
    """Delete everything about this person; a late repeat of what they sent stores nothing."""
    db.add(Tombstone(client_uuid=registration.client_uuid, erased_at=now))
    db.flush()
    identity = registration.id
    db.expunge(registration)
    erase_rows(db, Registration.metadata.tables["registration"], [identity])

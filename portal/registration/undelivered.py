"""A message did not reach the person: a flag on the case, until somebody has seen to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.notify.kinds import KINDS, PERSON
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.registration.models import Registration


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Somebody we could not tell something. `since` is when the first message was given up."""

    registration_id: UUID
    first_name: str
    since: datetime

    def __repr__(self) -> str:
        return f"<Undelivered {self.registration_id}>"


def flag_undelivered(db: Session, message: OutboxMessage, now: datetime) -> None:
    """Flag the case of a message to a person that was given up; the first one counts."""
    kind = KINDS.get(message.kind)
    if message.registration_id is None or (kind and kind.audience != PERSON):
        return
    # Not through the object: its version would rise, and whoever has the case open at the desk
    # would be told that a colleague changed it.
    flagged = update(Registration).where(
        Registration.id == message.registration_id, Registration.undelivered_at.is_(None)
    )
    db.execute(flagged.values(undelivered_at=now), execution_options={"synchronize_session": False})


def undelivered(db: Session, organization_ids: Collection[UUID]) -> list[Undelivered]:
    """Return the cases of these organisations that a message did not reach, the longest first."""
    query = select(Registration).where(
        Registration.owner_id.in_(organization_ids), Registration.undelivered_at.is_not(None)
    )
    return [
        Undelivered(row.id, unseal(db, row, "first_name") or "", row.undelivered_at)
        for row in db.scalars(query.order_by(Registration.undelivered_at, Registration.id))
        if row.undelivered_at
    ]


def see_to_undelivered(registration: Registration) -> None:
    """Take the flag away: somebody spoke to the person, and could tell them."""
    registration.undelivered_at = None

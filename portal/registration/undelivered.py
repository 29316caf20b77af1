"""A message did not reach the person: a flag on the case, until somebody has seen to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.notify.kinds import KINDS, PERSON
from portal.notify.models import OutboxMessage
from portal.registration.models import Registration


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


def see_to_undelivered(registration: Registration) -> None:
    """Take the flag away: somebody spoke to the person, and could tell them."""
    registration.undelivered_at = None

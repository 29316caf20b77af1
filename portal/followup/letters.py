"""Who knows what a message says: one room for each subject, asked in turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.notify.kinds import Gather, Told, UnknownKindError
from portal.notify.models import OutboxMessage
from portal.registration.letters import about_registrations


def all_letters(base_url: str) -> Gather:
    """Return what gathers the words of every kind; `base_url` begins the links in them."""
    return first_who_knows([about_registrations(base_url)])


def first_who_knows(rooms: Sequence[Gather]) -> Gather:
    """Ask rooms in turn; a room that does not know a kind raises `UnknownKindError`."""

    def gather(db: Session, message: OutboxMessage, now: datetime) -> Told | None:
        for room in rooms:
            try:
                return room(db, message, now)
            except UnknownKindError:
                continue
        raise UnknownKindError(message.kind)

    return gather

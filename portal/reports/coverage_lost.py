"""What an organisation was not told: messages about no one case that were given up.

What is about a case is a flag on that case. This is about none, so it stands with what must be
mended, until somebody has told them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.notify.models import OutboxMessage
from portal.notify.set_aside import set_aside


def not_told(db: Session) -> Mapping[UUID, Sequence[str]]:
    """Return the kinds of message that each organisation did not get, each kind once."""
    found = defaultdict[UUID, dict[str, None]](dict)
    for message in _given_up(db):
        found[UUID(message.data["organization"])][message.kind] = None
    return {organization: tuple(kinds) for organization, kinds in found.items()}


def see_to_not_told(db: Session) -> int:
    """Somebody told them: take it off the list. Return how many messages that were."""
    found = _given_up(db)
    for message in found:
        set_aside(message)
    return len(found)


def _given_up(db: Session) -> Sequence[OutboxMessage]:
    query = select(OutboxMessage).where(
        OutboxMessage.state == "undelivered", OutboxMessage.registration_id.is_(None)
    )
    return db.scalars(query.order_by(OutboxMessage.created_at, OutboxMessage.id)).all()

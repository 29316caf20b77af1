"""What an organisation was not told, because messages to it were given up.

What is about a case is a flag on that case, at the desk of its owner. What is about none stands
with what must be mended, until somebody has told them. So does that whoever takes over does not
know that somebody waits: there the owner is silent, and looks at no flag.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.catalogue.known import KnownProgramme
from portal.clock import start_of_day
from portal.notify.models import OutboxMessage
from portal.notify.set_aside import set_aside
from portal.privacy.audit import Action, record
from portal.registration.fallback import fallback_stands
from portal.registration.models import Registration
from portal.registration.queries import IN_CASELOAD

# What is told to whoever takes over.
TO_TAKE_OVER = ("fallback_overdue", "nobody_called")


@dataclass(frozen=True, slots=True)
class NotTold:
    """What one organisation did not get: each kind once. `seal` stands for just these messages."""

    kinds: tuple[str, ...]
    seal: str


def not_told(db: Session) -> Mapping[UUID, NotTold]:
    """Return what each organisation was not told, about no one case."""
    found = defaultdict[UUID, list[OutboxMessage]](list)
    for message in _given_up(db):
        found[UUID(message.data["organization"])].append(message)
    return {organization: _together(messages) for organization, messages in found.items()}


def takeovers_not_told(db: Session, programme: KnownProgramme, today: date) -> frozenset[UUID]:
    """Return the contacts who take over today and were not told so; nobody called meanwhile."""
    overdue = Registration.next_action_at <= start_of_day(today)
    query = (
        select(Registration.fallback_contact_id)
        .join(OutboxMessage, OutboxMessage.registration_id == Registration.id)
        .where(
            OutboxMessage.state == "undelivered",
            OutboxMessage.kind.in_(TO_TAKE_OVER),
            OutboxMessage.created_at >= Registration.waiting_since,
            Registration.programme_id == programme.id,
            Registration.state.in_(IN_CASELOAD),
            or_(overdue, Registration.nobody_called_at.is_not(None)),
            fallback_stands(),
        )
    )
    return frozenset(db.scalars(query))


def see_to_all(db: Session) -> int:
    """Somebody told everybody: take it off the list. Return how many messages that were."""
    found = _given_up(db)
    for message in found:
        set_aside(message)
    return len(found)


def see_to_not_told(
    db: Session, organization_id: UUID, seen: str, *, by: Identity, now: datetime
) -> bool:
    """Somebody told this organisation. Nothing happens when `seen` is not the seal of what it is.

    Returns whether it happened.
    """
    found = [each for each in _given_up(db) if UUID(each.data["organization"]) == organization_id]
    if not found or _together(found).seal != seen:
        return False
    for message in found:
        set_aside(message)
    record(
        db,
        Action.NOT_TOLD_SEEN,
        account_id=by.account_id,
        organization_id=organization_id,
        now=now,
    )
    return True


def _together(messages: Sequence[OutboxMessage]) -> NotTold:
    ids = " ".join(sorted(str(each.id) for each in messages))
    kinds = tuple(dict.fromkeys(each.kind for each in messages))
    return NotTold(kinds, sha256(ids.encode()).hexdigest())


def _given_up(db: Session) -> Sequence[OutboxMessage]:
    query = select(OutboxMessage).where(
        OutboxMessage.state == "undelivered", OutboxMessage.registration_id.is_(None)
    )
    return db.scalars(query.order_by(OutboxMessage.created_at, OutboxMessage.id)).all()

"""What did not arrive about one case, at whomever, until somebody has seen to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.notify.kinds import KINDS, STAFF
from portal.notify.models import OutboxMessage
from portal.notify.set_aside import send_again, set_aside
from portal.privacy.encryption import unseal
from portal.referral.letters import TO_PARTNER
from portal.referral.models import Referral
from portal.referral.states import OPEN
from portal.referral.tell import tell_receiver
from portal.registration.happen import Actor, write_down
from portal.registration.models import Registration
from portal.registration.undelivered import see_to_undelivered

# Given up, and nobody has seen to it. What the person missed the case keeps itself.
GIVEN_UP = OutboxMessage.state == "undelivered"
TO_STAFF = tuple(name for name, kind in KINDS.items() if kind.audience == STAFF)


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that a colleague, or who takes over, was not told: a kind of message, its codes."""

    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lost:
    """What one person's case has that did not arrive. `since`: the person was not told."""

    since: datetime | None
    to_partners: Sequence[UUID]  # the organisations that were not told
    to_others: Sequence[Missed]

    def __bool__(self) -> bool:
        return self.since is not None or bool(self.to_partners or self.to_others)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Somebody we could not tell something. `since` is when the first message was given up."""

    registration_id: UUID
    first_name: str
    since: datetime

    def __repr__(self) -> str:
        return f"<Undelivered {self.registration_id}>"


def undelivered_of(db: Session, registration: Registration) -> Lost:
    """Return what did not arrive about one person."""
    messages = _given_up(db, registration, TO_STAFF)
    asked = {UUID(each.data["referral"]) for each in messages if each.kind in TO_PARTNER}
    receivers = select(Referral.receiver_id).where(Referral.id.in_(asked)).distinct()
    # Several who read the same are one line.
    others = {
        (each.kind, each.data.get("organization")): Missed(each.kind, each.data)
        for each in messages
        if each.kind not in TO_PARTNER
    }
    return Lost(
        registration.undelivered_at,
        db.scalars(receivers).all() if asked else (),
        tuple(others.values()),
    )


def all_undelivered(db: Session, organization_ids: Collection[UUID]) -> list[Undelivered]:
    """Return the cases of these organisations with something that did not arrive, oldest first."""
    at_staff = (
        select(func.min(OutboxMessage.undelivered_at))
        .where(OutboxMessage.registration_id == Registration.id)
        .where(GIVEN_UP, OutboxMessage.kind.in_(TO_STAFF))
        .scalar_subquery()
    )
    query = select(Registration, at_staff).where(
        Registration.owner_id.in_(organization_ids),
        or_(Registration.undelivered_at.is_not(None), at_staff.is_not(None)),
    )
    found = [
        Undelivered(row.id, unseal(db, row, "first_name") or "", since)
        for row, lost_at in db.execute(query)
        if (since := row.undelivered_at or lost_at)
    ]
    return sorted(found, key=lambda each: (each.since, each.registration_id))


def see_to_it(
    db: Session, registration: Registration, *, again: bool, by: Actor, now: datetime
) -> bool:
    """Take what did not arrive from everybody's list; `again`: send it once more.

    To a partner goes a fresh link, and only when its referral is still open. Returns whether there
    was anything.
    """
    lost = undelivered_of(db, registration)
    if not lost:
        return False
    to_others = [kind for kind in KINDS if kind not in TO_PARTNER]
    for message in _given_up(db, registration, to_others):
        if again:
            send_again(message, now=now)
        else:
            set_aside(message)
    _tell_partners(db, _given_up(db, registration, TO_PARTNER), again=again, now=now)
    see_to_undelivered(registration)
    write_down(db, registration, "undelivered_seen", by=by, now=now)
    return True


def _tell_partners(
    db: Session, messages: Sequence[OutboxMessage], *, again: bool, now: datetime
) -> None:
    for message in messages:
        set_aside(message)
    newest = {UUID(message.data["referral"]): message.kind for message in messages}
    for referral_id, kind in newest.items() if again else ():
        referral = db.get_one(Referral, referral_id)
        if referral.state in OPEN:
            tell_receiver(db, referral, kind, now=now)


def _given_up(
    db: Session, registration: Registration, kinds: Sequence[str]
) -> Sequence[OutboxMessage]:
    query = select(OutboxMessage).where(
        OutboxMessage.registration_id == registration.id, GIVEN_UP, OutboxMessage.kind.in_(kinds)
    )
    return db.scalars(query.order_by(OutboxMessage.created_at)).all()

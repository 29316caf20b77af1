"""Let something happen to a registration: the state by the table, and the event that tells it.

Every change goes through here, so that state, event and the fact for the figures are written
together (rules 6 and 9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.identity import Identity
from portal.registration.facts import add_fact
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.states import move, remembered


@dataclass(frozen=True, slots=True)
class Actor:
    """Who caused it: the person, somebody signed in, a partner by link, or the portal's clock."""

    kind: str
    account_id: UUID | None = None


PERSON = Actor("person")
SYSTEM = Actor("system")


def account(identity: Identity) -> Actor:
    """Return the actor behind somebody who is signed in."""
    return Actor("account", identity.account_id)


def happen(
    db: Session,
    registration: Registration,
    event: str,
    *,
    by: Actor,
    now: datetime,
    data: dict[str, Any] | None = None,
) -> RegistrationEvent:
    """Move the registration as the table of states says, and write the event.

    `data` holds codes and ids only. Raises `states.MoveError` when the table does not allow it;
    then nothing was changed.
    """
    before, back = registration.state, registration.resume_state
    registration.state = move(before, event, by.kind, back)
    registration.resume_state = remembered(before, event, back)
    return write_down(db, registration, event, by=by, now=now, data=data, before=before)


def write_down(
    db: Session,
    registration: Registration,
    event: str,
    *,
    by: Actor,
    now: datetime,
    data: dict[str, Any] | None = None,
    before: str | None = None,
) -> RegistrationEvent:
    """Write an event that leaves the state as it is, such as an attempt to call."""
    made = RegistrationEvent(
        registration_id=registration.id,
        at=now,
        event=event,
        from_state=before or registration.state,
        to_state=registration.state,
        actor=by.kind,
        account_id=by.account_id,
        data=data or {},
    )
    db.add(made)
    add_fact(db, registration, event, data or {}, now=now)
    # The version rises with every event, also one that leaves the row's own values as they are:
    # whoever looked before it must be shown what happened before they act.
    flag_modified(registration, "state")
    return made

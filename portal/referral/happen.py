"""Let something happen to a referral: the state by the table, and the event that tells it.

Every change goes through here, so that state, event and the fact for the figures are written
together (rules 6 and 9), and so that no room forgets a guard: it names the needs it has looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.referral.models import Referral, ReferralEvent
from portal.referral.party import Party
from portal.referral.refusals import UnmetNeedError
from portal.referral.states import ENDED, row_for
from portal.registration.facts import MAKES, add_fact
from portal.registration.models import Registration


def happen(
    db: Session,
    referral: Referral,
    event: str,
    *,
    by: Party,
    now: datetime,
    met: Collection[str] = (),
    reason: str | None = None,
    data: dict[str, Any] | None = None,
) -> ReferralEvent:
    """Move the referral as the table of states says, and write the event.

    `met` names the needs of the row that the room has looked at; `data` holds codes and ids only.
    `registration.states.MoveError` or `UnmetNeedError` is raised before anything has changed.
    """
    before = referral.state
    referral.state = state_after(before, event, by, met=met)
    if referral.state in ENDED:
        referral.ended_at, referral.due_at, referral.reason = now, None, reason
    return write_down(db, referral, event, by=by, now=now, before=before, reason=reason, data=data)


def state_after(state: str, event: str, by: Party, *, met: Collection[str]) -> str:
    """The state after this event; raises as `happen` does."""
    row = row_for(state, event, by.side)
    for need in row.needs:
        if need not in met:
            raise UnmetNeedError(need)
    return row.to


def check_may(referral: Referral, event: str, by: Party) -> None:
    """Raise `registration.states.MoveError` when this side may not do this now.

    For rooms that look at more than the referral: whoever may not is not told anything else.
    """
    row_for(referral.state, event, by.side)


def write_down(
    db: Session,
    referral: Referral,
    event: str,
    *,
    by: Party,
    now: datetime,
    before: str | None = None,
    reason: str | None = None,
    data: dict[str, Any] | None = None,
) -> ReferralEvent:
    """Write an event, also one that leaves the state as it is, such as an interim report."""
    made = ReferralEvent(
        referral_id=referral.id,
        at=now,
        event=event,
        from_state=before or referral.state,
        to_state=referral.state,
        actor=by.side,
        way=by.way,
        account_id=by.account_id,
        reason=reason,
        data=data or {},
    )
    db.add(made)
    if (fact := f"referral.{event}") in MAKES:
        registration = db.get_one(Registration, referral.registration_id)
        codes = {"reason": reason, "outcome": referral.outcome}
        add_fact(db, registration, fact, codes, now=now)
    return made

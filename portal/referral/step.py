"""What the owner does next while partners have somebody in hand: keep an eye on the nearest date.

The owner stays responsible until the loop is closed, so every open referral has a date on which
the owner looks whether the receiver moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.referral.queries import open_referrals
from portal.registration.models import Registration

STEPS: Mapping[str, str] = {
    "requested": "await_answer",
    "accepted": "await_contact",
    "in_progress": "ask_partner",
    "on_hold": "await_partner",
}
PARTNER_STEPS = frozenset(STEPS.values())


def follow_partners(db: Session, registration: Registration) -> None:
    """Set the owner's next step to the nearest date of an open referral.

    A step of the owner's own stands, and so does a day of rest that was agreed.
    """
    if registration.next_action in PARTNER_STEPS:
        watch(db, registration)


def watch(db: Session, registration: Registration) -> None:
    """Let the owner look at the nearest date of an open referral, whatever else was next."""
    due = [(each.due_at, each.state) for each in open_referrals(db, registration.id) if each.due_at]
    if due:
        nearest, state = min(due)
        registration.next_action, registration.next_action_at = STEPS[state], nearest


def owner_acts(registration: Registration, step: str, at: datetime) -> None:
    """Give the owner a step of their own. An earlier one of their own stays due when it was."""
    due = registration.next_action_at
    own = due is not None and registration.next_action not in PARTNER_STEPS
    registration.next_action = step
    registration.next_action_at = min(due, at) if due and own else at


def is_with_partners(registration: Registration) -> bool:
    """Whether only partners have this person in hand, also while they rest until some day."""
    resting = registration.state == "waiting" and registration.resume_state == "referred"
    return resting or registration.state == "referred"

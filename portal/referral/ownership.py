"""Another organisation becomes the owner, because it said yes to that. Never before it did.

The person agreed to it beforehand (`case` in the consent). From that moment the former owner sees
nothing. What was asked is done with the acceptance, so the referral is complete at once; whoever
took it by mistake hands it on in the same way.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.clock import overdue_from
from portal.referral.happen import happen
from portal.referral.lead import pass_lead_on
from portal.referral.models import Referral
from portal.referral.party import Party
from portal.referral.queries import open_referrals
from portal.referral.reasons import TAKEN_OVER
from portal.referral.step import is_with_partners
from portal.referral.tell import tell_owner
from portal.registration.happen import happen as happen_to_registration
from portal.registration.lookup import reindex
from portal.registration.models import Registration
from portal.registration.pace import pace_of
from portal.registration.tell import tell


def take_ownership(db: Session, referral: Referral, *, by: Party, now: datetime) -> None:
    """Make the receiver the owner, with a first call within its own norm, and tell the person."""
    # The former owner is told while it still is one.
    tell_owner(db, referral, "referral_taken_over", now=now)
    referral.started_at, referral.outcome = now, TAKEN_OVER
    data = {"outcome": TAKEN_OVER}
    happen(db, referral, "complete", by=by, now=now, met=("outcome",), data=data)
    db.flush()
    pass_lead_on(db, referral, by=by, now=now)
    registration = db.get_one(Registration, referral.registration_id)
    _change_owner(db, registration, referral, by=by, now=now)
    data = {"contact": str(registration.contact_id), "by": registration.promised_on.isoformat()}
    tell(db, registration, "other_owner", now=now, data=data)


def _change_owner(
    db: Session, registration: Registration, referral: Referral, *, by: Party, now: datetime
) -> None:
    codes = {"from": str(registration.contact_id), "to": str(referral.contact_id)}
    happen_to_registration(db, registration, "transfer", by=by.actor, now=now, data=codes)
    if not open_referrals(db, registration.id):
        _begin_again(db, registration, by=by, now=now)
    settle_in(db, registration, referral.receiver_id, referral.contact_id, now=now)


def settle_in(
    db: Session, registration: Registration, owner_id: UUID, contact_id: UUID, *, now: datetime
) -> None:
    """Make it the case of another organisation, which calls within its own norm."""
    registration.owner_id, registration.contact_id = owner_id, contact_id
    registration.promised_on = pace_of(db, registration).first_contact(now)
    registration.next_action = "call"
    registration.next_action_at = overdue_from(registration.promised_on)
    registration.came_back = registration.queued = False
    db.flush()
    reindex(db, registration)


def _begin_again(db: Session, registration: Registration, *, by: Party, now: datetime) -> None:
    """Nobody else was asked: the new owner begins with somebody who is picked up."""
    if registration.state == "referred":
        happen_to_registration(db, registration, "taken_over", by=by.actor, now=now)
    elif is_with_partners(registration):
        registration.resume_state = "picked_up"

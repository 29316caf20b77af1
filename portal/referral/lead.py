"""Of several referrals at once, one partner keeps it together: the lead."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.referral.happen import write_down
from portal.referral.models import Referral
from portal.referral.party import OWNER, Party
from portal.referral.queries import open_referrals
from portal.registration.states import WrongActorError, WrongStateError


def name_lead(db: Session, referral: Referral, *, by: Party, now: datetime) -> None:
    """Make an open referral the lead; only the owner does. Raises a `MoveError`."""
    if by.side != OWNER:
        raise WrongActorError(referral.state, "lead", by.side)
    if referral.ended_at is not None:
        raise WrongStateError(referral.state, "lead", by.side)
    if referral.lead:
        return
    clear_lead(db, referral.registration_id, by=by, now=now)
    _lead(db, referral, by=by, now=now)


def clear_lead(db: Session, registration_id: UUID, *, by: Party, now: datetime) -> None:
    """Take the lead from whoever has it: the database allows one at a time.

    It is written down, so that whoever has the page open learns what changed under them.
    """
    for each in open_referrals(db, registration_id):
        if each.lead:
            each.lead = False
            write_down(db, each, "lead_passed", by=by, now=now)
    db.flush()


def pass_lead_on(db: Session, ended: Referral, *, by: Party, now: datetime) -> None:
    """Let the oldest open referral lead when the one that led has ended."""
    left = open_referrals(db, ended.registration_id)
    if ended.lead and left:
        _lead(db, left[0], by=by, now=now)


def _lead(db: Session, referral: Referral, *, by: Party, now: datetime) -> None:
    referral.lead = True
    write_down(db, referral, "lead", by=by, now=now)

"""What a referral does to the registration it belongs to: it begins, it is done, or it comes back.

Nobody falls between (rule 3): whatever ends a referral gives the owner a step with a date, in the
same transaction.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.referral.lead import pass_lead_on
from portal.referral.models import Referral
from portal.referral.party import OWNER, Party
from portal.referral.queries import open_referrals
from portal.referral.reasons import SETTLE
from portal.referral.step import follow_partners, is_with_partners, owner_acts, watch
from portal.referral.tell import tell_owner
from portal.registration.happen import happen
from portal.registration.models import Registration
from portal.registration.pace import pace_of
from portal.registration.tell import tell
from portal.registration.tell_staff import is_contact_of

OWNER_NORM = "first_contact_working_days"


def begun(db: Session, referral: Referral, *, by: Party, now: datetime) -> None:
    """The receiver really has begun with this person; the first one to begin makes them active."""
    if referral.started_at is not None:
        return
    referral.started_at = now
    registration = db.get_one(Registration, referral.registration_id)
    if registration.state == "referred":
        happen(db, registration, "start", by=by.actor, now=now, data=_codes(referral))
    elif is_with_partners(registration):
        # They rest until an agreed day, and go on from there as somebody who has started.
        registration.resume_state = "active"


def done(db: Session, referral: Referral, *, by: Party, now: datetime) -> None:
    """The receiver has completed it: the owner speaks to the person and settles."""
    db.flush()
    begun(db, referral, by=by, now=now)
    pass_lead_on(db, referral, by=by, now=now)
    registration = db.get_one(Registration, referral.registration_id)
    owner_acts(registration, SETTLE, pace_of(db, registration).too_late(now, OWNER_NORM))
    tell_owner(db, referral, "referral_done", now=now)


def came_back(db: Session, referral: Referral, step: str, *, by: Party, now: datetime) -> None:
    """It ended without a result: the person is back on the owner's list, with a dated step.

    When it never began and nobody else was asked, the registration is picked up again. An owner who
    takes one of several back watches the others, and comes back to nobody.
    """
    db.flush()
    pass_lead_on(db, referral, by=by, now=now)
    registration = db.get_one(Registration, referral.registration_id)
    if registration.state == "closed":
        return
    others = bool(open_referrals(db, registration.id))
    if others and _is_own_doing(by):
        follow_partners(db, registration)
        if referral.accepted_at is not None:
            _tell_it_ended(db, referral, registration, now=now)
        return
    if referral.started_at is None and not others:
        back_to_picked_up(db, registration, by=by, now=now, data=_codes(referral))
    registration.came_back = True
    owner_acts(registration, step, pace_of(db, registration).too_late(now, OWNER_NORM))
    if not is_contact_of(db, by.account_id, registration.contact_id):
        tell_owner(db, referral, "referral_back", now=now, reason=referral.reason)
    if by.side != "person":
        _tell_it_ended(db, referral, registration, now=now, call_within=OWNER_NORM)


def _is_own_doing(by: Party) -> bool:
    """Whether somebody of the owner chose this; the clock does some things in their name."""
    return by.side == OWNER and by.way != "clock"


def _tell_it_ended(
    db: Session,
    referral: Referral,
    registration: Registration,
    *,
    now: datetime,
    call_within: str = "",
) -> None:
    """Tell the person; a day is only named when the owner has a step of their own by then."""
    data = _codes(referral)
    if call_within:
        data |= {"by": pace_of(db, registration).within(now, call_within).isoformat()}
    tell(db, registration, "partner_ended", now=now, data=data)


def back_to_picked_up(
    db: Session, registration: Registration, *, by: Party, now: datetime, data: dict[str, str]
) -> None:
    """Let whoever was only with partners be the owner's again; others stay where they are."""
    if is_with_partners(registration):
        happen(db, registration, "came_back", by=by.actor, now=now, data=data)


def moved(db: Session, referral: Referral) -> None:
    """A partner moved and it goes on: the owner looks again at the nearest date."""
    db.flush()
    follow_partners(db, db.get_one(Registration, referral.registration_id))


def goes_on(db: Session, referral: Referral) -> None:
    """A partner said yes, or spoke to them: whoever came back from another is in hand again."""
    db.flush()
    registration = db.get_one(Registration, referral.registration_id)
    if registration.came_back:
        registration.came_back = False
        watch(db, registration)
    moved(db, referral)


def _codes(referral: Referral) -> dict[str, str]:
    return {"organization": str(referral.receiver_id), "referral": str(referral.id)}

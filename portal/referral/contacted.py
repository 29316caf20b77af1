"""Seven days after a referral the person is asked "did somebody contact you?". A no escalates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.clock import amsterdam_day, overdue_from
from portal.referral.happen import write_down
from portal.referral.models import Referral
from portal.referral.party import CLOCK, PERSON
from portal.referral.reasons import CALL_PARTNER
from portal.referral.refusals import AnsweredAlreadyError
from portal.referral.step import owner_acts
from portal.referral.tell import tell_owner
from portal.registration.models import Registration
from portal.registration.pace import pace_of
from portal.registration.tell import tell
from portal.registration.tell_staff import coordinators_of, put_out_to


def ask_contacted(db: Session, referral: Referral, *, now: datetime) -> None:
    """Ask the person, once for each referral."""
    registration = db.get_one(Registration, referral.registration_id)
    referral.asked_at = now
    write_down(db, referral, "ask_contacted", by=CLOCK, now=now)
    data = {"referral": str(referral.id), "organization": str(referral.receiver_id)}
    tell(db, registration, "ask_contacted", now=now, data=data)


def say_contacted(db: Session, referral: Referral, *, yes: bool, now: datetime) -> None:
    """Keep what the person says. "No" tops the owner's list, and somebody besides the owner hears.

    Counts on the first tap of a button; raises `AnsweredAlreadyError` on a second.
    """
    if referral.asked_at is None or referral.contacted is not None:
        raise AnsweredAlreadyError
    referral.contacted = yes
    write_down(db, referral, "contacted" if yes else "not_contacted", by=PERSON, now=now)
    registration = db.get_one(Registration, referral.registration_id)
    if yes or registration.state == "closed":
        return
    registration.nobody_called_at = now
    today = pace_of(db, registration).week.add_working_days(amsterdam_day(now), 0)
    owner_acts(registration, CALL_PARTNER, overdue_from(today))
    tell_owner(db, referral, "not_contacted", now=now)
    data = {"referral": str(referral.id), "organization": str(referral.receiver_id)}
    put_out_to(
        db,
        coordinators_of(db, registration.owner_id),
        "not_contacted",
        registration_id=registration.id,
        now=now,
        data=data,
    )

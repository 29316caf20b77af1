"""How a referral ends from the owner's side: taken back, or lapsed for want of an answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.referral.happen import check_may, happen
from portal.referral.loop import came_back
from portal.referral.models import Referral
from portal.referral.party import CLOCK, Party
from portal.referral.reasons import LAPSED, RETRACT, next_step
from portal.referral.refusals import NotPassedYetError, WrongReasonError
from portal.referral.tell import tell_receiver


def retract(db: Session, referral: Referral, reason: str, *, by: Party, now: datetime) -> None:
    """Take it back; the receiver sees why. Raises `WrongReasonError`."""
    check_may(referral, "retract", by)
    if reason not in RETRACT:
        raise WrongReasonError
    happen(db, referral, "retract", by=by, now=now, met=("reason",), reason=reason)
    came_back(db, referral, RETRACT[reason], by=by, now=now)
    tell_receiver(db, referral, "referral_retracted", now=now)


def lapse(db: Session, referral: Referral, *, now: datetime, by: Party = CLOCK) -> None:
    """Nobody answered, also not in the days after the promise. Raises `NotPassedYetError`."""
    check_may(referral, "lapse", by)
    if now < referral.lapses_at:
        raise NotPassedYetError
    happen(db, referral, "lapse", by=by, now=now, met=("unanswered",), reason=LAPSED)
    came_back(db, referral, next_step("lapse", LAPSED), by=by, now=now)
    tell_receiver(db, referral, "referral_lapsed", now=now)

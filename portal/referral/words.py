"""Words on a referral: how it goes, by the receiver; "said by … on …", by the owner.

Neither ever closes anything. The person can read every one of them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.clock import amsterdam_day
from portal.privacy.encryption import seal
from portal.referral.deadlines import pace_of_receiver, report_wanted
from portal.referral.happen import write_down
from portal.referral.loop import moved
from portal.referral.models import Referral, ReferralNote
from portal.referral.party import OWNER, RECEIVER, Party, as_told
from portal.referral.refusals import NobodySaidItError
from portal.registration.models import Registration
from portal.registration.refusals import WrongDayError
from portal.registration.states import WrongActorError, WrongStateError
from portal.registration.typed import one_line
from portal.registration.wording import wording

TAKEN_UP = ("accepted", "in_progress", "on_hold")
LONGEST_NAME = 60
OLDEST = timedelta(days=31)


def report(db: Session, referral: Referral, text: str, *, by: Party, now: datetime) -> ReferralNote:
    """Keep how it goes, in the receiver's words; the owner looks again a norm later.

    Raises a `MoveError` for anybody else and for what was not taken up, and as `wording` does.
    """
    if by.side != RECEIVER:
        raise WrongActorError(referral.state, "report", by.side)
    if referral.state not in TAKEN_UP:
        raise WrongStateError(referral.state, "report", by.side)
    note = _note(db, referral, wording(text), side=RECEIVER, by=by, now=now)
    write_down(db, referral, "report", by=by, now=now)
    _heard_of(db, referral, now=now)
    return note


def note_told(
    db: Session,
    referral: Referral,
    text: str,
    *,
    said_by: str,
    said_on: date,
    by: Identity,
    now: datetime,
) -> ReferralNote:
    """Write down what a partner said on the phone. To act on it as well, act `as_told`.

    Raises:
        NotYoursError: only the owner notes it.
        NobodySaidItError, WrongDayError: who said it, or a day in the last month, is missing.
        And what `wording` raises.
    """
    registration = db.get_one(Registration, referral.registration_id)
    party = as_told(by, registration)
    words, name = wording(text), one_line(said_by)[:LONGEST_NAME]
    if not name:
        raise NobodySaidItError
    if not amsterdam_day(now) - OLDEST <= said_on <= amsterdam_day(now):
        raise WrongDayError
    note = _note(db, referral, words, side=OWNER, by=party, now=now)
    seal(db, note, "said_by", name)
    note.said_on = said_on
    write_down(db, referral, "told", by=party, now=now, data={"on": said_on.isoformat()})
    if referral.state in TAKEN_UP:
        _heard_of(db, referral, now=now)
    return note


def _note(
    db: Session, referral: Referral, words: str, *, side: str, by: Party, now: datetime
) -> ReferralNote:
    note = ReferralNote(
        id=uuid4(),
        registration_id=referral.registration_id,
        referral_id=referral.id,
        at=now,
        side=side,
        account_id=by.account_id,
    )
    seal(db, note, "text", words)
    db.add(note)
    return note


def _heard_of(db: Session, referral: Referral, *, now: datetime) -> None:
    """Words move the day to ask again only while it is in progress: before, a call is due."""
    if referral.state == "in_progress":
        report_wanted(referral, pace_of_receiver(db, referral), now=now)
        moved(db, referral)

"""What a receiver does to reach the person, and what may be said of it afterwards.

The same attempts count for "contact made" and for "not reached", so both are asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.followup.due import REGISTRAR, Missing, UnknownResultError, is_contact, missing_tries
from portal.followup.models import ContactAttempt
from portal.referral import work
from portal.referral.deadlines import pace_of_receiver, report_wanted
from portal.referral.happen import write_down
from portal.referral.loop import begun, goes_on
from portal.referral.models import Referral
from portal.referral.party import RECEIVER, Party
from portal.referral.words import TAKEN_UP
from portal.registration.facts import add_first_talk
from portal.registration.models import Registration
from portal.registration.states import WrongActorError, WrongStateError


def log_attempt(
    db: Session, referral: Referral, result: str, *, by: Party, now: datetime
) -> ContactAttempt:
    """Write down that the receiver tried to reach the person.

    A real conversation ends the person's waiting, whoever had it. Raises a `MoveError` for
    anybody else and for what was not taken up, `due.UnknownResultError`.
    """
    if by.side != RECEIVER:
        raise WrongActorError(referral.state, "attempt", by.side)
    if referral.state not in TAKEN_UP:
        raise WrongStateError(referral.state, "attempt", by.side)
    if result == REGISTRAR:
        # Who registered them is the owner's to know; they may not want a partner to ask there.
        raise UnknownResultError(result)
    spoken = is_contact(result)
    attempt = ContactAttempt(
        registration_id=referral.registration_id,
        referral_id=referral.id,
        at=now,
        account_id=by.account_id,
        result=result,
    )
    db.add(attempt)
    write_down(db, referral, "attempt", by=by, now=now, data={"result": result})
    if spoken:
        _spoken_to(db, referral, by=by, now=now)
    return attempt


def contact_made(
    db: Session,
    referral: Referral,
    *,
    by: Party,
    now: datetime,
    introduced_on: date | None = None,
) -> None:
    """The receiver and the person have met. Raises as `referral.work.contact_made` does."""
    reached = any(is_contact(each.result) for each in attempts_on(db, referral))
    work.contact_made(db, referral, reached=reached, by=by, now=now, introduced_on=introduced_on)


def fail(db: Session, referral: Referral, reason: str, *, by: Party, now: datetime) -> None:
    """The receiver cannot go on. Raises as `referral.work.fail` does."""
    enough = may_say_not_reached(db, referral, now)
    work.fail(db, referral, reason, tried_enough=enough, by=by, now=now)


def may_say_not_reached(db: Session, referral: Referral, now: datetime) -> bool:
    """Whether the receiver tried often enough to say that somebody cannot be reached."""
    return not missing_to_say_not_reached(db, referral, now)


def missing_to_say_not_reached(db: Session, referral: Referral, now: datetime) -> Missing:
    """What the receiver still has to try before it can say so; false when that is nothing."""
    tries = [(each.at, each.result) for each in attempts_on(db, referral)]
    pace = pace_of_receiver(db, referral)
    return missing_tries(tries, now, pace.week, pace.norms)


def attempts_on(db: Session, referral: Referral) -> Sequence[ContactAttempt]:
    """Return the receiver's attempts, the newest first."""
    query = select(ContactAttempt).where(ContactAttempt.referral_id == referral.id)
    return db.scalars(query.order_by(ContactAttempt.at.desc())).all()


def _spoken_to(db: Session, referral: Referral, *, by: Party, now: datetime) -> None:
    registration = db.get_one(Registration, referral.registration_id)
    add_first_talk(db, registration, at=now, now=now)
    registration.waiting_since, registration.nobody_called_at = now, None
    # After a rest it is in progress without ever having begun: then this is the beginning.
    if referral.state == "in_progress":
        begun(db, referral, by=by, now=now)
        report_wanted(referral, pace_of_receiver(db, referral), now=now)
        goes_on(db, referral)

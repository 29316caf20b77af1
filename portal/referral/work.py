"""What a receiver does after "we take this up": begin, rest, go on, complete, or fail.

What rests on attempts to reach the person (`contact_made`, `fail`) is called through
`followup.partner`, which looks at the attempts.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.clock import amsterdam_day, overdue_from
from portal.referral.ask import FARTHEST
from portal.referral.deadlines import contact_wanted, pace_of_receiver, plan_wanted
from portal.referral.happen import check_may, happen
from portal.referral.loop import begun, came_back, done, goes_on, moved
from portal.referral.models import Referral
from portal.referral.party import Party
from portal.referral.reasons import CHOSEN_OUTCOMES, FAIL, NOT_REACHED
from portal.referral.refusals import (
    NoContactYetError,
    NotPassedYetError,
    WrongOutcomeError,
    WrongReasonError,
)
from portal.registration.refusals import TriedTooLittleError, WrongDayError


def contact_made(
    db: Session,
    referral: Referral,
    *,
    reached: bool,
    by: Party,
    now: datetime,
    introduced_on: date | None = None,
) -> None:
    """Somebody of the receiver and the person have met; the loop is half closed.

    `reached`: there was an attempt in which they spoke. For a warm handover the day of the
    introduction counts, which may have been planned before. Raises `NoContactYetError`.
    """
    check_may(referral, "contact_made", by)
    met_on = introduced_on or referral.introduction_on
    if referral.warm:
        reached = met_on is not None and met_on <= amsterdam_day(now)
    if not reached:
        raise NoContactYetError
    data = {"on": met_on.isoformat()} if referral.warm and met_on else {}
    happen(db, referral, "contact_made", by=by, now=now, met=("contact",), data=data)
    if referral.warm:
        referral.introduction_on = met_on
    plan_wanted(referral, pace_of_receiver(db, referral), now=now)
    begun(db, referral, by=by, now=now)
    goes_on(db, referral)


def hold(db: Session, referral: Referral, until: date, *, by: Party, now: datetime) -> None:
    """Let it rest until a day that ends the rest by itself; raises `WrongDayError`."""
    check_may(referral, "hold", by)
    today = amsterdam_day(now)
    if not today < until <= today + FARTHEST:
        raise WrongDayError
    data = {"until": until.isoformat()}
    # The database refuses a rest without an end, so the end is written first.
    referral.hold_until = until
    happen(db, referral, "hold", by=by, now=now, met=("until",), data=data)
    referral.due_at = overdue_from(until)
    moved(db, referral)


def resume(db: Session, referral: Referral, *, by: Party, now: datetime) -> None:
    """Go on after a rest; the clock may only when the day has passed (`NotPassedYetError`)."""
    check_may(referral, "resume", by)
    until = referral.hold_until
    if by.side == "system" and (until is None or amsterdam_day(now) <= until):
        raise NotPassedYetError
    happen(db, referral, "resume", by=by, now=now, met=("date_passed",))
    referral.hold_until = None
    contact_wanted(referral, pace_of_receiver(db, referral), now=now)
    moved(db, referral)


def complete(db: Session, referral: Referral, outcome: str, *, by: Party, now: datetime) -> None:
    """Say what came of it: the loop is closed, and the owner settles. `WrongOutcomeError`."""
    check_may(referral, "complete", by)
    if outcome not in CHOSEN_OUTCOMES:
        raise WrongOutcomeError
    data = {"outcome": outcome}
    referral.outcome = outcome
    happen(db, referral, "complete", by=by, now=now, met=("outcome",), data=data)
    done(db, referral, by=by, now=now)


def fail(
    db: Session,
    referral: Referral,
    reason: str,
    *,
    tried_enough: bool,
    by: Party,
    now: datetime,
) -> None:
    """Say why it cannot go on; the person is back with the owner.

    Raises `WrongReasonError`, and `TriedTooLittleError` for "not reached" said too soon.
    """
    check_may(referral, "fail", by)
    if reason not in FAIL:
        raise WrongReasonError
    if reason == NOT_REACHED and not tried_enough:
        raise TriedTooLittleError
    met = ("reason", "tried_if_not_reached")
    happen(db, referral, "fail", by=by, now=now, met=met, reason=reason)
    came_back(db, referral, FAIL[reason], by=by, now=now)

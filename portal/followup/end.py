"""How a case ends, and how it opens again: settle with an outcome, close with a reason, reopen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.clock import amsterdam_day, overdue_from
from portal.followup.aftercare import CHECK, checks_of
from portal.followup.due import tried_enough
from portal.followup.models import Outcome
from portal.followup.record import attempts_of
from portal.followup.refusals import OpenReferralError
from portal.referral.models import Referral
from portal.referral.states import OPEN
from portal.registration.happen import account, happen
from portal.registration.models import Consent, Registration
from portal.registration.pace import pace_of
from portal.registration.refusals import NoConsentError, TriedTooLittleError
from portal.registration.states import STAFF_CLOSE_REASONS
from portal.registration.tell import tell


def settle(
    db: Session,
    registration: Registration,
    outcome: str,
    *,
    by: Identity,
    now: datetime,
    hours_a_week: int | None = None,
    fixed: bool | None = None,
) -> Outcome:
    """Write down what came of it, and plan the first check; raises `OpenReferralError`.

    `hours_a_week` and `fixed` belong to work: a contract of so many hours, fixed or temporary.
    """
    _refuse_open_referral(db, registration)
    said = {"outcome": outcome} | ({"hours": str(hours_a_week)} if hours_a_week else {})
    happen(db, registration, "settle", by=account(by), now=now, data=said)
    made = Outcome(
        registration_id=registration.id,
        at=now,
        account_id=by.account_id,
        kind=outcome,
        hours_a_week=hours_a_week,
        fixed=fixed,
    )
    db.add(made)
    check = checks_of(amsterdam_day(now), pace_of(db, registration))[0]
    _clear_flags(registration)
    registration.next_action, registration.next_action_at = CHECK, overdue_from(check)
    tell(db, registration, "settled", now=now, data={"check_on": check.isoformat()})
    return made


def close(
    db: Session, registration: Registration, reason: str, *, by: Identity, now: datetime
) -> None:
    """Close a case; only a human does (rule 3).

    Raises:
        OpenReferralError: another organisation still has it in hand.
        TriedTooLittleError: "not reached" was said too soon.
        ValueError: the reason is not one that staff may give.
    """
    if reason not in STAFF_CLOSE_REASONS:
        raise ValueError(f"staff cannot close for the reason {reason!r}")
    _refuse_open_referral(db, registration)
    if reason == "not_reached" and not may_say_not_reached(db, registration, now):
        raise TriedTooLittleError
    happen(db, registration, "close", by=account(by), now=now, data={"reason": reason})
    _clear_flags(registration)
    registration.next_action, registration.next_action_at = "none", None
    registration.closed_at = now
    tell(db, registration, "closed", now=now, data={"reason": reason})


def reopen(db: Session, registration: Registration, *, by: Identity, now: datetime) -> None:
    """Take somebody up again, with a new first call within the norm; raises `NoConsentError`."""
    if not _has_consent(db, registration):
        raise NoConsentError
    # Looked up first: a query in between would store an open case without a next step.
    due = pace_of(db, registration).first_contact(now)
    happen(db, registration, "reopen", by=account(by), now=now)
    registration.closed_at, registration.promised_on = None, due
    registration.next_action, registration.next_action_at = "call", overdue_from(due)
    tell(db, registration, "reopened", now=now, data={"call_by": due.isoformat()})


def may_say_not_reached(db: Session, registration: Registration, now: datetime) -> bool:
    """Whether there were enough attempts to say that somebody cannot be reached."""
    tries = [(attempt.at, attempt.result) for attempt in attempts_of(db, registration)]
    pace = pace_of(db, registration)
    return tried_enough(tries, now, pace.week, pace.norms)


def _clear_flags(registration: Registration) -> None:
    registration.came_back, registration.nobody_called_at = False, None
    registration.queued = False


def _refuse_open_referral(db: Session, registration: Registration) -> None:
    query = select(Referral.id).where(
        Referral.registration_id == registration.id, Referral.state.in_(OPEN)
    )
    if db.scalar(query.limit(1)):
        raise OpenReferralError


def _has_consent(db: Session, registration: Registration) -> bool:
    query = select(Consent.id).where(
        Consent.registration_id == registration.id,
        Consent.organization_id == registration.owner_id,
        Consent.revoked_at.is_(None),
    )
    return db.scalar(query.limit(1)) is not None

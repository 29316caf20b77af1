"""Write down what somebody did for a person: an attempt to reach them, a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.clock import TWICE, amsterdam_day, due_on, overdue_from
from portal.followup.aftercare import CHECK, next_check_of
from portal.followup.due import NEXT_CODE, REGISTRAR, NextStep, after_attempt, is_contact
from portal.followup.models import ContactAttempt
from portal.followup.refusals import DayOutOfReachError, NobodyRegisteredThemError
from portal.followup.undo import as_it_was
from portal.privacy.encryption import seal, unseal
from portal.registration.facts import add_first_talk
from portal.registration.happen import account, happen, write_down
from portal.registration.models import Note, Registration
from portal.registration.pace import Pace, pace_of
from portal.registration.refusals import CaseIsClosedError
from portal.registration.undelivered import see_to_undelivered
from portal.registration.wording import wording


def record_attempt(
    db: Session,
    registration: Registration,
    result: str,
    *,
    by: Identity,
    now: datetime,
    wished: date | None = None,
) -> ContactAttempt:
    """Write down an attempt, and set the next step as `due.after_attempt` says.

    Trying to reach somebody is picking them up. `wished` is the handler's own day for the next
    step; while an agreed day is ahead it counts for nothing. Raises `CaseIsClosedError`,
    `NobodyRegisteredThemError`, `DayOutOfReachError`, `due.UnknownResultError`.
    """
    if registration.state == "closed":
        raise CaseIsClosedError
    if result == REGISTRAR and registration.registered_by_id is None:
        raise NobodyRegisteredThemError
    before = as_it_was(registration)
    step = _step_after(db, registration, result, pace_of(db, registration), now)
    due = _day_of(step, wished, now) if step else None
    if registration.state == "new":
        happen(db, registration, "pick_up", by=account(by), now=now)
    attempt = ContactAttempt(
        registration_id=registration.id, at=now, account_id=by.account_id, result=result
    )
    db.add(attempt)
    told = {"result": result, "before": before}
    write_down(db, registration, "attempt", by=account(by), now=now, data=told)
    registration.nobody_called_at = None
    if is_contact(result):
        _spoken_to(db, registration, now)
    if step and due:
        registration.next_action, registration.next_action_at = step.code, overdue_from(due)
    return attempt


def _spoken_to(db: Session, registration: Registration, now: datetime) -> None:
    """The waiting is over, and with it whatever said that it was not."""
    add_first_talk(db, registration, at=now, now=now)
    registration.waiting_since, registration.came_back = now, False
    registration.queued = False
    see_to_undelivered(registration)


def last_days(db: Session, registration: Registration, now: datetime) -> Mapping[str, date]:
    """Return the last day that may be chosen for the next step, by result of an attempt.

    Empty while nothing is to be chosen: it is closed, or an agreed day is ahead.
    """
    if registration.state == "closed":
        return {}
    pace = pace_of(db, registration)
    steps = {each: _step_after(db, registration, each, pace, now) for each in NEXT_CODE}
    return {result: step.last for result, step in steps.items() if step}


def _day_of(step: NextStep, wished: date | None, now: datetime) -> date:
    if wished is None:
        return step.due
    if not amsterdam_day(now) <= wished <= step.last:
        raise DayOutOfReachError
    return wished


def _step_after(
    db: Session, registration: Registration, result: str, pace: Pace, now: datetime
) -> NextStep | None:
    """Return the step that this attempt sets; None when the day that is set stands."""
    if _is_resting(registration, now):
        return None
    current = due_on(registration.next_action_at) if registration.next_action_at else None
    step = after_attempt(result, current or amsterdam_day(now), now, pace.week, pace.norms)
    if registration.state == "aftercare":
        return _in_aftercare(db, registration, step, pace, now)
    return step


def _is_resting(registration: Registration, now: datetime) -> bool:
    """Whether there is an agreed day ahead, which a call in between leaves alone."""
    ahead = registration.next_action_at is not None and registration.next_action_at > now
    return ahead and registration.state in ("waiting", "aftercare")


def _in_aftercare(
    db: Session, registration: Registration, step: NextStep, pace: Pace, now: datetime
) -> NextStep:
    if not step.resets_waiting:
        return replace(step, code=CHECK)
    return next_check_of(db, registration, pace, now)


def add_note(
    db: Session, registration: Registration, text: str, *, by: Identity, now: datetime
) -> Note:
    """Keep words about a case; the person can read every one of them. Raises as `wording` does.

    The same words by the same hand a moment later are the same note: a second press, a second tab.
    """
    words = wording(text)
    if same := _kept_just_now(db, registration, words, by, now):
        return same
    note = Note(id=uuid4(), registration_id=registration.id, at=now, account_id=by.account_id)
    seal(db, note, "text", words)
    db.add(note)
    return note


def _kept_just_now(
    db: Session, registration: Registration, words: str, by: Identity, now: datetime
) -> Note | None:
    query = select(Note).where(
        Note.registration_id == registration.id,
        Note.account_id == by.account_id,
        Note.at > now - TWICE,
    )
    return next((each for each in db.scalars(query) if unseal(db, each, "text") == words), None)


def attempts_of(db: Session, registration: Registration) -> Sequence[ContactAttempt]:
    """Return every attempt to reach this person, the newest first."""
    query = select(ContactAttempt).where(ContactAttempt.registration_id == registration.id)
    return db.scalars(query.order_by(ContactAttempt.at.desc())).all()

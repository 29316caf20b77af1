"""One act at the desk: the next step, a message to the person, and a note. All of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.clock import amsterdam_day, due_on, overdue_from
from portal.followup import handle
from portal.followup.due import NEXT_CODE
from portal.followup.messages import data_of, preview
from portal.followup.record import add_note, record_attempt
from portal.followup.refusals import PromiseTooLateError
from portal.registration.models import Registration
from portal.registration.refusals import WrongDayError
from portal.registration.tell import tell

PICK_UP, WAIT, RESUME = "pick_up", "wait", "resume"
# What may be the step: the result of an attempt, or whose move it is from now on.
STEPS = (*NEXT_CODE, PICK_UP, WAIT, RESUME)


@dataclass(frozen=True, slots=True)
class OneAct:
    """What somebody does at once. `day` is the day of the next step, and the one a message names.

    `step` is one of `STEPS`, `message` a kind of `messages.NAMES_A_DAY` or "", `note` words or "".
    """

    step: str
    day: date | None = None
    message: str = ""
    note: str = ""

    def __repr__(self) -> str:
        return f"<OneAct {self.step} {self.message}>"


def do_at_once(
    db: Session,
    registration: Registration,
    act: OneAct,
    *,
    by: Identity,
    now: datetime,
    base_url: str,
) -> None:
    """Take the step, keep the note and put out the message, in the caller's transaction.

    Raises what `record_attempt`, `take_over`, `wait`, `resume` and `add_note` raise, and for the
    message `NoWayError`, `OpenPlaceError`, `WrongDayError`, `PromiseTooLateError`.
    """
    _step(db, registration, act, by=by, now=now)
    if act.note.strip():
        add_note(db, registration, act.note, by=by, now=now)
    if act.message:
        _send(db, registration, act, now=now, base_url=base_url)


def _step(
    db: Session, registration: Registration, act: OneAct, *, by: Identity, now: datetime
) -> None:
    match act.step:
        case "pick_up":
            handle.take_over(db, registration, by=by, now=now)
        case "wait":
            if act.day is None:
                raise WrongDayError
            handle.wait(db, registration, act.day, by=by, now=now)
        case "resume":
            handle.resume(db, registration, by=by, now=now)
        case _:
            record_attempt(db, registration, act.step, by=by, now=now, wished=act.day)


def _send(
    db: Session, registration: Registration, act: OneAct, *, now: datetime, base_url: str
) -> None:
    data = data_of(act.message, act.day)
    # Written once here, so that a place left open is found before anything is promised.
    preview(db, registration, act.message, act.day, base_url=base_url, ours="nl", now=now)
    if act.day and data:
        _promise(registration, act.day, now=now)
    tell(db, registration, act.message, now=now, data=data)


def _promise(registration: Registration, day: date, *, now: datetime) -> None:
    """What is promised is due: a day before the next step brings that step forward."""
    if day < amsterdam_day(now):
        raise WrongDayError
    overdue_at = registration.next_action_at
    if overdue_at is None or day > due_on(overdue_at):
        raise PromiseTooLateError
    registration.next_action_at = overdue_from(day)

"""What the person does after sending: a line, "nobody called me", stop and back, another number.

By code or by private link; the door knows which of these each may do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import DAY, amsterdam_day, overdue_from
from portal.notify.outbox import put_out
from portal.privacy.encryption import seal, unseal
from portal.registration.bsn import holds_bsn
from portal.registration.consent import give_again, revoke_all
from portal.registration.fallback import fallback_of
from portal.registration.happen import PERSON, Actor, happen, write_down
from portal.registration.lookup import reindex
from portal.registration.models import Note, Registration, RegistrationEvent
from portal.registration.standing import may_say_nobody_called
from portal.registration.states import may_undo_withdraw
from portal.registration.tell_staff import coordinators_of, put_out_to, tell_contact
from portal.registration.typed import has_a_sign, several_lines
from portal.registration.ways import read_phone

LONGEST_LINE = 500


class WrongLineError(ValueError):
    """A line that cannot be kept; `code` is "needed", "long" or "bsn"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotNowError(Exception):
    """This cannot be done now: too early, too late, or it was done already."""


def add_line(
    db: Session, registration: Registration, text: str, *, insist: bool, now: datetime
) -> None:
    """Keep a line for the owner; `insist`: what looks like a BSN is something else.

    Raises:
        WrongLineError: nothing to read, too much, or perhaps a BSN.
        NotNowError: it is closed, so nobody would read it.
    """
    if registration.state == "closed":
        raise NotNowError
    words = several_lines(text)
    if not has_a_sign(words):
        raise WrongLineError("needed")
    if len(words) > LONGEST_LINE:
        raise WrongLineError("long")
    if holds_bsn(words) and not insist:
        raise WrongLineError("bsn")
    note = Note(id=uuid4(), registration_id=registration.id, at=now)
    seal(db, note, "text", words)
    db.add(note)
    write_down(db, registration, "line", by=PERSON, now=now)


def say_nobody_called(
    db: Session, registration: Registration, *, spoken: bool, now: datetime
) -> None:
    """Put it on top of the owner's list, and tell somebody besides whoever should have called.

    Whoever takes over is told a state and days, never a name; while nobody does, the coordinators
    of the owner are. Raises `NotNowError`.
    """
    if not may_say_nobody_called(registration, now, spoken=spoken):
        raise NotNowError
    registration.nobody_called_at = now
    write_down(db, registration, "nobody_called", by=PERSON, now=now)
    fallback, about = fallback_of(db, registration), registration.id
    data = {
        "owner": str(registration.owner_id),
        "promised_on": registration.promised_on.isoformat(),
        "state": registration.state,
    }
    if fallback:
        tell_contact(db, fallback.id, "nobody_called", registration_id=about, now=now, data=data)
        return
    to = coordinators_of(db, registration.owner_id)
    put_out_to(db, to, "nobody_called", registration_id=about, now=now, data=data)


def stop(db: Session, registration: Registration, *, now: datetime, by: Actor = PERSON) -> None:
    """Withdraw: nobody calls any more, and every consent ends; raises `states.MoveError`.

    `by` is the person, with the account that wrote it down when they said it aloud.
    """
    at = registration.next_action_at
    kept = {"next_action": registration.next_action, "at": at.isoformat() if at else None}
    happen(db, registration, "withdraw", by=by, now=now, data=kept)
    registration.withdrawn_at = registration.closed_at = now
    registration.next_action, registration.next_action_at = "none", None
    registration.nobody_called_at = None
    revoke_all(db, registration, now=now)


def undo_stop(db: Session, registration: Registration, *, now: datetime) -> None:
    """Go on after all, within 48 hours; raises `NotNowError`.

    What was next is next again, but nobody is late for the time in which nobody could call.
    """
    stopped_at = registration.withdrawn_at
    if stopped_at is None or not may_undo_withdraw(stopped_at, now):
        raise NotNowError
    kept = _kept_at_stop(db, registration)
    happen(db, registration, "undo_withdraw", by=PERSON, now=now)
    tomorrow = overdue_from(amsterdam_day(now) + DAY)
    at = datetime.fromisoformat(kept["at"]) if kept.get("at") else tomorrow
    registration.withdrawn_at = registration.closed_at = None
    registration.next_action, registration.next_action_at = (
        kept.get("next_action", "call"),
        max(at, tomorrow),
    )
    give_again(db, registration, stopped_at, now=now)


def change_phone(db: Session, registration: Registration, text: str, *, now: datetime) -> bool:
    """Take another number, and say whether it is another one.

    Whoever has the old one is told, in case it was not the person.

    Raises `ways.WrongPhoneError`, `ways.BsnError`, or `NotNowError`: it is closed, nobody calls.
    """
    if registration.state == "closed":
        raise NotNowError
    new, old = read_phone(text), unseal(db, registration, "phone")
    if new == old:
        return False
    seal(db, registration, "phone", new)
    write_down(db, registration, "phone_changed", by=PERSON, now=now)
    reindex(db, registration)
    if old:
        put_out(
            db,
            "phone_changed",
            registration_id=registration.id,
            recipient=old,
            locale=registration.locale,
            now=now,
        )
    return True


def _kept_at_stop(db: Session, registration: Registration) -> dict[str, Any]:
    query = select(RegistrationEvent.data).where(
        RegistrationEvent.registration_id == registration.id, RegistrationEvent.event == "withdraw"
    )
    newest: dict[str, Any] = db.scalars(query.order_by(RegistrationEvent.at.desc())).first() or {}
    return newest

"""Which cases have been kept long enough, and what then goes (rule 9).

Each rule is a condition on registrations, given the moment before which something is too old, and
an act on those it finds. Nobody is closed here (rule 3): who was forgotten is asked after.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from portal.clock import overdue_from
from portal.followup.marks import ClockMark, first_time
from portal.privacy.encryption import seal
from portal.referral.models import Referral, ReferralNote
from portal.registration.erase import erase_all
from portal.registration.happen import SYSTEM, write_down
from portal.registration.models import Note, Registration, RegistrationEvent
from portal.registration.pace import pace_of

KEEP = "keep"
WORDS_ERASED = "words_erased"
NEVER_BEGUN = "not_reached"
# Who waits until a day is taken up again on that day, so nobody needs to be asked after.
ASKED_AFTER = ("new", "picked_up", "referred", "active", "aftercare")


def never_begun(before: datetime) -> ColumnElement[bool]:
    """Closed because the person withdrew, or could not be reached."""
    why = exists().where(
        RegistrationEvent.registration_id == Registration.id,
        RegistrationEvent.at == Registration.closed_at,
        or_(
            RegistrationEvent.event == "withdraw",
            and_(
                RegistrationEvent.event == "close",
                RegistrationEvent.data["reason"].as_string() == NEVER_BEGUN,
            ),
        ),
    )
    return and_(closed(before), why)


def closed(before: datetime) -> ColumnElement[bool]:
    """Closed, for whatever reason."""
    return and_(Registration.state == "closed", Registration.closed_at < before)


def erase_cases(db: Session, ids: Sequence[UUID], _before: datetime, now: datetime) -> None:
    """Delete everything about them."""
    erase_all(db, ids, now=now)


def settled(before: datetime) -> ColumnElement[bool]:
    """In aftercare, or closed out of it, with words or answers that are not needed any more.

    What is written later has its own time from then on.
    """
    at, opened = _latest("settle"), _latest("reopen")
    words = [
        exists().where(table.registration_id == Registration.id, table.at < before)
        for table in (Note, ReferralNote)
    ]
    done = exists().where(
        RegistrationEvent.registration_id == Registration.id,
        RegistrationEvent.event == WORDS_ERASED,
        RegistrationEvent.at >= at,
    )
    return and_(
        Registration.state.in_(("aftercare", "closed")),
        at < before,
        or_(opened.is_(None), opened < at),
        or_(~done, *words),
    )


def _latest(event: str) -> ColumnElement[datetime]:
    happened = select(func.max(RegistrationEvent.at)).where(
        RegistrationEvent.registration_id == Registration.id, RegistrationEvent.event == event
    )
    return happened.correlate(Registration).scalar_subquery()


def erase_words(db: Session, ids: Sequence[UUID], before: datetime, now: datetime) -> None:
    """Leave the name, how to reach them, and what came of it (the states, "aftercare")."""
    for table in (Note, ReferralNote):
        db.execute(delete(table).where(table.registration_id.in_(ids), table.at < before))
    for referral in db.scalars(select(Referral).where(Referral.registration_id.in_(ids))):
        _empty_sheet(db, referral)
    for identity, answers in db.execute(
        select(Registration.id, Registration.answers).where(Registration.id.in_(ids))
    ).all():
        _empty_answers(db, identity, list(answers.get("times", ())))
        db.add(_erased_event(identity, now))


def _empty_sheet(db: Session, referral: Referral) -> None:
    """The sheet of a referral that is over says nothing any more; the row stays as history."""
    seal(db, referral, "snapshot", json.dumps({"first_name": "", "language": "", "shares": []}))


def _empty_answers(db: Session, identity: UUID, times: list[str]) -> None:
    """Only when to call is part of how to reach somebody.

    Not through the object: its version would rise, and whoever has the case open would be told that
    a colleague changed it.
    """
    emptied = update(Registration).where(Registration.id == identity)
    emptied = emptied.values(answers={"times": times}, digits=None, landlord_id=None)
    db.execute(emptied, execution_options={"synchronize_session": False})


def _erased_event(identity: UUID, now: datetime) -> RegistrationEvent:
    return RegistrationEvent(
        registration_id=identity, at=now, event=WORDS_ERASED, actor="system", data={}
    )


def silent(before: datetime) -> ColumnElement[bool]:
    """Open, while nobody has spoken to them for so long and nobody was asked about it."""
    asked = exists().where(
        ClockMark.registration_id == Registration.id,
        ClockMark.what.startswith(f"{KEEP}:"),
        ClockMark.at >= before,
    )
    waiting = Registration.waiting_since < before
    return and_(Registration.state.in_(ASKED_AFTER), waiting, ~asked)


def ask_whether_to_keep(db: Session, ids: Sequence[UUID], _before: datetime, now: datetime) -> None:
    """Give the owner a dated step, "keep this?". The day that was set never becomes later."""
    for registration in db.scalars(select(Registration).where(Registration.id.in_(ids))).all():
        what = f"{KEEP}:{registration.id}:{now.date()}"
        if not first_time(db, what, now=now, registration_id=registration.id):
            continue
        due = overdue_from(pace_of(db, registration).first_contact(now))
        at = registration.next_action_at
        registration.next_action, registration.next_action_at = KEEP, min(at or due, due)
        write_down(db, registration, "keep_asked", by=SYSTEM, now=now)

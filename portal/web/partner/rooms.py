"""Which room each form goes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.followup import partner
from portal.followup.due import is_contact
from portal.privacy.loaded import loaded_words
from portal.referral import answer, words, work
from portal.referral.models import Referral
from portal.referral.party import Party
from portal.referral.refusals import NoContactYetError
from portal.registration.refusals import NotAColleagueError, RefusedError
from portal.web.partner.form import Sent, day_in

Room = Callable[[Session, Referral, Sent, Party, datetime], object]


class NoDayError(RefusedError):
    """No day was chosen where one is needed."""

    code = "no_day"


class NotMetYetError(RefusedError):
    """The owner introduces the person, and no day of that lies behind us."""

    code = "not_met_yet"


class LoadedError(RefusedError):
    """Words that repeat a decision about somebody are asked about once (rule 1)."""

    code = "loaded"


def _accept(db: Session, referral: Referral, sent: Sent, by: Party, now: datetime) -> None:
    answer.accept(db, referral, by=by, now=now, contact_id=_colleague(sent.contact))


def _decline(db: Session, referral: Referral, sent: Sent, by: Party, now: datetime) -> None:
    answer.decline(db, referral, sent.reason, by=by, now=now)


def _undo(db: Session, referral: Referral, _sent: Sent, by: Party, now: datetime) -> None:
    answer.undo(db, referral, by=by, now=now)


def _contact_made(db: Session, referral: Referral, sent: Sent, by: Party, now: datetime) -> None:
    try:
        partner.contact_made(db, referral, by=by, now=now, introduced_on=day_in(sent.met))
    except NoContactYetError:
        if referral.warm:
            raise NotMetYetError from None
        raise


def _hold(db: Session, referral: Referral, sent: Sent, by: Party, now: datetime) -> None:
    until = day_in(sent.until)
    if until is None:
        raise NoDayError
    work.hold(db, referral, until, by=by, now=now)


def _resume(db: Session, referral: Referral, _sent: Sent, by: Party, now: datetime) -> None:
    work.resume(db, referral, by=by, now=now)


def _complete(db: Session, referral: Referral, sent: Sent, by: Party, now: datetime) -> None:
    work.complete(db, referral, sent.outcome, by=by, now=now)


def _fail(db: Session, referral: Referral, sent: Sent, by: Party, now: datetime) -> None:
    partner.fail(db, referral, sent.reason, by=by, now=now)


def _attempt(db: Session, referral: Referral, sent: Sent, by: Party, now: datetime) -> None:
    """Note how a call went. Whoever was spoken to has been met, and nobody has to say that again.

    For a warm handover the introduction is the meeting, which has a form of its own.
    """
    partner.log_attempt(db, referral, sent.result, by=by, now=now)
    if referral.state == "accepted" and is_contact(sent.result) and not referral.warm:
        partner.contact_made(db, referral, by=by, now=now)


def _report(db: Session, referral: Referral, sent: Sent, by: Party, now: datetime) -> None:
    if loaded_words(sent.text) and not sent.sure:
        raise LoadedError
    words.report(db, referral, sent.text, by=by, now=now)


ROOMS: Mapping[str, Room] = {
    "accept": _accept,
    "decline": _decline,
    "contact_made": _contact_made,
    "hold": _hold,
    "resume": _resume,
    "complete": _complete,
    "fail": _fail,
    "undo": _undo,
    "attempt": _attempt,
    "report": _report,
}


def _colleague(text: str) -> UUID | None:
    """Return who takes it up; None is whoever was asked."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotAColleagueError from None

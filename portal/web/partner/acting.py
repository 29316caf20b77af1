"""One way for everything a receiver says: hold the referral, compare, act; refuse with a code.

Somebody who says what was said already is thanked. Somebody who says something else after a
colleague was first sees what happened (409), and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.clock import TWICE
from portal.followup.due import UnknownResultError
from portal.followup.partner import attempts_on
from portal.privacy.encryption import unseal
from portal.referral.models import Referral, ReferralEvent
from portal.referral.party import RECEIVER, Party
from portal.referral.queries import events_of, hold_for_change, notes_of
from portal.referral.refusals import HappenedMeanwhileError
from portal.registration.refusals import RefusedError
from portal.registration.states import MoveError
from portal.registration.typed import several_lines
from portal.web.partner.form import Sent
from portal.web.partner.rooms import ROOMS
from portal.web.partner.words import SILENT_EVENTS

DONE, ALREADY, MEANWHILE, MOVED = "done", "already", "meanwhile", "moved"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a form: `DONE`, `ALREADY`, or the code of why not, with the status for it."""

    code: str
    status: int = 303

    @property
    def went_through(self) -> bool:
        """Whether it stands now, by this press or an earlier one."""
        return self.code in (DONE, ALREADY)


def act_on(
    db: Session, referral_id: UUID, sent: Sent, *, by: Party, now: datetime
) -> tuple[Referral, Result]:
    """Let what was sent happen, once. Whatever is refused leaves nothing behind."""
    if sent.twice:
        return hold_for_change(db, referral_id), Result("two_answers", 422)
    try:
        referral = hold_for_change(db, referral_id, seen=sent.version)
    except HappenedMeanwhileError as other:
        referral = hold_for_change(db, referral_id)
        if _was_said(db, referral, sent, by, now):
            return referral, Result(ALREADY)
        if other.event not in SILENT_EVENTS:
            return referral, Result(MEANWHILE, 409)
    if sent.act in ("attempt", "report") and _was_said(db, referral, sent, by, now):
        return referral, Result(ALREADY)
    return referral, _try(db, referral, sent, by, now)


def _try(db: Session, referral: Referral, sent: Sent, by: Party, now: datetime) -> Result:
    try:
        with db.begin_nested():
            ROOMS[sent.act](db, referral, sent, by, now)
    except RefusedError as refusal:
        return Result(refusal.code, 422)
    except UnknownResultError:
        return Result("no_result", 422)
    except MoveError:
        said = _was_said(db, referral, sent, by, now)
        return Result(ALREADY) if said else Result(MOVED, 409)
    return Result(DONE)


def _was_said(db: Session, referral: Referral, sent: Sent, by: Party, now: datetime) -> bool:
    """Whether the receiver said exactly this before, and it still stands."""
    if sent.act == "attempt":
        tries = (each for each in attempts_on(db, referral) if each.account_id == by.account_id)
        newest = next(tries, None)
        return bool(newest and newest.result == sent.result and now - newest.at < TWICE)
    if sent.act == "report":
        return any(
            each.side == RECEIVER
            and now - each.at < TWICE
            and unseal(db, each, "text") == several_lines(sent.text)
            for each in notes_of(db, referral.id)
        )
    said = [each for each in events_of(db, referral.id) if each.event == sent.act]
    return bool(said) and said[-1].actor == RECEIVER and _stands(referral, said[-1], sent)


def _stands(referral: Referral, said: ReferralEvent, sent: Sent) -> bool:
    if sent.act == "accept":
        return referral.accepted_at is not None and referral.state not in ("requested", "cancelled")
    return referral.state == said.to_state and _detail(said) == _details(sent).get(sent.act, "")


def _detail(said: ReferralEvent) -> str:
    """What was said along with it."""
    detail = said.reason or said.data.get("outcome") or said.data.get("until") or ""
    return str(detail)


def _details(sent: Sent) -> Mapping[str, str]:
    return {
        "decline": sent.reason,
        "fail": sent.reason,
        "complete": sent.outcome,
        "hold": sent.until,
    }

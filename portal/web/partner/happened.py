"""What happened to a referral, as its receiver may know it: by which side, and which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.followup.timeline import account_names
from portal.i18n import gettext as _
from portal.i18n.formats import short_date
from portal.privacy.encryption import unseal
from portal.referral.models import Referral, ReferralEvent, ReferralNote
from portal.referral.party import RECEIVER
from portal.referral.queries import events_of, notes_of
from portal.referral.states import ENDED
from portal.web.partner.words import (
    EVENT_WORDS,
    REFERRAL_OUTCOME_WORDS,
    RESULT_WORDS,
    reason_words,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `side` is who did it, `who` a colleague by name or "".

    `words` are those of a note; `said_by` and `said_on` of one that the owner wrote down.
    """

    at: datetime
    event: str
    side: str
    what: str
    who: str = ""
    words: str = ""
    said_by: str = ""
    said_on: date | None = None
    ends: bool = False

    def __repr__(self) -> str:
        return f"<Line {self.event}>"


def lines_of(db: Session, referral: Referral, *, names: bool) -> Sequence[Line]:
    """Return it, the oldest first. `names`: colleagues are named."""
    events, notes = events_of(db, referral.id), notes_of(db, referral.id)
    ours = {
        row.account_id
        for row in events
        if names and row.account_id and row.actor == RECEIVER and row.way == "account"
    }
    known = account_names(db, ours)
    lines = [
        *(
            _event(row, known)
            for row in events
            if row.event == "attempt" or row.event in EVENT_WORDS
        ),
        *(_note(db, row, known) for row in notes),
    ]
    return sorted(lines, key=lambda line: line.at)


def _event(row: ReferralEvent, known: dict[UUID, str]) -> Line:
    who = known.get(row.account_id, "") if row.account_id and row.way == "account" else ""
    ends = row.to_state in ENDED and row.from_state != row.to_state
    return Line(row.at, row.event, row.actor, what_happened(row), who, ends=ends)


def what_happened(row: ReferralEvent) -> str:
    """Return an event as words, without who and when."""
    if row.event == "attempt":
        result = row.data["result"]
        return _(RESULT_WORDS[result])
    details = {
        key: short_date(date.fromisoformat(row.data[key])) for key in row.data if key in DAYS
    }
    if row.reason:
        details["reason"] = _(reason_words(row.event).get(row.reason, row.reason))
    if outcome := row.data.get("outcome"):
        details["outcome"] = _(REFERRAL_OUTCOME_WORDS[outcome])
    return _(EVENT_WORDS[row.event]) % details


DAYS = ("until", "on")


def _note(db: Session, row: ReferralNote, known: dict[UUID, str]) -> Line:
    return Line(
        row.at,
        "note",
        row.side,
        "",
        known.get(row.account_id, "") if row.account_id else "",
        words=unseal(db, row, "text") or "",
        said_by=unseal(db, row, "said_by") or "",
        said_on=row.said_on,
    )

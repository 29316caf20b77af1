"""Take back an attempt that was written down by mistake: for a short time, and as a whole.

What an attempt moves is remembered in its event, and put back as it was: so the one clock (rule 3)
says again what it said before. The attempt counts nowhere any more, the note that went with it is
gone, a message that has not left stays here. Nobody is told; an event says what happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.followup.due import is_contact
from portal.followup.models import ContactAttempt
from portal.followup.refusals import AttemptStaysError, SentAlreadyError
from portal.followup.timeline import Entry, timeline_of
from portal.notify.models import OutboxMessage
from portal.registration.facts import add_first_talk
from portal.registration.happen import account, happen, write_down
from portal.registration.models import Note, Registration

UNDO_ATTEMPT = timedelta(minutes=15)
# What an attempt moves, besides the state.
MOMENTS = ("next_action_at", "waiting_since", "nobody_called_at", "undelivered_at")
VALUES = ("next_action", "came_back", "queued")
# A slip that was opened since stands in nobody's way.
MOVES_NOTHING = frozenset({"link_shown"})


def as_it_was(registration: Registration) -> dict[str, Any]:
    """Return what an attempt may move, to be kept in its event."""
    moments = {name: getattr(registration, name) for name in MOMENTS}
    kept = {name: at.isoformat() if at else None for name, at in moments.items()}
    return kept | {name: getattr(registration, name) for name in VALUES}


def undoable(timeline: Sequence[Entry], account_id: UUID, now: datetime) -> Entry | None:
    """Return the attempt that this account may still take back; None when there is none.

    It is the last thing that moved anything: nothing is newer, and one act is one moment.
    """
    moved = [entry for entry in timeline if entry.code not in MOVES_NOTHING]
    newest = [entry for entry in moved if entry.at == moved[0].at]
    events = [entry for entry in newest if entry.kind not in ("note", "message")]
    found = [entry for entry in events if "before" in entry.data]
    if len(found) != 1 or any(entry.code not in ("pick_up", "attempt") for entry in events):
        return None
    mine, soon = found[0].account_id == account_id, now - found[0].at <= UNDO_ATTEMPT
    return found[0] if mine and soon else None


def undo_attempt(db: Session, registration: Registration, *, by: Identity, now: datetime) -> None:
    """Put everything back as it was before the attempt that somebody has just written down.

    Raises:
        AttemptStaysError: something happened since, it was somebody else's, or too long ago.
        SentAlreadyError: a message that went with it has left, or may have.
    """
    timeline = timeline_of(db, registration.id)
    attempt = undoable(timeline, by.account_id, now)
    if attempt is None:
        raise AttemptStaysError
    _keep_messages_here(db, registration, attempt.at)
    for table in (ContactAttempt, Note):
        same = table.registration_id == registration.id, table.at == attempt.at
        db.execute(delete(table).where(*same, table.account_id == by.account_id))
    told = {"result": attempt.data["result"], "at": attempt.at.isoformat()}
    write_down(db, registration, "attempt_undone", by=account(by), now=now, data=told)
    if any(entry.code == "pick_up" and entry.at == attempt.at for entry in timeline):
        happen(db, registration, "put_back", by=account(by), now=now)
    _put_back(registration, attempt.data["before"])
    if is_contact(attempt.data["result"]):
        add_first_talk(db, registration, at=attempt.at, now=now, count=-1)


def _put_back(registration: Registration, before: Mapping[str, Any]) -> None:
    for name in VALUES:
        setattr(registration, name, before[name])
    # A message that was given up meanwhile stays flagged.
    flagged = registration.undelivered_at
    for name in MOMENTS:
        setattr(registration, name, datetime.fromisoformat(at) if (at := before[name]) else None)
    registration.undelivered_at = registration.undelivered_at or flagged


def _keep_messages_here(db: Session, registration: Registration, at: datetime) -> None:
    """Drop what has not left. What somebody is sending right now is locked, and so not found."""
    sent_with_it = select(OutboxMessage).where(
        OutboxMessage.registration_id == registration.id, OutboxMessage.created_at == at
    )
    here = OutboxMessage.state.in_(("waiting", "kept")), OutboxMessage.tries == 0
    free = db.scalars(sent_with_it.where(*here).with_for_update(skip_locked=True)).all()
    if len(free) < len(db.scalars(sent_with_it.where(OutboxMessage.state != "dropped")).all()):
        raise SentAlreadyError
    for message in free:
        message.state, message.trouble = "dropped", "undone"

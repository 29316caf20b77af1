"""Everything that happened to one registration, the newest first: events, notes, messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.registration.models import Note, RegistrationEvent

Kind = Literal["event", "note", "message"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `code` is the event or the kind of message, `words` of a note.

    `who` is the name of the account, "" for the person and for the portal itself (see `actor`).
    """

    at: datetime
    kind: Kind
    code: str
    actor: str
    account_id: UUID | None
    who: str
    words: str
    data: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"<Entry {self.kind} {self.code}>"


def timeline_of(db: Session, registration_id: UUID) -> list[Entry]:
    """Return the whole timeline in four queries."""
    events = db.scalars(_of(RegistrationEvent, registration_id)).all()
    notes = db.scalars(_of(Note, registration_id)).all()
    messages = db.scalars(
        select(OutboxMessage).where(OutboxMessage.registration_id == registration_id)
    ).all()
    names = account_names(db, {row.account_id for row in (*events, *notes) if row.account_id})
    entries = [
        # A line by the person is told by its words, so its event adds nothing.
        *(_event(row, names) for row in events if row.event != "line"),
        *(_note(db, row, names) for row in notes),
        *(_message(row) for row in messages),
    ]
    return sorted(entries, key=lambda entry: (entry.at, _rank(entry)), reverse=True)


def account_names(db: Session, account_ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of these accounts, in one query."""
    if not account_ids:
        return {}
    found = db.scalars(select(Account).where(Account.id.in_(account_ids)))
    return {account.id: unseal(db, account, "name") or "" for account in found}


def _of(table: type[RegistrationEvent | Note], registration_id: UUID) -> Any:
    return select(table).where(table.registration_id == registration_id).order_by(table.at)


def _event(row: RegistrationEvent, names: Mapping[UUID, str]) -> Entry:
    who = names.get(row.account_id, "") if row.account_id else ""
    return Entry(row.at, "event", row.event, row.actor, row.account_id, who, "", row.data)


def _note(db: Session, row: Note, names: Mapping[UUID, str]) -> Entry:
    actor = "account" if row.account_id else "person"
    who = names.get(row.account_id, "") if row.account_id else ""
    words = unseal(db, row, "text") or ""
    return Entry(row.at, "note", "note", actor, row.account_id, who, words, {})


def _rank(entry: Entry) -> int:
    """Order what happened in one moment: picking up, the act itself, the message about it."""
    return 2 if entry.kind == "message" else int(entry.code != "pick_up")


def _message(row: OutboxMessage) -> Entry:
    # The null channel never sends, so what waits in it is kept and no more.
    data = {"state": "kept" if row.channel == "null" else row.state}
    return Entry(row.created_at, "message", row.kind, "system", None, "", "", data)

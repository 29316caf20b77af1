"""Everything that happened to one registration, the newest first.

Events of the registration and of its referrals, notes, what partners said, and messages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.notify.models import OutboxMessage
from portal.notify.set_aside import SEEN_TO
from portal.privacy.encryption import unseal
from portal.referral.models import Referral, ReferralEvent, ReferralNote
from portal.registration.models import Note, RegistrationEvent

Kind = Literal["event", "note", "message", "referral", "report"]
# Told by something else on the list: a line and a report by their words, "send" by "refer".
TOLD_OTHERWISE = frozenset({"line", "report", "told", "send"})
# How the side of a referral is named as the actor of an event.
ACTOR_OF = {"owner": "account", "receiver": "partner", "person": "person", "system": "system"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `code` is the event or the kind of message, `words` of a note.

    `who` is the name of the account, "" for the person and for the portal itself (see `actor`).
    A "referral" is an event of one, a "report" words on one; `data` names its organisation.
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
    """Return the whole timeline in a handful of queries."""
    events = db.scalars(_of(RegistrationEvent, registration_id)).all()
    notes = db.scalars(_of(Note, registration_id)).all()
    asked = _referrals(db, registration_id)
    moves = db.scalars(select(ReferralEvent).where(ReferralEvent.referral_id.in_(asked))).all()
    said = db.scalars(_of(ReferralNote, registration_id)).all()
    messages = db.scalars(
        select(OutboxMessage).where(OutboxMessage.registration_id == registration_id)
    ).all()
    events = [row for row in events if not _was_undone(row, events)]
    rows = (*events, *notes, *moves, *said)
    names = account_names(db, {row.account_id for row in rows if row.account_id})
    entries = [
        *(_event(row, names) for row in events if row.event not in TOLD_OTHERWISE),
        *(_note(db, row, names) for row in notes),
        *(_move(row, asked, names) for row in moves if row.event not in TOLD_OTHERWISE),
        *(_report(db, row, asked, names) for row in said),
        *(_message(row, asked) for row in messages),
    ]
    return sorted(entries, key=lambda entry: (entry.at, _rank(entry)), reverse=True)


def _was_undone(row: RegistrationEvent, events: Sequence[RegistrationEvent]) -> bool:
    """Whether this was part of an attempt that was taken back, which one event tells."""
    undone = {each.data["at"] for each in events if each.event == "attempt_undone"}
    part = row.event in ("pick_up", "attempt") and row.at.isoformat() in undone
    return part or row.event == "put_back"


def _referrals(db: Session, registration_id: UUID) -> dict[UUID, UUID]:
    """Return who was asked, by referral."""
    query = select(Referral.id, Referral.receiver_id)
    found = db.execute(query.where(Referral.registration_id == registration_id))
    return {row.id: row.receiver_id for row in found}


def account_names(db: Session, account_ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of these accounts, in one query."""
    if not account_ids:
        return {}
    found = db.scalars(select(Account).where(Account.id.in_(account_ids)))
    return {account.id: unseal(db, account, "name") or "" for account in found}


def _of(table: type[RegistrationEvent | Note | ReferralNote], registration_id: UUID) -> Any:
    return select(table).where(table.registration_id == registration_id).order_by(table.at)


def _event(row: RegistrationEvent, names: Mapping[UUID, str]) -> Entry:
    who = names.get(row.account_id, "") if row.account_id else ""
    return Entry(row.at, "event", row.event, row.actor, row.account_id, who, "", row.data)


def _note(db: Session, row: Note, names: Mapping[UUID, str]) -> Entry:
    actor = "account" if row.account_id else "person"
    who = names.get(row.account_id, "") if row.account_id else ""
    words = unseal(db, row, "text") or ""
    return Entry(row.at, "note", "note", actor, row.account_id, who, words, {})


def _move(row: ReferralEvent, asked: Mapping[UUID, UUID], names: Mapping[UUID, str]) -> Entry:
    who = names.get(row.account_id, "") if row.account_id else ""
    data = {**row.data, "organization": str(asked[row.referral_id]), "reason": row.reason or ""}
    # What was told on the phone was written down by somebody of the owner.
    actor = "account" if row.way == "told" and row.actor == "receiver" else ACTOR_OF[row.actor]
    return Entry(row.at, "referral", row.event, actor, row.account_id, who, "", data)


def _report(
    db: Session, row: ReferralNote, asked: Mapping[UUID, UUID], names: Mapping[UUID, str]
) -> Entry:
    who = names.get(row.account_id, "") if row.account_id else ""
    data: dict[str, Any] = {"organization": str(asked[row.referral_id])}
    if row.side == "owner":
        said_by = unseal(db, row, "said_by") or ""
        data |= {"said_by": said_by, "on": row.said_on.isoformat() if row.said_on else ""}
    code, actor = ("told", "account") if row.side == "owner" else ("report", "partner")
    words = unseal(db, row, "text") or ""
    return Entry(row.at, "report", code, actor, row.account_id, who, words, data)


def _rank(entry: Entry) -> int:
    """Order what happened in one moment: picking up, the act itself, the message about it."""
    return 2 if entry.kind == "message" else int(entry.code != "pick_up")


def _message(row: OutboxMessage, asked: Mapping[UUID, UUID]) -> Entry:
    # The null channel never sends, so what waits in it is kept and no more.
    state = "kept" if row.channel == "null" else row.state
    if row.state == "dropped" and row.trouble == SEEN_TO:
        state = SEEN_TO
    data = {**row.data, "state": state}
    if "referral" in row.data and "organization" not in row.data:
        data["organization"] = str(asked.get(UUID(row.data["referral"]), ""))
    return Entry(row.created_at, "message", row.kind, "system", None, "", "", data)

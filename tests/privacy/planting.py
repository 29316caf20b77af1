"""Somebody about whom there is something in every table, with a mark in every field.

Fields are found by walking the schema, so that a column or a table that is added later cannot be
forgotten: either it is planted, or a test says that nobody thought of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Column, LargeBinary, String, Table, select, update
from sqlalchemy.orm import Session

from portal.db.base import Base
from portal.followup.marks import first_time
from portal.followup.partner import log_attempt
from portal.followup.record import add_note, record_attempt
from portal.notify.outbox import put_out
from portal.privacy.encryption import seal, vault_of
from portal.privacy.rows_about import belongings
from portal.referral.answer import accept
from portal.referral.consent import ask_consent
from portal.referral.link import make_link
from portal.referral.party import BY_LINK
from portal.referral.withdraw import withdraw_consent
from portal.referral.words import note_told, report
from portal.registration.change import add_line
from portal.registration.lookup import reindex
from portal.registration.models import Registration, RoutingDecision
from tests.referral.town import WEDNESDAY, Town, a_referral

SIGNS = "¡¢£¤¥¦§©ª«¬®¯°±²³´µ¶¹º»¼½¾¿×÷"
# The portal decides by these codes, so a mark in them would be another story.
CODES = frozenset(
    {
        "registration.key_version",
        "registration.next_action",
        "registration_event.event",
        "outbox.kind",
        "partner_link.key_version",
    }
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Bytes that stand in a field, and the field: "table.column"."""

    field: str
    content: bytes

    def is_in(self, dump: bytes) -> bool:
        """Whether they stand in a file: as they are, or as a dump of PostgreSQL writes bytes."""
        return self.content in dump or self.content.hex().encode() in dump


def a_full_life(db: Session, town: Town) -> UUID:
    """Let everything happen to somebody that can happen, up to where no partner is busy."""
    referral = a_referral(db, town, at=WEDNESDAY)
    person = db.get_one(Registration, referral.registration_id)
    by, now = town.owner.handler, WEDNESDAY
    seal(db, person, "email", "amal@voorbeeld.example")
    person.landlord_id = town.owner.id
    db.flush()
    reindex(db, person)
    add_line(db, person, "Ik bel liever niet.", insist=False, now=now)
    add_note(db, person, "Wil graag buiten werken.", by=by, now=now)
    accept(db, referral, by=BY_LINK, now=now)
    log_attempt(db, referral, "no_answer", by=BY_LINK, now=now)
    report(db, referral, "Belt morgen weer.", by=BY_LINK, now=now)
    note_told(db, referral, "Goed.", said_by="Rob", said_on=now.date(), by=by, now=now)
    ask_consent(db, person, town.guide.id, shares=["wishes"], by=by, now=now)
    make_link(db, referral.receiver_id, now=now, referral_id=referral.id)
    first_time(db, f"planted:{person.id}", now=now, registration_id=person.id)
    put_out(
        db, "receipt", recipient="+31612345678", locale="nl", now=now, registration_id=person.id
    )
    db.add(_decision(person, town))
    withdraw_consent(db, person, town.coach.id, now=now)
    record_attempt(db, person, "no_answer", by=by, now=now)
    return person.id


def _decision(person: Registration, town: Town) -> RoutingDecision:
    return RoutingDecision(
        registration_id=person.id,
        at=WEDNESDAY,
        reason="own_landlord",
        owner_id=town.owner.id,
        contact_id=town.owner.contact_id,
        candidates=[str(town.owner.contact_id)],
        actor="person",
    )


def tables_about(table: Table, seen: frozenset[str] = frozenset()) -> dict[str, Table]:
    """Return this table and every one whose rows belong to its rows, however far away."""
    found = {table.name: table}
    for child, _ in belongings(table):
        if child.name not in seen | found.keys():
            found |= tables_about(child, seen | found.keys())
    return found


ABOUT = tables_about(Base.metadata.tables["registration"])


def plant(db: Session) -> list[Mark]:
    """Put a mark in every field of every row, and return them with the digests that are there."""
    db.flush()
    marks = [mark for table in ABOUT.values() for mark in _plant(db, table)]
    db.flush()
    return marks


def _plant(db: Session, table: Table) -> Iterator[Mark]:
    keys = list(table.primary_key.columns)
    for row in db.execute(select(table)).mappings().all():
        values: dict[str, Any] = {}
        for column in table.columns:
            field = f"{table.name}.{column.name}"
            if column.info.get("sealed"):
                words = f"mark-{uuid4().hex}"
                values[column.name] = vault_of(db).seal(field, row["id"], words)
                yield Mark(field, words.encode())
                yield Mark(field, values[column.name])
            elif isinstance(column.type, LargeBinary) and len(row[column] or b"") > 8:
                yield Mark(field, row[column])
            elif _takes_words(column) and field not in CODES:
                word = _word(column)
                values[column.name] = _planted(row[column], word)
                yield Mark(field, word.encode())
        if values:
            here = [key == row[key] for key in keys]
            db.execute(update(table).where(*here).values(values))


def _word(column: Column[Any]) -> str:
    """A word that nobody else writes; a short one of signs that stand nowhere else."""
    length = getattr(column.type, "length", None)
    return "".join(secrets.choice(SIGNS) for _ in range(length or 0)) or uuid4().hex


def _planted(value: Any, word: str) -> Any:
    if isinstance(value, dict):
        return {**value, "planted": word}
    return [*value, word] if isinstance(value, list) else word


def _takes_words(column: Column[Any]) -> bool:
    """Whether the database itself lets any word into this column."""
    if column.primary_key or column.foreign_keys:
        return False
    return isinstance(column.type, JSON) or (
        isinstance(column.type, String) and not _is_checked(column)
    )


def _is_checked(column: Column[Any]) -> bool:
    checks = (str(each.sqltext) for each in column.table.constraints if hasattr(each, "sqltext"))
    return any(text.startswith((f"{column.name} ", f"({column.name} ")) for text in checks)

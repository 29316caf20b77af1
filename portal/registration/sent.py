"""What was sent under a uuid: asked by every "send" and receipt, so as lightly as possible.

The statements are made once and go around the mapper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.db.plain import Statements
from portal.registration.models import Registration

TABLE = Registration.metadata.tables["registration"]
SENT = select(
    TABLE.c.id,
    TABLE.c.client_uuid,
    TABLE.c.answers_digest,
    TABLE.c.key_version,
    TABLE.c.code_turn,
    TABLE.c.programme_id,
    TABLE.c.owner_id,
    TABLE.c.contact_id,
    TABLE.c.promised_on,
    TABLE.c.drop_by_id,
    TABLE.c.phone.is_not(None),
    TABLE.c.email.is_not(None),
).where(TABLE.c.client_uuid == bindparam("uuid"))
TOMBSTONES = Registration.metadata.tables["tombstone"]
ERASED = select(TOMBSTONES.c.client_uuid).where(TOMBSTONES.c.client_uuid == bindparam("uuid"))


@dataclass(frozen=True, slots=True)
class Sent:
    """A registration as its receipt shows it; names and numbers stay sealed."""

    id: UUID
    client_uuid: UUID
    answers_digest: bytes
    key_version: str
    code_turn: int
    programme_id: UUID
    owner_id: UUID
    contact_id: UUID
    promised_on: date
    drop_by_id: UUID | None
    has_phone: bool
    has_email: bool

    @property
    def way(self) -> str:
        """How the first contact is made: "phone", "email" or "drop_by"."""
        if self.has_phone:
            return "phone"
        return "email" if self.has_email else "drop_by"


def find_sent(db: Statements, uuid: UUID) -> Sent | None:
    """Return what was sent under this uuid."""
    row = db.connection().execute(SENT, {"uuid": uuid}).first()
    return Sent(*tuple(row)) if row else None


def is_erased(db: Statements, uuid: UUID) -> bool:
    """Whether a registration with this uuid was erased not long ago."""
    return db.connection().execute(ERASED, {"uuid": uuid}).first() is not None

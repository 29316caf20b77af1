"""What lies around and is about nobody's open case: kept for a while, then taken away (rule 9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import SignIn
from portal.db.base import Base
from portal.followup.keeping import Span
from portal.followup.marks import ClockMark
from portal.notify.models import OutboxMessage
from portal.privacy.models import AuditEvent
from portal.referral.models import PartnerLink, Referral
from portal.referral.states import OPEN
from portal.registration.models import Registration, Tombstone

# A tombstone stays so long by rule 9. The rest follows it, unless there is a reason for longer.
MONTH = Span(days=30)
# Who looked at whom can be asked for so long.
YEAR = Span(months=12)
OVER = ("sent", "kept", "dropped")

Which = Callable[[date], ColumnElement[bool]]


def _spent_addresses(today: date) -> ColumnElement[bool]:
    """Messages that are done: that they were sent stays in the case, the address does not.

    What is undelivered keeps it as long as the case is open: somebody must still see to it.
    """
    old = OutboxMessage.created_at < MONTH.too_old_before(today)
    closed = select(Registration.id).where(Registration.state == "closed")
    undelivered = and_(
        OutboxMessage.state == "undelivered", OutboxMessage.registration_id.in_(closed)
    )
    done = or_(OutboxMessage.state.in_(OVER), undelivered)
    about_a_case = OutboxMessage.registration_id.is_not(None)
    return and_(about_a_case, old, done, OutboxMessage.recipient != b"")


def _messages_about_no_case(today: date) -> ColumnElement[bool]:
    """Digests to coordinators and the like; what did not arrive is kept longer."""
    done = and_(
        OutboxMessage.state.in_(OVER), OutboxMessage.created_at < MONTH.too_old_before(today)
    )
    given_up = and_(
        OutboxMessage.state == "undelivered",
        OutboxMessage.created_at < YEAR.too_old_before(today),
    )
    return and_(OutboxMessage.registration_id.is_(None), or_(done, given_up))


def _tombstones(today: date) -> ColumnElement[bool]:
    return Tombstone.erased_at < MONTH.too_old_before(today)


def _sessions(today: date) -> ColumnElement[bool]:
    """A session lasts a working day at most, so all that are this old are over."""
    return SignIn.created_at < MONTH.too_old_before(today)


def _links(today: date) -> ColumnElement[bool]:
    """An old link still says kindly that it is old, while what it led to is open."""
    is_open = select(Referral.id).where(Referral.state.in_(OPEN))
    nowhere = or_(PartnerLink.referral_id.is_(None), PartnerLink.referral_id.not_in(is_open))
    return and_(PartnerLink.expires_at < MONTH.too_old_before(today), nowhere)


def _audit_of_erased(today: date) -> ColumnElement[bool]:
    gone = AuditEvent.registration_id.not_in(select(Registration.id))
    about = AuditEvent.registration_id.is_not(None)
    old = AuditEvent.at < MONTH.too_old_before(today)
    # What is older still goes with all the rest.
    return and_(about, gone, old, ~_old_audit(today))


def _old_audit(today: date) -> ColumnElement[bool]:
    return AuditEvent.at < YEAR.too_old_before(today)


def _marks(today: date) -> ColumnElement[bool]:
    """Marks of digests. Those of a case go with it."""
    return and_(ClockMark.registration_id.is_(None), ClockMark.at < MONTH.too_old_before(today))


def _key(table: str, column: str = "id") -> Column[Any]:
    return Base.metadata.tables[table].c[column]


# By name: the key of a table, and which of its rows are deleted.
ROWS: Mapping[str, tuple[Column[Any], Which]] = {
    "messages": (_key("outbox"), _messages_about_no_case),
    "tombstones": (_key("tombstone", "client_uuid"), _tombstones),
    "sessions": (_key("sign_in"), _sessions),
    "links": (_key("partner_link"), _links),
    "audit_of_erased": (_key("audit_event"), _audit_of_erased),
    "audit": (_key("audit_event"), _old_audit),
    "marks": (_key("clock_mark", "what"), _marks),
}
ADDRESSES = "addresses"


def tidy(db: Session, today: date, most: int) -> dict[str, int]:
    """Do a batch of each; return how much was done, by name."""
    outbox = _key("outbox")
    ids = _batch(db, outbox, _spent_addresses(today), most)
    emptied = update(outbox.table).where(outbox.in_(ids)).values(recipient=b"")
    db.execute(emptied)
    did = {ADDRESSES: len(ids)}
    for name, (key, which) in ROWS.items():
        ids = _batch(db, key, which(today), most)
        db.execute(delete(key.table).where(key.in_(ids)))
        did[name] = len(ids)
    return did


def untidy(db: Session, today: date) -> dict[str, int]:
    """Count what `tidy` would do, all batches together."""
    found = {ADDRESSES: _count(db, _key("outbox"), _spent_addresses(today))}
    return found | {name: _count(db, key, which(today)) for name, (key, which) in ROWS.items()}


def _batch(db: Session, key: Column[Any], which: ColumnElement[bool], most: int) -> Sequence[Any]:
    """Hold a batch of rows that nobody else holds, and return their keys."""
    held = select(key).where(which).order_by(key).limit(most)
    return db.scalars(held.with_for_update(skip_locked=True)).all()


def _count(db: Session, key: Column[Any], which: ColumnElement[bool]) -> int:
    return db.scalar(select(func.count(key)).where(which)) or 0

"""Who sees which registrations, and how deep. Every query by somebody signed in starts here.

The table is "Who sees what" in docs/product.md. Viewers and administrators see no rows.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from portal.accounts.identity import Identity, Right
from portal.registration.models import Registration

# How long a registrar sees what became of somebody they registered.
REGISTRAR_SEES = timedelta(days=30)


class Depth(StrEnum):
    """How much of a row somebody sees."""

    ALL = "all"
    STATUS = "status"
    NOTHING = "nothing"


def visible_to(identity: Identity, *, now: datetime) -> Select[Registration]:
    """Return the query for every row that somebody may see something of; `view_of` says what."""
    return select(Registration).where(or_(_is_owned_by(identity), _was_entered_by(identity, now)))


def cases_of(identity: Identity) -> Select[Registration]:
    """Return the query for the rows that somebody sees all of: those of their organisations."""
    return select(Registration).where(_is_owned_by(identity))


def view_of(identity: Identity, row: Registration, *, now: datetime) -> Depth:
    """Return how much of this row somebody sees."""
    if row.owner_id in identity.organizations(Right.FOLLOW_UP):
        return Depth.ALL
    recent = row.received_at > now - REGISTRAR_SEES
    if row.registered_by_id == identity.account_id and identity.may(Right.REGISTER) and recent:
        return Depth.STATUS
    return Depth.NOTHING


def _is_owned_by(identity: Identity) -> ColumnElement[bool]:
    return Registration.owner_id.in_(identity.organizations(Right.FOLLOW_UP))


def _was_entered_by(identity: Identity, now: datetime) -> ColumnElement[bool]:
    if not identity.may(Right.REGISTER):
        return false()
    return and_(
        Registration.registered_by_id == identity.account_id,
        Registration.received_at > now - REGISTRAR_SEES,
    )

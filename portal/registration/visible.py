"""Who sees which registrations, and how deep. Every query by somebody signed in starts here.

`visible_to` gives the rows, `view_of` how deep one of them is shown. A list is of one depth:
`cases_of` gives what is shown with everything, `entered_by` what a registrar entered.

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
    """How much of a registration somebody sees. `STATUS`: words for how it stands, no person."""

    ALL = "all"
    STATUS = "status"
    NOTHING = "nothing"


def visible_to(identity: Identity, *, now: datetime) -> Select[Registration]:
    """Return the query for every row that somebody may see something of."""
    return select(Registration).where(or_(_is_owned_by(identity), _was_entered_by(identity, now)))


def view_of(identity: Identity, registration: Registration, *, now: datetime) -> Depth:
    """Return how much of this row somebody sees; the deepest of what their roles give."""
    if registration.owner_id in identity.organizations(Right.FOLLOW_UP):
        return Depth.ALL
    entered = registration.registered_by_id == identity.account_id
    if entered and identity.may(Right.REGISTER) and registration.received_at > now - REGISTRAR_SEES:
        return Depth.STATUS
    return Depth.NOTHING


def cases_of(identity: Identity) -> Select[Registration]:
    """Return the query for the rows that somebody sees all of: those of their organisations."""
    return select(Registration).where(_is_owned_by(identity))


def entered_by(identity: Identity, *, now: datetime) -> Select[Registration]:
    """Return the query for the rows that a registrar entered and still sees the status of."""
    return select(Registration).where(_was_entered_by(identity, now))


def _is_owned_by(identity: Identity) -> ColumnElement[bool]:
    return Registration.owner_id.in_(identity.organizations(Right.FOLLOW_UP))


def _was_entered_by(identity: Identity, now: datetime) -> ColumnElement[bool]:
    if not identity.may(Right.REGISTER):
        return false()
    return and_(
        Registration.registered_by_id == identity.account_id,
        Registration.received_at > now - REGISTRAR_SEES,
    )

"""Who sees which registrations, and how deep. Every query by somebody signed in starts here.

How deep is which query a door begins with: `cases_of` gives rows to be shown with everything,
`entered_by` those of which somebody sees how it stands.

The table is "Who sees what" in docs/product.md. Viewers and administrators see no rows.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from portal.accounts.identity import Identity, Right
from portal.registration.models import Registration

# How long a registrar sees what became of somebody they registered.
REGISTRAR_SEES = timedelta(days=30)


def visible_to(identity: Identity, *, now: datetime) -> Select[Registration]:
    """Return the query for every row that somebody may see something of."""
    return select(Registration).where(or_(_is_owned_by(identity), _was_entered_by(identity, now)))


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

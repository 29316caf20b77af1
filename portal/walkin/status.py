"""Status words: all a registrar sees afterwards. No name, no number, no answers, no notes.

A row is recognised by when somebody was registered and by the end of the code on their slip. The
whole code stays on the slip: whoever has it can act as the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.i18n import gettext as _
from portal.i18n.formats import weekday_date
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.queries import reference_of
from portal.registration.visible import entered_by
from portal.walkin.words import N_

STATE_WORDS: Mapping[str, str] = {
    "new": N_("First contact on %(day)s at the latest"),
    "picked_up": N_("Somebody is busy with it"),
    "referred": N_("A place is being asked for"),
    "active": N_("Has begun"),
    "waiting": N_("Rests for a while, as agreed"),
    "aftercare": N_("Has found something; we keep in touch"),
    "closed": N_("Is closed"),
}
MOST_ROWS = 200
SHOWN_OF_CODE = 2


@dataclass(frozen=True, slots=True)
class Status:
    """One person I registered: when, the end of their code, how it stands and since when."""

    id: UUID
    registered_at: datetime
    code_end: str
    words: str
    late: bool
    since: datetime


def my_statuses(db: Session, me: Identity, *, now: datetime) -> Sequence[Status]:
    """Return everybody I registered in the last 30 days, the newest first."""
    # Somebody who also follows cases sees those at the desk, not here.
    query = entered_by(me, now=now).order_by(Registration.received_at.desc(), Registration.id)
    found = db.scalars(query.limit(MOST_ROWS)).all()
    since = _since(db, [row.id for row in found])
    return [status_of(db, row, since.get(row.id, row.received_at), now=now) for row in found]


def status_of(db: Session, row: Registration, since: datetime, *, now: datetime) -> Status:
    """Return how it stands with one of them; `since` is when its state began."""
    late = row.state == "new" and (row.next_action_at or now) <= now
    return Status(
        id=row.id,
        registered_at=row.received_at,
        code_end=reference_of(db, row).code[-SHOWN_OF_CODE:],
        words=status_words(row, late=late),
        late=late or row.nobody_called_at is not None,
        since=since,
    )


def status_words(row: Registration, *, late: bool) -> str:
    """Say in plain words whose move it is."""
    day = {"day": weekday_date(row.promised_on)}
    if row.withdrawn_at:
        return _("Has stopped, by their own wish")
    if row.nobody_called_at:
        return _("Says that nobody called; that was passed on")
    if late:
        return _("First contact was due on %(day)s") % day
    return _(STATE_WORDS[row.state]) % day


def _since(db: Session, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each came into the state it is in."""
    moved = RegistrationEvent.from_state.is_distinct_from(RegistrationEvent.to_state)
    query = (
        select(RegistrationEvent.registration_id, func.max(RegistrationEvent.at))
        .where(RegistrationEvent.registration_id.in_(ids), moved)
        .group_by(RegistrationEvent.registration_id)
    )
    return dict(db.execute(query).all())

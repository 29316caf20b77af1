"""Being away: from when, until when, and who stands in. Their people stay theirs; nobody waits.

New people meet the deputy (`routing`), the deputy has the people on their own list, and on return
nothing has to be done.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Right
from portal.catalogue.kept import keep
from portal.catalogue.models import Contact
from portal.catalogue.version import bump_version
from portal.clock import amsterdam_day
from portal.followup.handle import colleagues
from portal.followup.switch_refusals import AwayError, NobodyNamedError
from portal.referral.refusals import NotYoursError
from portal.registration.refusals import NotAColleagueError, WrongDayError

LONGEST = timedelta(days=366)


def may_set_absence(contact: Contact, by: Identity) -> bool:
    """Whether somebody may say when this contact is away: themselves, or a coordinator there."""
    coordinated = by.organizations(Right.COORDINATE)
    return contact.id in by.contact_ids or contact.organization_id in coordinated


def deputies_for(db: Session, contact: Contact) -> list[Contact]:
    """Return who can stand in: a colleague who may be named, for the consent is the colleague's."""
    return [each for each in colleagues(db, contact.organization_id) if each.id != contact.id]


def go_away(
    db: Session,
    contact: Contact,
    first: date,
    last: date,
    deputy_id: UUID | None,
    *,
    by: Identity,
    now: datetime,
) -> None:
    """A contact is away on these days, both included.

    Raises:
        NotYoursError: neither themselves nor a coordinator.
        WrongDayError: it ends before it begins or before today, or more than a year from now.
        NobodyNamedError: there are colleagues, and nobody stands in.
        NotAColleagueError, AwayError: who was named cannot, or is away in that time too.
    """
    _check_by(contact, by)
    today = amsterdam_day(now)
    if not today <= last <= today + LONGEST or last < first or first < today - LONGEST:
        raise WrongDayError
    contact.deputy_id = _deputy(db, contact, deputy_id, first, last)
    contact.absent_from, contact.absent_until = first, last
    keep(contact, "deputy_id")
    db.flush()
    bump_version(db)


def come_back(db: Session, contact: Contact, *, by: Identity) -> None:
    """They are there again, earlier than was said. Raises `NotYoursError`."""
    _check_by(contact, by)
    contact.absent_from = contact.absent_until = None
    db.flush()
    bump_version(db)


def _check_by(contact: Contact, by: Identity) -> None:
    if not may_set_absence(contact, by):
        raise NotYoursError


def _deputy(
    db: Session, contact: Contact, deputy_id: UUID | None, first: date, last: date
) -> UUID | None:
    fit = {each.id: each for each in deputies_for(db, contact)}
    if deputy_id is None and not fit:
        # Nobody else works there: the coordinator and the fallback hear of it when it is late.
        return None
    if deputy_id is None:
        raise NobodyNamedError
    if deputy_id not in fit:
        raise NotAColleagueError
    if _is_away_between(fit[deputy_id], first, last):
        raise AwayError
    return deputy_id


def _is_away_between(contact: Contact, first: date, last: date) -> bool:
    if contact.absent_from is None and contact.absent_until is None:
        return False
    begins, ends = contact.absent_from or date.min, contact.absent_until or date.max
    return begins <= last and first <= ends

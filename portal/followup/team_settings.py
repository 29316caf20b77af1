"""How many people somebody can have, and how fast an organisation works; set at the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Right
from portal.catalogue.kept import keep
from portal.catalogue.models import Contact, Organization, Programme, ProgrammeMember
from portal.catalogue.norms import LIMITS, checks_in_order, norms_of
from portal.catalogue.version import bump_version
from portal.referral.refusals import NotYoursError
from portal.registration.refusals import RefusedError

MOST_PEOPLE = 200
MOST_HOLIDAYS = 60


class WrongNumberError(RefusedError):
    """A number that cannot be: nobody has 0 people, or 1,000."""

    code = "wrong_number"


class ChecksOutOfOrderError(RefusedError):
    """A check after somebody has settled would come before the one ahead of it."""

    code = "checks_out_of_order"


def set_capacity(db: Session, contact: Contact, people: int, *, by: Identity) -> None:
    """Say how many people a contact can have, 1 to 200; more are queued with a true date.

    Whoever has more already keeps them. Raises `NotYoursError`, `WrongNumberError`.
    """
    _check_by(contact.organization_id, by)
    _check(people, MOST_PEOPLE)
    contact.capacity = people
    keep(contact, "capacity")
    db.flush()
    bump_version(db)


def set_pace(
    db: Session,
    organization: Organization,
    *,
    caseload: int,
    norms: Mapping[str, int],
    holidays: Collection[date],
    by: Identity,
) -> None:
    """Set what is usual at an organisation: people for each handler, its norms, its days off.

    `norms` are only its own, within `LIMITS`; what is left out is the programme's. A day that was
    promised to somebody stays promised.

    Raises `NotYoursError`, `WrongNumberError`, `ChecksOutOfOrderError`.
    """
    _check_by(organization.id, by)
    _check(caseload, MOST_PEOPLE)
    for name, number in norms.items():
        if name not in LIMITS:
            raise WrongNumberError
        least, most = LIMITS[name]
        _check(number, most, least)
    if len(holidays) > MOST_HOLIDAYS:
        raise WrongNumberError
    if not all(checks_in_order(norms_of(each, norms)) for each in _theirs(db, organization)):
        raise ChecksOutOfOrderError
    organization.caseload, organization.norms = caseload, dict(norms)
    organization.extra_holidays = sorted({day.isoformat() for day in holidays})
    keep(organization, "caseload", "norms")
    db.flush()
    bump_version(db)


def usual_norms(db: Session, organization: Organization) -> dict[str, list[int]]:
    """Return what holds where an organisation sets nothing: of each of its programmes."""
    theirs = [norms_of(each) for each in _theirs(db, organization)]
    return {norm: sorted({each[norm] for each in theirs}) for norm in LIMITS}


def _theirs(db: Session, organization: Organization) -> Sequence[Mapping[str, int]]:
    """The norms of each programme that an organisation takes part in; without one, the defaults."""
    members = select(ProgrammeMember.programme_id).where(
        ProgrammeMember.organization_id == organization.id
    )
    return db.scalars(select(Programme.norms).where(Programme.id.in_(members))).all() or [{}]


def _check_by(organization_id: object, by: Identity) -> None:
    if organization_id not in by.organizations(Right.COORDINATE):
        raise NotYoursError


def _check(number: int, most: int, least: int = 1) -> None:
    if not least <= number <= most:
        raise WrongNumberError

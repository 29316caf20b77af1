"""What every switching has in common: the row is held, kept as the desk set it, and on record."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Right
from portal.catalogue.kept import keep
from portal.catalogue.models import Contact, Organization, Service
from portal.catalogue.version import bump_version
from portal.followup.switch_refusals import OffAlreadyError
from portal.privacy.audit import Action, record
from portal.referral.refusals import NotYoursError
from portal.registration.happen import SYSTEM, Actor, account
from portal.registration.tell_staff import addresses_of, put_out_to

Row = TypeVar("Row", Contact, Service, Organization)


def actor_of(by: Identity | None) -> Actor:
    """Return who did it; without an account it was the operator, on the command line."""
    return account(by) if by else SYSTEM


def organization_of(row: Contact | Service | Organization) -> UUID:
    """Return whose coordinators decide about it."""
    return row.id if isinstance(row, Organization) else row.organization_id


def hold(db: Session, row: Row, *, active: bool, by: Identity | None) -> None:
    """Hold a row that is switched; `active` is what it must be now.

    Raises `NotYoursError` for who does not coordinate there, `OffAlreadyError` when somebody else
    was first.
    """
    if by and organization_of(row) not in by.organizations(Right.COORDINATE):
        raise NotYoursError
    held = select(type(row)).where(type(row).id == row.id).with_for_update()
    db.scalars(held, execution_options={"populate_existing": True}).one()
    if row.active is not active:
        raise OffAlreadyError


def switch(db: Session, row: Row, *, active: bool, by: Identity | None, now: datetime) -> None:
    """Switch it, so that new people see it no longer or again; a pack leaves it so."""
    row.active = active
    keep(row, "active")
    record(
        db,
        Action.SWITCH_ON if active else Action.SWITCH_OFF,
        account_id=by.account_id if by else None,
        organization_id=organization_of(row),
        now=now,
    )
    db.flush()
    bump_version(db)


def tell_who_takes_over(
    db: Session, contact_id: UUID, people: int, row: Contact | Organization, *, now: datetime
) -> None:
    """Tell a contact how many people are with them now, and who had them; never who they are."""
    if people:
        there = db.get_one(Contact, contact_id).organization_id
        data = {
            "count": people,
            "from": str(row.id),
            "of": row.__tablename__,
            "organization": str(there),
        }
        put_out_to(db, addresses_of(db, contact_id), "people_came", now=now, data=data)

"""Who can open the list on which people stand: accounts that are on, in a role that follows up."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from portal.accounts.identity import RIGHTS, Right
from portal.accounts.models import Account, Membership

FOLLOWERS = tuple(role for role, rights in RIGHTS.items() if Right.FOLLOW_UP in rights)


def following_at(organization_ids: Collection[UUID]) -> Select[Account, Membership]:
    """Return the query for those accounts of these organisations, with each such role."""
    return (
        select(Account, Membership)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Account.active,
            Membership.organization_id.in_(organization_ids),
            Membership.role.in_(FOLLOWERS),
        )
    )


def contacts_signing_in(db: Session, organization_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which contacts of these organisations can open that list, in one query."""
    query = following_at(organization_ids).with_only_columns(Membership.contact_id)
    return frozenset(each for each in db.scalars(query) if each)


def anybody_follows_at(db: Session, organization_id: UUID) -> bool:
    """Whether somebody of an organisation can open that list, so that its cases are seen."""
    at = following_at({organization_id}).with_only_columns(Account.id)
    return bool(db.scalar(select(exists(at))))

"""Who is acting: an account, and what it may do in which organisation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.accounts.models import Account, Membership
from portal.privacy.encryption import unseal


class Right(StrEnum):
    """What a role may do. A job title gives no right."""

    FOLLOW_UP = "follow_up"
    COORDINATE = "coordinate"
    REGISTER = "register"
    SEE_TOTALS = "see_totals"
    ADMINISTER = "administer"


RIGHTS: dict[str, frozenset[Right]] = {
    "handler": frozenset({Right.FOLLOW_UP}),
    "coordinator": frozenset({Right.FOLLOW_UP, Right.COORDINATE, Right.SEE_TOTALS}),
    "registrar": frozenset({Right.REGISTER}),
    "viewer": frozenset({Right.SEE_TOTALS}),
    "administrator": frozenset({Right.ADMINISTER}),
}


@dataclass(frozen=True)
class Role:
    """One membership: a right in one organisation, and the contact somebody is there."""

    organization_id: UUID
    role: str
    title: str | None
    contact_id: UUID | None


@dataclass(frozen=True)
class Identity:
    """An account with its roles. Its name stays out of `repr`, and so out of logs."""

    account_id: UUID
    name: str
    locale: str
    roles: tuple[Role, ...]

    def __repr__(self) -> str:
        return f"<Identity {self.account_id}>"

    def may(self, right: Right) -> bool:
        """Whether any role gives this right."""
        return any(right in RIGHTS[role.role] for role in self.roles)

    def organizations(self, right: Right) -> frozenset[UUID]:
        """Return the organisations in which this right holds."""
        return frozenset(r.organization_id for r in self.roles if right in RIGHTS[r.role])

    @property
    def contact_ids(self) -> frozenset[UUID]:
        """Return the contacts this account is."""
        return frozenset(role.contact_id for role in self.roles if role.contact_id)


def load_identity(db: Session, account_id: UUID) -> Identity | None:
    """Return who an account is, or None when it is gone or switched off."""
    query = select(Account).options(selectinload(Account.memberships))
    account = db.scalar(query.where(Account.id == account_id, Account.active))
    if account is None:
        return None
    roles = tuple(_role(membership) for membership in account.memberships)
    return Identity(account.id, unseal(db, account, "name") or "", account.locale, roles)


def _role(membership: Membership) -> Role:
    return Role(
        membership.organization_id, membership.role, membership.title, membership.contact_id
    )

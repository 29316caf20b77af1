"""Who sees which referrals, and how deep. Every query, signed in or by link, starts here.

The table is "Who sees what" in docs/product.md: the owner sees its own with everything;
the receiver those to it, as a fixed sheet, until 30 days after the end or until the person takes
their consent back. Nobody else sees any.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Right
from portal.referral.models import Referral
from portal.registration.models import Consent, Registration

RECEIVER_SEES = timedelta(days=30)
# From "we take this up" on, the receiver may know how to reach the person; not after the end.
WITH_REACH = frozenset({"accepted", "in_progress", "on_hold"})


class Depth(StrEnum):
    """How much of a referral somebody sees."""

    ALL = "all"
    SHEET_AND_REACH = "sheet_and_reach"
    SHEET = "sheet"
    NOTHING = "nothing"


def referrals_visible_to(identity: Identity, *, now: datetime) -> Select[Referral]:
    """Return the query for every referral somebody sees; `view_of_referral` says how deep."""
    mine = identity.organizations(Right.FOLLOW_UP)
    return _joined().where(or_(Registration.owner_id.in_(mine), _is_shown(mine, now)))


def shown_to_receiver(organizations: Collection[UUID], *, now: datetime) -> Select[Referral]:
    """Return the query for the referrals that these organisations see as receivers."""
    return _joined().where(_is_shown(organizations, now))


def view_of_referral(
    db: Session, identity: Identity, referral: Referral, *, now: datetime
) -> Depth:
    """Return how much of this referral somebody sees."""
    mine = identity.organizations(Right.FOLLOW_UP)
    registration = db.get_one(Registration, referral.registration_id)
    if registration.owner_id in mine:
        return Depth.ALL
    if referral.receiver_id not in mine:
        return Depth.NOTHING
    return depth_for_receiver(db, referral, now=now)


def depth_for_receiver(db: Session, referral: Referral, *, now: datetime) -> Depth:
    """Return how much the receiver sees, signed in or by link."""
    if not is_shown_to_receiver(db, referral, now=now):
        return Depth.NOTHING
    return Depth.SHEET_AND_REACH if referral.state in WITH_REACH else Depth.SHEET


def is_shown_to_receiver(db: Session, referral: Referral, *, now: datetime) -> bool:
    """Whether the receiver sees this at all."""
    query = shown_to_receiver({referral.receiver_id}, now=now).where(Referral.id == referral.id)
    return db.scalar(query.with_only_columns(Referral.id)) is not None


def _joined() -> Select[Referral]:
    return (
        select(Referral)
        .join(Registration, Registration.id == Referral.registration_id)
        .join(Consent, Consent.id == Referral.consent_id)
    )


def _is_shown(organizations: Collection[UUID], now: datetime) -> ColumnElement[bool]:
    recent = or_(Referral.ended_at.is_(None), Referral.ended_at > now - RECEIVER_SEES)
    consented = Consent.revoked_at.is_(None)
    return Referral.receiver_id.in_(organizations) & consented & recent

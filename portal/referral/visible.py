"""Who sees which referrals, and how deep. Every query of a receiver starts here.

`received_by` gives the rows of somebody signed in, `shown_to_receiver` those of an organisation
with a link; `depth_for_receiver` says how deep. An owner sees a referral in its case, and so with
everything (`portal/registration/visible.py`).

The table is "Who sees what" in docs/product.md: the receiver sees those to it, as a fixed sheet,
until 30 days after the end or until the person takes their consent back.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Right
from portal.referral.models import Referral
from portal.registration.models import Consent, Registration

RECEIVER_SEES = timedelta(days=30)
# From "we take this up" on, the receiver may know how to reach the person; not after the end.
WITH_REACH = frozenset({"accepted", "in_progress", "on_hold"})


class Depth(StrEnum):
    """How much of a referral its receiver sees."""

    SHEET_AND_REACH = "sheet_and_reach"
    SHEET = "sheet"
    NOTHING = "nothing"


def received_by(identity: Identity, *, now: datetime) -> Select[Referral]:
    """Return the query for what somebody sees of what their organisations were asked.

    What was taken over is a case of theirs by now, and is seen there.
    """
    shown = shown_to_receiver(identity.organizations(Right.FOLLOW_UP), now=now)
    return shown.where(Registration.owner_id != Referral.receiver_id)


def shown_to_receiver(organizations: Collection[UUID], *, now: datetime) -> Select[Referral]:
    """Return the query for the referrals that these organisations see as receivers."""
    recent = or_(Referral.ended_at.is_(None), Referral.ended_at > now - RECEIVER_SEES)
    return (
        select(Referral)
        .join(Registration, Registration.id == Referral.registration_id)
        .join(Consent, Consent.id == Referral.consent_id)
        .where(Referral.receiver_id.in_(organizations), Consent.revoked_at.is_(None), recent)
    )


def depth_for_receiver(db: Session, referral: Referral, *, now: datetime) -> Depth:
    """Return how much the receiver sees, signed in or by link."""
    if not is_shown_to_receiver(db, referral, now=now):
        return Depth.NOTHING
    return Depth.SHEET_AND_REACH if referral.state in WITH_REACH else Depth.SHEET


def is_shown_to_receiver(db: Session, referral: Referral, *, now: datetime) -> bool:
    """Whether the receiver sees this at all."""
    query = shown_to_receiver({referral.receiver_id}, now=now).where(Referral.id == referral.id)
    return db.scalar(query.with_only_columns(Referral.id)) is not None

"""How far it is with each partner, as codes for the person themselves. The doors have the words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import amsterdam_day, due_on
from portal.referral.models import Referral
from portal.referral.queries import referrals_of
from portal.referral.reasons import WITHDRAWN
from portal.referral.snapshot import shares_now
from portal.referral.states import OPEN
from portal.registration.models import Consent, Registration
from portal.registration.standing import Partner


def partners_of(db: Session, registration: Registration, now: datetime) -> list[Partner]:
    """Return every organisation that was asked, whoever is furthest first, ended ones last."""
    asked = referrals_of(db, registration.id)
    shares = _shares(db, asked)
    found = [
        _partner(each, shares_now(db, each, shares[each.consent_id]), now)
        for each in reversed(asked)
    ]
    return sorted(found, key=lambda partner: (PROGRESS.index(partner.code), not partner.lead))


# What moves now comes before what waits, and what waits before what is over.
PROGRESS = ("begun", "introduced", "taken_up", "resting", "asked", "done", "back", "withdrawn")
CODES = {
    "requested": "asked",
    "accepted": "taken_up",
    "in_progress": "begun",
    "on_hold": "resting",
    "completed": "done",
}


def _partner(referral: Referral, shares: Sequence[str], now: datetime) -> Partner:
    return Partner(
        referral_id=referral.id,
        organization_id=referral.receiver_id,
        contact_id=referral.contact_id,
        code=_code(referral),
        day=_day(referral, amsterdam_day(now)),
        lead=referral.lead,
        is_open=referral.state in OPEN,
        reaches="reach" in shares,
        said_no=referral.contacted is False,
    )


def _code(referral: Referral) -> str:
    if referral.state == "accepted" and referral.warm:
        return "introduced"
    ended = "withdrawn" if referral.reason == WITHDRAWN else "back"
    return CODES.get(referral.state, ended)


def _day(referral: Referral, today: date) -> date | None:
    """The last day of the next move; None when there is none, or when it has passed."""
    if referral.state == "on_hold":
        day = referral.hold_until
    elif _code(referral) == "introduced":
        day = referral.introduction_on
    else:
        day = due_on(referral.due_at) if referral.due_at else None
    return day if day and day >= today else None


def _shares(db: Session, referrals: Sequence[Referral]) -> dict[object, Sequence[str]]:
    """What may be told to each, by consent."""
    wanted = {each.consent_id for each in referrals}
    if not wanted:
        return {}
    query = select(Consent.id, Consent.shares).where(Consent.id.in_(wanted))
    return dict(db.execute(query).all())

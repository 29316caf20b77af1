"""The handover sheet: what the receiver is told, so that nothing is asked twice.

It is fixed when the referral is sent and holds only what the person agreed to share. How to reach
the person is not in it: that is read from the registration when it may be shown, so that a number
the person has changed is never called, and no second copy of it lies around.

What the person leaves out later is withheld from then on; what they add later is not on it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.privacy.encryption import unseal
from portal.referral.consent import consent_for
from portal.referral.models import Referral
from portal.registration.models import Registration

# What stands in the answers of a registration under the name under which it is shared.
FROM_ANSWERS = ("wishes", "likes", "practical", "times")


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach the person. `shared_phone`: whoever answers may hear why we call."""

    phone: str | None
    email: str | None
    drop_by_id: UUID | None
    shared_phone: bool

    def __repr__(self) -> str:
        return "<Reach>"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a receiver reads; codes, and words of the owner. `reach` is None until "we take it up".

    `shares` says what the person agreed to: an empty value may be no answer, or not to be told.
    """

    first_name: str
    language: str
    shares: tuple[str, ...]
    wishes: tuple[str, ...]
    likes: tuple[str, ...]
    practical: tuple[str, ...]
    times: tuple[str, ...]
    digits: str | None
    words: str
    reach: Reach | None

    def __repr__(self) -> str:
        return "<Sheet>"


def take_snapshot(
    db: Session, registration: Registration, *, shares: Collection[str], words: str
) -> str:
    """Return what these shares allow to tell, as JSON to be sealed."""
    told: dict[str, Any] = {
        "first_name": unseal(db, registration, "first_name"),
        "language": registration.language,
        "shares": list(shares),
    }
    told |= {
        share: list(registration.answers.get(share, ()))
        for share in FROM_ANSWERS
        if share in shares
    }
    if "place" in shares:
        told["digits"] = registration.digits
    if "words" in shares and words:
        told["words"] = words
    return json.dumps(told, ensure_ascii=False)


def sheet_of(db: Session, referral: Referral, *, with_reach: bool) -> Sheet:
    """Read the sheet of a referral; `with_reach`: the referral was taken up."""
    fixed = json.loads(unseal(db, referral, "snapshot") or "{}")
    shares = shares_now(db, referral, fixed["shares"])
    told = {share: fixed[share] for share in shares if share in fixed}
    return Sheet(
        first_name=fixed["first_name"] or "",
        language=fixed["language"],
        shares=shares,
        wishes=tuple(told.get("wishes", ())),
        likes=tuple(told.get("likes", ())),
        practical=tuple(told.get("practical", ())),
        times=tuple(told.get("times", ())),
        digits=fixed.get("digits") if "place" in shares else None,
        words=told.get("words", ""),
        reach=_reach(db, referral) if with_reach and "reach" in shares else None,
    )


def first_name_of(db: Session, referral: Referral) -> str:
    """Return the first name on the sheet, which is always told."""
    return json.loads(unseal(db, referral, "snapshot") or "{}")["first_name"] or ""


def shares_now(db: Session, referral: Referral, agreed: Collection[str]) -> tuple[str, ...]:
    """Return what of `agreed` the person still lets this receiver know: the newest word counts."""
    registration = db.get_one(Registration, referral.registration_id)
    newest = consent_for(db, registration, referral.receiver_id)
    return tuple(share for share in agreed if newest and share in newest.shares)


def _reach(db: Session, referral: Referral) -> Reach:
    registration = db.get_one(Registration, referral.registration_id)
    return Reach(
        phone=unseal(db, registration, "phone"),
        email=unseal(db, registration, "email"),
        drop_by_id=registration.drop_by_id,
        shared_phone=registration.shared_phone,
    )

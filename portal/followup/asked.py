"""The partners of one person, as the owner sees them: who has what in hand, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import due_on
from portal.privacy.encryption import unseal
from portal.referral.models import ConsentAsk, Referral, ReferralNote
from portal.referral.party import OWNER, RECEIVER
from portal.referral.queries import referrals_of
from portal.referral.states import OPEN, allowed, may_undo_accept


@dataclass(frozen=True, slots=True)
class Said:
    """What a partner told. `by` is who said it on the phone, "" when they wrote it themselves."""

    at: datetime
    text: str
    by: str
    on: date | None

    def __repr__(self) -> str:
        return f"<Said {self.at}>"


@dataclass(frozen=True, slots=True)
class Asked:
    """A referral. `owner_may` and `partner_may` are the events the table of states allows.

    `due` is the last day of the partner's next move, `late` whether it has passed.
    """

    referral: Referral
    due: date | None
    late: bool
    said: Sequence[Said]
    owner_may: frozenset[str]
    partner_may: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether the partner still has it in hand."""
        return self.referral.state in OPEN


def partners_of(db: Session, registration_id: UUID, *, now: datetime) -> list[Asked]:
    """Return every referral of a person, open ones first, the newest of each first."""
    said = _said(db, registration_id)
    found = [_asked(each, said.get(each.id, []), now) for each in referrals_of(db, registration_id)]
    newest = sorted(found, key=lambda each: each.referral.created_at, reverse=True)
    return sorted(newest, key=lambda each: (not each.is_open, not each.referral.lead))


def asks_of(db: Session, registration_id: UUID) -> Sequence[ConsentAsk]:
    """Return what the person was asked on their own page, the newest first."""
    query = select(ConsentAsk).where(ConsentAsk.registration_id == registration_id)
    return db.scalars(query.order_by(ConsentAsk.asked_at.desc(), ConsentAsk.id)).all()


def _said(db: Session, registration_id: UUID) -> Mapping[UUID, list[Said]]:
    query = select(ReferralNote).where(ReferralNote.registration_id == registration_id)
    found: dict[UUID, list[Said]] = {}
    for row in db.scalars(query.order_by(ReferralNote.at.desc(), ReferralNote.id)):
        told = Said(
            row.at, unseal(db, row, "text") or "", unseal(db, row, "said_by") or "", row.said_on
        )
        found.setdefault(row.referral_id, []).append(told)
    return found


def _asked(referral: Referral, said: Sequence[Said], now: datetime) -> Asked:
    return Asked(
        referral=referral,
        due=_due(referral),
        late=referral.due_at is not None and referral.due_at <= now,
        said=said,
        owner_may=frozenset(row.event for row in allowed(referral.state, OWNER)) | _kept(referral),
        partner_may=tuple(
            row.event
            for row in allowed(referral.state, RECEIVER)
            if row.event != "undo" or may_undo_accept(referral.accepted_at, now)
        ),
    )


def _due(referral: Referral) -> date | None:
    if referral.state == "on_hold":
        return referral.hold_until
    return due_on(referral.due_at) if referral.due_at else None


def _kept(referral: Referral) -> set[str]:
    """What the owner may do that leaves the state as it is."""
    may = set()
    if referral.state in OPEN:
        may.add("told")
        if not referral.lead:
            may.add("lead")
    if referral.state in ("requested", "accepted") and not referral.transfers:
        may.add("introduce")
    return may

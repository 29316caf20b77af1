"""Consent per organisation: read, revoked, given again. A revoked one stays as history (rule 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.registration.happen import PERSON, Actor, write_down
from portal.registration.models import Consent, Registration
from portal.registration.refusals import CaseIsClosedError

# How a consent was given, and who wrote it down.
AS_SAID = ("locale", "method", "interpreter", "recorded_by_id")


@dataclass(frozen=True, slots=True)
class Agreed:
    """Whether one organisation may call and see the answers now, and since when it is so.

    `shares` are codes of what a partner may be told; empty for whoever was named at "check".
    """

    organization_id: UUID
    given: bool
    since: datetime
    shares: tuple[str, ...] = ()


def agreements(db: Session, registration: Registration) -> list[Agreed]:
    """Return the newest word about each organisation, the owner first."""
    newest: dict[UUID, Consent] = {}
    for consent in _history(db, registration):
        newest[consent.organization_id] = consent
    found = [
        Agreed(
            each.organization_id,
            each.revoked_at is None,
            each.revoked_at or each.given_at,
            tuple(each.shares),
        )
        for each in newest.values()
    ]
    return sorted(found, key=lambda agreed: agreed.organization_id != registration.owner_id)


def revoke(
    db: Session,
    registration: Registration,
    organization_id: UUID,
    *,
    now: datetime,
    by: Actor = PERSON,
) -> None:
    """End the consent for one organisation. For the owner that is stopping: call `stop`.

    `by` is the person, with the account that wrote it down when they said it aloud.
    """
    for consent in _history(db, registration):
        if consent.organization_id == organization_id and consent.revoked_at is None:
            consent.revoked_at = now
            data = {"organization": str(organization_id)}
            write_down(db, registration, "consent_revoked", by=by, now=now, data=data)


def give(
    db: Session, registration: Registration, organization_id: UUID, *, locale: str, now: datetime
) -> None:
    """Agree again with an organisation that was agreed with before, under the same text.

    Raises `CaseIsClosedError`: what was ended with the registration stays ended.
    """
    if registration.state == "closed":
        raise CaseIsClosedError
    known = [c for c in _history(db, registration) if c.organization_id == organization_id]
    if not known or known[-1].revoked_at is None:
        return
    _copy(db, known[-1], now=now, locale=locale, method="screen")
    data = {"organization": str(organization_id)}
    write_down(db, registration, "consent_given", by=PERSON, now=now, data=data)


def revoke_all(db: Session, registration: Registration, *, now: datetime) -> None:
    """End every consent at once, as stopping does."""
    for consent in _history(db, registration):
        consent.revoked_at = consent.revoked_at or now


def give_again(
    db: Session, registration: Registration, revoked_at: datetime, *, now: datetime
) -> None:
    """Agree again with everybody whose consent ended at that moment, as going on does.

    What was agreed is taken up again as it was said: aloud, on paper, through whom, to whom. Of
    several with one organisation it is the newest that counts.
    """
    ended = [each for each in _history(db, registration) if each.revoked_at == revoked_at]
    for consent in {each.organization_id: each for each in ended}.values():
        said = {name: getattr(consent, name) for name in AS_SAID}
        _copy(db, consent, now=now, **said)


def _history(db: Session, registration: Registration) -> list[Consent]:
    query = select(Consent).where(Consent.registration_id == registration.id)
    return list(db.scalars(query.order_by(Consent.given_at, Consent.revoked_at.is_(None))))


def _copy(db: Session, consent: Consent, *, now: datetime, **said: Any) -> None:
    db.add(
        Consent(
            registration_id=consent.registration_id,
            organization_id=consent.organization_id,
            shares=consent.shares,
            text_version=consent.text_version,
            given_at=now,
            **said,
        )
    )

"""The person's consent that one more organisation is told about them: asked, answered, noted down.

Consent is for exactly one organisation and for named things (`shares`), with text version,
language, method, time and who recorded it (rule 4). The owner asks; the person answers on their own
page, or says it aloud or on paper and the owner writes that down.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.referral.models import ConsentAsk
from portal.referral.party import as_owner
from portal.referral.refusals import (
    AlreadyAskedError,
    AnsweredAlreadyError,
    NotAgreedError,
    OwnOrganizationError,
    UnknownShareError,
)
from portal.registration.happen import PERSON, Actor, account, write_down
from portal.registration.models import METHODS, Consent, Registration
from portal.registration.refusals import CaseIsClosedError
from portal.registration.tell import tell

# The text that asks whether a partner may be told. A new text is a new version.
PARTNER_TEXT = "2026-11-28-partner"

# First name and language are always told: without them nobody can call anybody. `reach` is number,
# mail address or where the person comes by; `words` what the owner writes along; `case` all of it,
# which only a transfer of ownership needs.
SHARES = ("wishes", "likes", "practical", "times", "place", "reach", "words", "case")
RECORDED_METHODS = tuple(method for method in METHODS if method != "screen")


def consent_for(db: Session, registration: Registration, organization_id: UUID) -> Consent | None:
    """Return the newest consent for exactly this organisation that was not revoked."""
    query = select(Consent).where(
        Consent.registration_id == registration.id,
        Consent.organization_id == organization_id,
        Consent.revoked_at.is_(None),
    )
    return db.scalar(query.order_by(Consent.given_at.desc(), Consent.id).limit(1))


def ask_consent(
    db: Session,
    registration: Registration,
    organization_id: UUID,
    *,
    shares: Collection[str],
    by: Identity,
    now: datetime,
) -> ConsentAsk:
    """Ask the person on their own page, and send them a message that there is a question.

    Raises:
        NotYoursError, CaseIsClosedError, OwnOrganizationError, UnknownShareError: see each.
        AlreadyAskedError: the person has not answered the same question yet.
    """
    asked_by = as_owner(by, registration)
    _check(registration, organization_id)
    if any(ask.organization_id == organization_id for ask in open_asks(db, registration)):
        raise AlreadyAskedError
    return put_question(
        db, registration, organization_id, shares=_known(shares), by=asked_by.actor, now=now
    )


def put_question(
    db: Session,
    registration: Registration,
    organization_id: UUID,
    *,
    shares: Collection[str],
    by: Actor,
    now: datetime,
) -> ConsentAsk:
    """Put a question on the person's own page, and tell them that it is there.

    `by` is the portal when whoever has them, or would take over, has stopped.
    """
    ask = ConsentAsk(
        registration_id=registration.id,
        organization_id=organization_id,
        asked_by_id=by.account_id,
        asked_at=now,
        text_version=PARTNER_TEXT,
        shares=list(shares),
    )
    db.add(ask)
    db.flush()
    data = {"organization": str(organization_id)}
    write_down(db, registration, "consent_asked", by=by, now=now, data=data)
    tell(db, registration, "consent_asked", now=now, data=data)
    return ask


def open_asks(db: Session, registration: Registration) -> Sequence[ConsentAsk]:
    """Return what the person was asked and has not answered, the oldest first."""
    query = select(ConsentAsk).where(
        ConsentAsk.registration_id == registration.id, ConsentAsk.answered_at.is_(None)
    )
    return db.scalars(query.order_by(ConsentAsk.asked_at, ConsentAsk.id)).all()


def answer_ask(
    db: Session,
    registration: Registration,
    ask: ConsentAsk,
    *,
    agreed: bool,
    locale: str,
    now: datetime,
    shares: Collection[str] | None = None,
) -> Consent | None:
    """Keep the person's answer from their own page; `shares` may be less than what was asked.

    Saying no changes nothing about their registration. Raises `AnsweredAlreadyError`,
    `NotAgreedError` for more than was asked, `CaseIsClosedError`.
    """
    if ask.registration_id != registration.id or ask.answered_at is not None:
        raise AnsweredAlreadyError
    wanted = ask.shares if shares is None else _known(shares)
    if not set(wanted) <= set(ask.shares):
        raise NotAgreedError
    _check(registration, ask.organization_id)
    ask.answered_at, ask.agreed = now, agreed
    if not agreed:
        data = {"organization": str(ask.organization_id)}
        write_down(db, registration, "consent_refused", by=PERSON, now=now, data=data)
        return None
    made = Consent(
        organization_id=ask.organization_id,
        shares=wanted,
        text_version=ask.text_version,
        locale=locale,
        method="screen",
    )
    return _give(db, registration, made, by=PERSON, now=now)


def record_consent(
    db: Session,
    registration: Registration,
    organization_id: UUID,
    *,
    shares: Collection[str],
    method: str,
    locale: str,
    by: Identity,
    now: datetime,
    interpreter: str = "nobody",
) -> Consent:
    """Write down what the person said aloud, on the phone or on paper; they get a message of it.

    `locale` is the language in which the text was read or shown, `interpreter` who put it into
    other words.

    Raises:
        NotYoursError, CaseIsClosedError, OwnOrganizationError, UnknownShareError: see each.
        ValueError: `method` is not one that somebody can record for another.
    """
    recorded_by = as_owner(by, registration)
    if method not in RECORDED_METHODS:
        raise ValueError(f"nobody can record consent by {method!r} for somebody else")
    _check(registration, organization_id)
    made = Consent(
        organization_id=organization_id,
        shares=_known(shares),
        text_version=PARTNER_TEXT,
        locale=locale,
        method=method,
        interpreter=interpreter,
        recorded_by_id=recorded_by.account_id,
    )
    _close_asks(db, registration, organization_id, now=now)
    tell(db, registration, "consent_noted", now=now, data={"organization": str(organization_id)})
    return _give(db, registration, made, by=account(by), now=now)


def _close_asks(
    db: Session, registration: Registration, organization_id: UUID, *, now: datetime
) -> None:
    """What was said aloud answers what was asked on the person's own page."""
    for ask in open_asks(db, registration):
        if ask.organization_id == organization_id:
            ask.answered_at, ask.agreed = now, True


def _give(
    db: Session, registration: Registration, consent: Consent, *, by: Actor, now: datetime
) -> Consent:
    consent.registration_id, consent.given_at = registration.id, now
    db.add(consent)
    data = {"organization": str(consent.organization_id)}
    write_down(db, registration, "consent_given", by=by, now=now, data=data)
    db.flush()
    return consent


def _check(registration: Registration, organization_id: UUID) -> None:
    if registration.state == "closed":
        raise CaseIsClosedError
    if organization_id == registration.owner_id:
        raise OwnOrganizationError


def _known(shares: Collection[str]) -> list[str]:
    """The codes in the order of `SHARES`, so that the same agreement always looks the same."""
    if not set(shares) <= set(SHARES):
        raise UnknownShareError
    return [share for share in SHARES if share in shares]

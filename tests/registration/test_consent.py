from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.snapshot import Snapshot
from portal.registration.change import stop, undo_stop
from portal.registration.consent import agreements, give, revoke
from portal.registration.intake import Intake
from portal.registration.models import Consent, Registration, RegistrationEvent
from tests.registration.people import NOW, registered

LATER = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(hours=2)


@pytest.fixture
def sam(db: Session, known: Snapshot) -> Registration:
    """Somebody who agreed that Trudo may call, and who takes over."""
    return registered(db, known)


def test_the_owner_comes_first(db: Session, sam: Registration) -> None:
    first, second = agreements(db, sam)
    assert (first.organization_id, first.given, first.since) == (sam.owner_id, True, NOW)
    assert second.given


def test_a_no_to_who_takes_over_leaves_the_owner(
    db: Session, known: Snapshot, sam: Registration
) -> None:
    revoke(db, sam, known.contacts[sam.fallback_contact_id].organization_id, now=LATER)
    db.flush()
    first, second = agreements(db, sam)
    assert (first.given, second.given, second.since) == (True, False, LATER)
    assert sam.state == "new"


def test_a_yes_again_is_a_new_row_and_the_old_one_stays_as_history(
    db: Session, known: Snapshot, sam: Registration
) -> None:
    organization = known.contacts[sam.fallback_contact_id].organization_id
    revoke(db, sam, organization, now=LATER)
    give(db, sam, organization, locale="tr", now=LATER)
    db.flush()
    assert [agreed.given for agreed in agreements(db, sam)] == [True, True]
    rows = db.scalars(select(Consent).where(Consent.organization_id == organization)).all()
    assert [(row.locale, row.revoked_at is None) for row in rows] == [("nl", False), ("tr", True)]
    told = db.scalars(select(RegistrationEvent.event)).all()
    assert {"consent_revoked", "consent_given"} <= set(told)


def test_of_two_words_at_one_moment_the_one_that_holds_is_the_last(
    db: Session, sam: Registration
) -> None:
    first, _second = agreements(db, sam)
    said = {
        "registration_id": sam.id,
        "organization_id": first.organization_id,
        "given_at": LATER,
        "text_version": "2026-11",
        "locale": "nl",
        "method": "screen",
    }
    # Stored in both orders, because a database without an order gives any.
    for revoked in (None, LATER, None, LATER):
        db.add(Consent(**said, revoked_at=revoked))
        db.flush()
    assert agreements(db, sam)[0].given


def test_nobody_who_was_not_named_can_be_agreed_with(
    db: Session, known: Snapshot, sam: Registration
) -> None:
    stranger = next(row.id for row in known.organizations.values() if row.slug == "randstad")
    give(db, sam, stranger, locale="nl", now=LATER)
    db.flush()
    assert db.scalar(select(func.count()).select_from(Consent)) == 2


def agrees(
    db: Session,
    sam: Registration,
    organization_id: UUID,
    *shares: str,
    by: UUID | None,
    at: datetime = NOW,
) -> None:
    """They said yes on paper, in Arabic, to telling an organisation this."""
    db.add(
        Consent(
            registration_id=sam.id,
            organization_id=organization_id,
            shares=list(shares),
            text_version="2026-11-partner",
            locale="ar",
            method="paper",
            recorded_by_id=by,
            given_at=at,
        )
    )
    db.flush()


def alive(db: Session, organization_id: UUID) -> list[Consent]:
    of = Consent.organization_id == organization_id
    return list(db.scalars(select(Consent).where(of, Consent.revoked_at.is_(None))))


def stops_and_goes_on(db: Session, sam: Registration) -> None:
    stop(db, sam, now=LATER)
    db.flush()
    undo_stop(db, sam, now=AFTER)
    db.flush()


def test_who_goes_on_after_a_stop_agrees_to_what_they_last_agreed_to_and_no_more(
    db: Session, known: Snapshot, sam: Registration, walk_in: Intake
) -> None:
    by = walk_in.recorded_by
    partner = next(row.id for row in known.organizations.values() if row.slug == "randstad")
    agrees(db, sam, partner, "wishes", "reach", "case", by=by)
    agrees(db, sam, partner, "wishes", by=by, at=NOW + timedelta(minutes=1))
    stops_and_goes_on(db, sam)
    (given,) = alive(db, partner)
    assert (given.shares, given.text_version, given.locale) == (["wishes"], "2026-11-partner", "ar")
    # It was said on paper, and counts anew from the moment at which they went on.
    assert (given.method, given.recorded_by_id, given.given_at) == ("paper", by, AFTER)
    assert [each.given for each in agreements(db, sam)] == [True, True, True]


def test_a_no_from_before_a_stop_stays_a_no_when_they_go_on(
    db: Session, known: Snapshot, sam: Registration
) -> None:
    fallback = known.contacts[sam.fallback_contact_id].organization_id
    revoke(db, sam, fallback, now=NOW)
    stops_and_goes_on(db, sam)
    assert alive(db, fallback) == []
    assert len(alive(db, sam.owner_id)) == 1
    first, second = agreements(db, sam)
    assert (first.given, second.given, second.since) == (True, False, NOW)

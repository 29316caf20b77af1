from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.snapshot import Snapshot
from portal.registration.consent import agreements, give, revoke
from portal.registration.models import Consent, Registration, RegistrationEvent
from tests.registration.people import NOW, registered

LATER = NOW + timedelta(hours=1)


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


def test_nobody_who_was_not_named_can_be_agreed_with(
    db: Session, known: Snapshot, sam: Registration
) -> None:
    stranger = next(row.id for row in known.organizations.values() if row.slug == "randstad")
    give(db, sam, stranger, locale="nl", now=LATER)
    db.flush()
    assert db.scalar(select(func.count()).select_from(Consent)) == 2

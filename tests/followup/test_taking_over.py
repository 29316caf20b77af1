"""An owner stays silent: whoever was named is told, sees little, and may take over."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Membership
from portal.catalogue.models import Contact
from portal.followup.record import record_attempt
from portal.followup.taking_over import Silence, named_for, silences, take_over
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.registration.change import say_nobody_called
from portal.registration.consent import revoke
from portal.registration.models import Registration
from portal.registration.visible import cases_of
from tests.referral.town import WEDNESDAY, Town, a_registration, build_town
from tests.support.clock import amsterdam
from tests.support.tick import tick

DUE = date(2026, 11, 20)
LATER = WEDNESDAY + timedelta(days=20)


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)


@pytest.fixture
def late(db: Session, town: Town) -> Registration:
    """Somebody who was promised a call and got none."""
    registration = a_registration(db, town)
    registration.state, registration.promised_on = "new", DUE
    registration.next_action_at = amsterdam("2026-11-21T00:00")
    db.flush()
    return registration


def told(db: Session, kind: str) -> set[str | None]:
    found = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind))
    return {unseal(db, each, "recipient") for each in found}


def test_nothing_is_seen_before_they_were_told_and_then_a_state_and_days(
    db: Session, town: Town, late: Registration
) -> None:
    neighbours = town.neighbours.handler
    assert silences(db, neighbours, now=LATER) == []
    tick(db, LATER)
    (found,) = silences(db, neighbours, now=LATER)
    assert (found.registration_id, found.state, found.promised_on) == (late.id, "new", DUE)
    assert (found.owner, found.contact, found.said_so) == ("Thuis", "Sanne", False)
    assert {each.name for each in fields(Silence)} == {
        "registration_id", "state", "promised_on", "waiting_since",
        "owner", "contact", "phone", "said_so",
    }  # fmt: skip


def test_nobody_but_who_was_named_sees_it(db: Session, town: Town, late: Registration) -> None:
    tick(db, LATER)
    for office in (town.owner, town.coach, town.guide):
        assert silences(db, office.handler, now=LATER) == []
        assert late not in db.scalars(named_for(office.coordinator)).all()


def test_who_said_that_nobody_called_is_seen_at_once(
    db: Session, town: Town, late: Registration
) -> None:
    day_after = amsterdam("2026-11-21T09:00")
    say_nobody_called(db, late, spoken=False, now=day_after)
    (found,) = silences(db, town.neighbours.handler, now=day_after)
    assert found.said_so


def test_who_stands_in_for_who_was_named_hears_that_nobody_called(
    db: Session, town: Town, late: Registration
) -> None:
    day_after = amsterdam("2026-11-21T09:00")
    named = db.get_one(Contact, town.neighbours.contact_id)
    named.absent_from, named.deputy_id = date(2026, 11, 21), _colleague(db, named).id
    db.flush()
    say_nobody_called(db, late, spoken=False, now=day_after)
    assert told(db, "nobody_called") == {"mo@buurt.example"}


def _colleague(db: Session, of: Contact) -> Contact:
    row = Contact(
        id=uuid4(),
        slug="buurt-mo",
        organization_id=of.organization_id,
        first_name="Mo",
        words={},
        phone="+31401234502",
        email="mo@buurt.example",
        languages=["nl"],
    )
    db.add(row)
    db.flush()
    return row


def test_a_call_of_the_owner_ends_it(db: Session, town: Town, late: Registration) -> None:
    tick(db, LATER)
    record_attempt(db, late, "reached", by=town.owner.handler, now=LATER)
    assert silences(db, town.neighbours.handler, now=LATER) == []


def test_a_consent_that_was_taken_back_ends_it(db: Session, town: Town, late: Registration) -> None:
    tick(db, LATER)
    revoke(db, late, town.neighbours.id, now=LATER)
    assert silences(db, town.neighbours.handler, now=LATER) == []


@pytest.mark.parametrize("state", ["new", "picked_up", "waiting"])
def test_taking_over_makes_it_their_case_with_a_day_of_their_own(
    db: Session, town: Town, late: Registration, state: str
) -> None:
    late.state, late.resume_state = state, "picked_up" if state == "waiting" else None
    tick(db, LATER)
    waited = late.waiting_since
    heir = take_over(db, late, town.neighbours.handler, now=LATER)
    assert (late.owner_id, late.contact_id) == (town.neighbours.id, heir.id)
    assert late.state == ("new" if state == "new" else "picked_up")
    assert late.promised_on == date(2026, 12, 10)
    assert late.waiting_since == waited
    assert late in db.scalars(cases_of(town.neighbours.handler)).all()
    assert late not in db.scalars(cases_of(town.owner.handler)).all()
    assert silences(db, town.neighbours.handler, now=LATER) == []


def test_the_person_and_who_had_them_hear_of_it(
    db: Session, town: Town, late: Registration
) -> None:
    tick(db, LATER)
    take_over(db, late, town.neighbours.handler, now=LATER)
    assert len(told(db, "other_owner")) == 1
    assert told(db, "silence_ended") == {"handler@thuis.example", "coordinator@thuis.example"}


def test_who_takes_over_calls_if_they_are_a_contact_there_else_who_was_named(
    db: Session, town: Town, late: Registration
) -> None:
    tick(db, LATER)
    for membership in db.scalars(select(Membership)):
        membership.contact_id = None
    assert take_over(db, late, town.neighbours.coordinator, now=LATER).id == late.contact_id
    assert late.contact_id == town.neighbours.contact_id

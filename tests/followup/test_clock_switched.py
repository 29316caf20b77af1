"""What the clock sees to after somebody was switched off, and what it leaves to people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.referral.consent import answer_ask, open_asks
from portal.referral.models import PartnerLink, Referral
from portal.registration.change import say_nobody_called
from portal.registration.consent import revoke
from portal.registration.fallback import fallback_of
from portal.registration.models import Registration
from tests.followup.leaving import a_colleague, asked, belongs_to, lost, organization_off, told
from tests.referral.town import PHONE, WEDNESDAY, Town, a_registration, build_town
from tests.support.tick import tick

LATER = WEDNESDAY + timedelta(minutes=5)


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)


def off(db: Session, *rows: Contact | Organization) -> None:
    """Off as a pack does it: nobody has seen to the people."""
    for row in rows:
        row.active = False
    db.flush()


def test_what_came_in_at_the_same_moment_is_seen_to(db: Session, town: Town) -> None:
    people = [belongs_to(db, town, town.coach), asked(db, town, "accepted")]
    off(db, db.get_one(Organization, town.coach.id))
    assert lost(db, town) != []
    tick(db, LATER)
    assert isinstance(people[0], Registration)
    assert people[0].owner_id == town.neighbours.id
    assert isinstance(people[1], Referral)
    assert people[1].state == "cancelled"
    assert lost(db, town) == []


def test_a_contact_whom_a_pack_left_out_loses_nobody(db: Session, town: Town) -> None:
    row, referral = a_registration(db, town), asked(db, town, "requested")
    mo, eva = a_colleague(db, town.owner), a_colleague(db, town.coach, "Eva")
    off(db, *(db.get_one(Contact, each.contact_id) for each in (town.owner, town.coach)))
    tick(db, LATER)
    assert (row.contact_id, referral.contact_id) == (mo.id, eva.id)
    links = select(PartnerLink.expires_at).where(PartnerLink.referral_id == referral.id)
    assert sorted(at > LATER for at in db.scalars(links)) == [False, True]
    assert told(db, "people_came") == [mo.email] * 2
    assert lost(db, town) == []


def test_whose_people_nobody_else_can_have_goes_to_whom_they_agreed_with(
    db: Session, town: Town
) -> None:
    row = a_registration(db, town)
    off(db, db.get_one(Contact, town.owner.contact_id))
    tick(db, LATER)
    assert row.owner_id == town.neighbours.id


def test_a_yes_on_their_own_page_brings_them_to_whom_they_agreed_with(
    db: Session, town: Town
) -> None:
    row = belongs_to(db, town, town.coach)
    revoke(db, row, town.neighbours.id, now=WEDNESDAY)
    organization_off(db, town.coach)
    assert tick(db, LATER).did["brought_home"] == 0
    assert row.owner_id == town.coach.id
    [ask] = open_asks(db, row)
    answer_ask(db, row, ask, agreed=True, locale="ar", now=LATER)
    tick(db, LATER)
    assert row.owner_id == town.neighbours.id
    assert told(db, "other_owner") == [PHONE]
    assert lost(db, town) == []


def test_a_no_is_a_no_and_is_not_asked_again(db: Session, town: Town) -> None:
    row = belongs_to(db, town, town.coach)
    revoke(db, row, town.neighbours.id, now=WEDNESDAY)
    organization_off(db, town.coach)
    [ask] = open_asks(db, row)
    answer_ask(db, row, ask, agreed=False, locale="ar", now=LATER)
    tick(db, LATER)
    assert row.owner_id == town.coach.id
    assert open_asks(db, row) == []
    assert told(db, "consent_asked") == [PHONE]


def test_who_takes_over_is_named_anew_once_the_person_said_yes(db: Session, town: Town) -> None:
    row, bea = a_registration(db, town), a_colleague(db, town.guide, "Bea")
    organization_off(db, town.neighbours, instead=bea)
    assert tick(db, LATER).did["fallback_found"] == 0
    [ask] = open_asks(db, row)
    answer_ask(db, row, ask, agreed=True, locale="ar", now=LATER)
    tick(db, LATER)
    found = fallback_of(db, row)
    assert found
    assert found.organization_id == town.guide.id
    assert row.owner_id == town.owner.id


def test_a_fallback_who_is_off_hears_nothing(db: Session, town: Town) -> None:
    row = a_registration(db, town)
    organization_off(db, town.neighbours, instead=a_colleague(db, town.guide, "Bea"))
    row.next_action_at = WEDNESDAY - timedelta(days=20)
    db.flush()
    tick(db, LATER)
    assert told(db, "fallback_overdue") == []


def test_nobody_called_is_told_to_the_coordinators_while_nobody_takes_over(
    db: Session, town: Town
) -> None:
    row = a_registration(db, town)
    organization_off(db, town.neighbours, instead=a_colleague(db, town.guide, "Bea"))
    say_nobody_called(db, row, spoken=False, now=WEDNESDAY + timedelta(days=20))
    assert told(db, "nobody_called") == ["coordinator@thuis.example"]


def test_a_second_tick_changes_nothing(db: Session, town: Town) -> None:
    belongs_to(db, town, town.coach)
    asked(db, town, "in_progress")
    off(db, db.get_one(Organization, town.coach.id))
    tick(db, LATER)
    db.flush()
    assert not any(tick(db, LATER).did.values())

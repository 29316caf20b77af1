"""Switching off an organisation: with any number of people in hand nobody is lost (rule 11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization, Programme
from portal.catalogue.snapshot import load_snapshot
from portal.clock import amsterdam_day
from portal.followup import affected, switch_organization
from portal.followup.switch_refusals import (
    ChangedMeanwhileError,
    DoesNotFitError,
    LastOneError,
    OffAlreadyError,
    StillNeededError,
)
from portal.referral.consent import answer_ask, open_asks, record_consent
from portal.referral.models import Referral
from portal.referral.queries import referrals_of
from portal.referral.refusals import NotYoursError
from portal.registration.consent import revoke
from portal.registration.fallback import fallback_of
from portal.registration.models import Registration
from portal.registration.visible import cases_of
from tests.followup.leaving import a_colleague, asked, belongs_to, lost, organization_off, told
from tests.referral.town import PHONE, WEDNESDAY, Town, a_registration, agree, build_town

FAR = ("requested", "accepted", "in_progress", "on_hold")


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)


def of(db: Session, referral: Referral) -> Registration:
    return db.get_one(Registration, referral.registration_id)


def test_with_12_in_hand_nobody_is_lost(db: Session, town: Town) -> None:
    referrals = [asked(db, town, FAR[each % 4]) for each in range(9)]
    own = [belongs_to(db, town, town.coach, state=state) for state in ("new", "active", "waiting")]
    coach = db.get_one(Organization, town.coach.id)
    shown = affected.by_organization(db, coach)
    assert (shown.people, shown.own, shown.back) == (12, 3, {"Thuis": 9})
    assert (shown.goes_to, shown.asked) == ({"Buurt": 3}, 0)
    organization_off(db, town.coach)
    assert not coach.active
    for referral in referrals:
        row = of(db, referral)
        assert row.came_back
        assert (row.owner_id, row.next_action) == (town.owner.id, "choose_partner")
    assert {row.owner_id for row in own} == {town.neighbours.id}
    assert {row.next_action for row in own} == {"call"}
    assert len(told(db, "partner_ended")) == 9
    assert told(db, "other_owner") == [PHONE] * 3
    assert len(told(db, "referral_back")) == 9
    assert told(db, "people_came") == ["handler@buurt.example"]
    assert lost(db, town) == []


@pytest.mark.parametrize(
    ("far", "ends"),
    [
        ("requested", ("cancelled", "switched_off", "picked_up")),
        ("accepted", ("cancelled", "switched_off", "picked_up")),
        ("in_progress", ("failed", "stopped_offering", "active")),
        ("on_hold", ("failed", "stopped_offering", "active")),
    ],
)
def test_a_referral_ends_as_the_table_of_states_allows(
    db: Session, town: Town, far: str, ends: tuple[str, str, str]
) -> None:
    referral = asked(db, town, far)
    organization_off(db, town.coach)
    assert (referral.state, referral.reason, of(db, referral).state) == ends


def test_who_is_with_another_partner_too_stays_there(db: Session, town: Town) -> None:
    referral = asked(db, town, "accepted")
    agree(db, town, of(db, referral), town.guide)
    other = asked(db, town, "requested", to=town.guide)
    organization_off(db, town.coach)
    assert other.state == "requested"


@pytest.mark.parametrize(
    ("far", "ends"),
    [("requested", "cancelled"), ("accepted", "completed"), ("in_progress", "completed")],
)
def test_what_the_new_owner_was_asked_before_becomes_its_own_work(
    db: Session, town: Town, far: str, ends: str
) -> None:
    referral = asked(db, town, far, to=town.neighbours)
    organization_off(db, town.owner)
    row = of(db, referral)
    assert (row.owner_id, row.next_action) == (town.neighbours.id, "call")
    assert referral.state == ends
    assert row.state == ("active" if far == "in_progress" else "picked_up")
    assert not row.came_back
    assert lost(db, town) == []


def test_own_people_go_to_whom_they_agreed_with_and_are_seen_there_at_once(
    db: Session, town: Town
) -> None:
    row = belongs_to(db, town, town.coach)
    organization_off(db, town.coach)
    assert row in set(db.scalars(cases_of(town.neighbours.handler)))
    assert row not in set(db.scalars(cases_of(town.coach.handler)))
    assert row.promised_on == amsterdam_day(WEDNESDAY) + timedelta(days=2)


def test_aftercare_goes_on_as_it_was_planned(db: Session, town: Town) -> None:
    row = belongs_to(db, town, town.coach, state="aftercare")
    row.next_action, planned = "check", row.next_action_at
    organization_off(db, town.coach)
    assert (row.owner_id, row.state) == (town.neighbours.id, "aftercare")
    assert (row.next_action, row.next_action_at) == ("check", planned)


def test_whoever_agreed_with_nobody_else_is_asked_and_stays_until_they_answer(
    db: Session, town: Town
) -> None:
    row = belongs_to(db, town, town.coach)
    revoke(db, row, town.neighbours.id, now=WEDNESDAY)
    db.flush()
    coach = db.get_one(Organization, town.coach.id)
    assert affected.by_organization(db, coach).asked == 1
    due = row.next_action_at
    organization_off(db, town.coach)
    assert (row.owner_id, row.next_action_at) == (town.coach.id, due)
    assert [ask.organization_id for ask in open_asks(db, row)] == [town.neighbours.id]
    assert told(db, "consent_asked") == [PHONE]
    assert told(db, "people_came") == []
    assert row not in set(db.scalars(cases_of(town.neighbours.handler)))
    assert row in set(db.scalars(cases_of(town.coach.handler)))
    assert lost(db, town) == []


def test_a_landlord_who_need_not_know_is_never_asked_about(db: Session, town: Town) -> None:
    row = belongs_to(db, town, town.coach)
    row.landlord_id, row.landlord_hidden = town.owner.id, True
    programme = db.get_one(Programme, town.programme_id)
    programme.fallback_contact_id = town.owner.contact_id
    revoke(db, row, town.neighbours.id, now=WEDNESDAY)
    organization_off(db, town.coach)
    assert [ask.organization_id for ask in open_asks(db, row)] == [town.neighbours.id]


def test_a_yes_said_beforehand_counts(db: Session, town: Town) -> None:
    row = belongs_to(db, town, town.coach)
    revoke(db, row, town.neighbours.id, now=WEDNESDAY)
    record_consent(
        db,
        row,
        town.guide.id,
        shares=("case",),
        method="phone",
        locale="ar",
        by=town.coach.handler,
        now=WEDNESDAY,
    )
    organization_off(db, town.coach)
    assert row.owner_id == town.guide.id
    assert open_asks(db, row) == []


def test_a_yes_to_less_than_the_whole_case_does_not_count(db: Session, town: Town) -> None:
    row = belongs_to(db, town, town.coach)
    revoke(db, row, town.neighbours.id, now=WEDNESDAY)
    record_consent(
        db,
        row,
        town.guide.id,
        shares=("wishes", "reach"),
        method="phone",
        locale="ar",
        by=town.coach.handler,
        now=WEDNESDAY,
    )
    organization_off(db, town.coach)
    assert row.owner_id == town.coach.id


def test_who_would_take_over_is_asked_about_anew(db: Session, town: Town) -> None:
    row = a_registration(db, town)
    bea = a_colleague(db, town.guide, "Bea")
    organization_off(db, town.neighbours, instead=bea)
    assert row.owner_id == town.owner.id
    assert fallback_of(db, row) is None
    [ask] = open_asks(db, row)
    assert (ask.organization_id, ask.asked_by_id) == (town.guide.id, None)
    assert row not in set(db.scalars(cases_of(town.guide.handler)))
    answer_ask(db, row, ask, agreed=True, locale="ar", now=WEDNESDAY)


def test_nobody_new_meets_it_and_its_history_stays(db: Session, town: Town) -> None:
    referral = asked(db, town, "accepted")
    before = load_snapshot(db)
    organization_off(db, town.coach)
    after = load_snapshot(db)
    assert after.version == before.version + 1
    assert after.organization("werk") is None
    assert after.organizations[town.coach.id].name == "Werk"
    case = db.get_one(Registration, referral.registration_id)
    assert case in set(db.scalars(cases_of(town.owner.handler)))
    assert referral in referrals_of(db, case.id)


def test_a_programme_that_falls_back_on_it_needs_another_first(db: Session, town: Town) -> None:
    with pytest.raises(StillNeededError):
        organization_off(db, town.neighbours)


def test_the_operator_names_another_that_fits(db: Session, town: Town) -> None:
    organization_off(db, town.neighbours, instead=db.get_one(Contact, town.guide.contact_id))
    programme = db.get_one(Programme, town.programme_id)
    assert programme.last_resort_contact_id == town.guide.contact_id
    assert programme.alternative_contact_id == town.guide.contact_id
    assert "last_resort_contact_id" in programme.kept


@pytest.mark.parametrize("who", ["a landlord", "about rent", "switched off", "themselves"])
def test_nobody_unfit_is_named_instead(db: Session, town: Town, who: str) -> None:
    office = {"a landlord": town.owner, "themselves": town.neighbours}.get(who, town.guide)
    unfit = {"about rent": {"handles_rent": True}, "switched off": {"active": False}}.get(who, {})
    someone = a_colleague(db, office, "Kees", **unfit)
    with pytest.raises(DoesNotFitError), db.begin_nested():
        organization_off(db, town.neighbours, instead=someone)


def test_what_is_confirmed_is_what_was_shown(db: Session, town: Town) -> None:
    coach = db.get_one(Organization, town.coach.id)
    seen = affected.by_organization(db, coach).seal
    asked(db, town, "requested")
    with pytest.raises(ChangedMeanwhileError):
        switch_organization.switch_off(
            db, coach, seen=seen, by=town.coach.coordinator, now=WEDNESDAY
        )


def test_only_its_coordinator_or_the_operator_switches(db: Session, town: Town) -> None:
    coach = db.get_one(Organization, town.coach.id)
    seen = affected.by_organization(db, coach).seal
    for stranger in (town.coach.handler, town.owner.coordinator):
        with pytest.raises(NotYoursError):
            switch_organization.switch_off(db, coach, seen=seen, by=stranger, now=WEDNESDAY)
    switch_organization.switch_off(db, coach, seen=seen, by=None, now=WEDNESDAY)


def test_on_again_is_simple_and_needs_somebody_who_calls(db: Session, town: Town) -> None:
    organization_off(db, town.coach)
    with pytest.raises(OffAlreadyError):
        organization_off(db, town.coach)
    coach, sanne = db.get_one(Organization, town.coach.id), town.coach.contact_id
    db.get_one(Contact, sanne).active = False
    with pytest.raises(LastOneError):
        switch_organization.switch_on(db, coach, by=town.coach.coordinator, now=WEDNESDAY)
    db.get_one(Contact, sanne).active = True
    switch_organization.switch_on(db, coach, by=None, now=WEDNESDAY)
    assert load_snapshot(db).organization("werk")


def test_nothing_is_lost_of_what_is_asked(db: Session, town: Town) -> None:
    asked(db, town, "accepted")
    organization_off(db, town.coach)
    assert len(db.scalars(select(Referral)).all()) == 1

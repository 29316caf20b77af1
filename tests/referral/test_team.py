"""Several partners at once with one lead, and a warm handover."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.referral.answer import accept, decline
from portal.referral.ask import Ask
from portal.referral.lead import name_lead
from portal.referral.party import as_owner
from portal.referral.refer import plan_introduction
from portal.registration.models import Registration
from portal.registration.refusals import WrongDayError
from portal.registration.states import WrongActorError, WrongStateError
from tests.referral.town import (
    WEDNESDAY,
    Town,
    a_referral,
    a_registration,
    agree,
    receiver_of,
    send,
)
from tests.support.clock import amsterdam

TOMORROW = WEDNESDAY.date() + timedelta(days=1)


def test_several_partners_work_as_one_team_with_one_lead(db: Session, town: Town) -> None:
    first = a_referral(db, town)
    registration = db.get_one(Registration, first.registration_id)
    second = a_referral(db, town, to=town.guide, registration=registration)
    assert (first.lead, second.lead) == (True, False)
    assert registration.state == "referred"
    name_lead(db, second, by=as_owner(town.owner.handler, registration), now=WEDNESDAY)
    db.flush()
    assert (first.lead, second.lead) == (False, True)


def test_a_later_partner_can_lead_from_the_start(db: Session, town: Town) -> None:
    first = a_referral(db, town)
    registration = db.get_one(Registration, first.registration_id)
    second = a_referral(db, town, to=town.guide, registration=registration, lead=True)
    assert (first.lead, second.lead) == (False, True)


def test_when_the_lead_ends_the_oldest_of_the_others_leads(db: Session, town: Town) -> None:
    first = a_referral(db, town)
    registration = db.get_one(Registration, first.registration_id)
    second = a_referral(db, town, to=town.guide, registration=registration)
    decline(db, first, "full", by=receiver_of(town, first), now=WEDNESDAY)
    db.flush()
    assert second.lead


def test_only_the_owner_names_the_lead_and_only_of_what_is_open(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    with pytest.raises(WrongActorError):
        name_lead(db, referral, by=receiver_of(town, referral), now=WEDNESDAY)
    decline(db, referral, "full", by=receiver_of(town, referral), now=WEDNESDAY)
    with pytest.raises(WrongStateError):
        name_lead(db, referral, by=as_owner(town.owner.handler, registration), now=WEDNESDAY)


@pytest.mark.parametrize(
    ("warm", "day"),
    [
        (False, TOMORROW),
        (True, TOMORROW - timedelta(days=2)),
        (True, TOMORROW + timedelta(days=92)),
    ],
)
def test_an_introduction_is_for_a_warm_handover_on_a_day_ahead(
    db: Session, town: Town, *, warm: bool, day: date
) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach)
    ask = Ask(town.coach.id, warm=warm, introduction_on=day)
    with pytest.raises(WrongDayError):
        send(db, town, registration, ask)
    send(db, town, registration, replace(ask, warm=True, introduction_on=TOMORROW))


def test_an_introduction_can_be_planned_later_by_the_owner_alone(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    owner = as_owner(town.owner.handler, db.get_one(Registration, referral.registration_id))
    with pytest.raises(WrongActorError):
        plan_introduction(db, referral, TOMORROW, by=receiver_of(town, referral), now=WEDNESDAY)
    plan_introduction(db, referral, TOMORROW, by=owner, now=WEDNESDAY)
    assert (referral.warm, referral.introduction_on) == (True, TOMORROW)


def test_a_partner_who_meets_the_person_later_has_until_that_day(db: Session, town: Town) -> None:
    far = TOMORROW + timedelta(days=20)
    referral = a_referral(db, town, warm=True)
    owner = as_owner(town.owner.handler, db.get_one(Registration, referral.registration_id))
    plan_introduction(db, referral, far, by=owner, now=WEDNESDAY)
    accept(db, referral, by=receiver_of(town, referral), now=WEDNESDAY)
    assert referral.due_at == amsterdam(f"{far + timedelta(days=1)}T00:00")

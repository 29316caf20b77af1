"""What a receiver answers: yes, no because …, and "that was a mistake"."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.answer import accept, decline, undo
from portal.referral.party import BY_LINK, as_told
from portal.referral.queries import events_of
from portal.referral.reasons import DECLINE
from portal.referral.refusals import TooLateToUndoError, UndoneTooOftenError, WrongReasonError
from portal.referral.visible import Depth, depth_for_receiver
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.refusals import NotAColleagueError
from portal.registration.states import WrongStateError
from tests.referral.town import PHONE, WEDNESDAY, Town, a_referral, receiver_of
from tests.support.clock import amsterdam

DAY = timedelta(days=1)


def messages(db: Session, kind: str) -> list[OutboxMessage]:
    return list(db.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)))


def test_yes_gives_five_working_days_to_call_and_tells_the_person(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=receiver_of(town, referral), now=WEDNESDAY)
    assert referral.due_at == amsterdam("2026-11-26T00:00")
    registration = db.get_one(Registration, referral.registration_id)
    assert registration.next_action == "await_contact"
    assert registration.next_action_at == referral.due_at
    (told,) = messages(db, "partner_accepted")
    assert unseal(db, told, "recipient") == PHONE
    assert told.data == {
        "referral": str(referral.id),
        "organization": str(town.coach.id),
        "contact": str(town.coach.contact_id),
    }


def test_until_yes_the_receiver_does_not_see_how_to_reach_the_person(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    db.flush()
    assert depth_for_receiver(db, referral, now=WEDNESDAY) == Depth.SHEET
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    db.flush()
    assert depth_for_receiver(db, referral, now=WEDNESDAY) == Depth.SHEET_AND_REACH
    undo(db, referral, by=BY_LINK, now=WEDNESDAY)
    db.flush()
    assert depth_for_receiver(db, referral, now=WEDNESDAY) == Depth.SHEET


@pytest.mark.parametrize(("reason", "step"), sorted(DECLINE.items()))
def test_no_puts_the_person_back_with_the_next_step_of_its_reason(
    db: Session, town: Town, reason: str, step: str
) -> None:
    referral = a_referral(db, town)
    decline(db, referral, reason, by=receiver_of(town, referral), now=WEDNESDAY)
    registration = db.get_one(Registration, referral.registration_id)
    assert (registration.state, registration.came_back) == ("picked_up", True)
    assert registration.next_action == step
    assert registration.next_action_at == amsterdam("2026-11-21T00:00")
    assert (referral.state, referral.reason) == ("rejected", reason)


@pytest.mark.parametrize("reason", ["", "not_eligible", "by_mistake"])
def test_no_without_a_reason_of_its_own_is_refused(db: Session, town: Town, reason: str) -> None:
    referral = a_referral(db, town)
    with pytest.raises(WrongReasonError):
        decline(db, referral, reason, by=BY_LINK, now=WEDNESDAY)
    assert referral.state == "requested"


def test_a_no_is_told_to_the_person_and_to_the_owner_s_contact(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    decline(db, referral, "full", by=BY_LINK, now=WEDNESDAY)
    (person,), (owner,) = messages(db, "partner_ended"), messages(db, "referral_back")
    assert unseal(db, person, "recipient") == PHONE
    assert unseal(db, owner, "recipient") == "handler@thuis.example"
    assert owner.data["reason"] == "full"
    assert person.data["by"] == "2026-11-20"


def test_a_no_of_one_leaves_the_others_at_work(db: Session, town: Town) -> None:
    first = a_referral(db, town)
    registration = db.get_one(Registration, first.registration_id)
    second = a_referral(db, town, to=town.guide, registration=registration)
    decline(db, first, "full", by=BY_LINK, now=WEDNESDAY)
    assert (registration.state, registration.came_back) == ("referred", True)
    decline(db, second, "full", by=BY_LINK, now=WEDNESDAY)
    assert (registration.state, registration.came_back) == ("picked_up", True)
    back = select(RegistrationEvent).where(RegistrationEvent.event == "came_back")
    assert db.scalars(back).one().actor == "partner"


def test_a_yes_can_be_taken_back_for_24_hours(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    with pytest.raises(TooLateToUndoError):
        undo(db, referral, by=BY_LINK, now=WEDNESDAY + DAY + timedelta(seconds=1))
    undo(db, referral, by=BY_LINK, now=WEDNESDAY + DAY)
    assert (referral.state, referral.accepted_at) == ("requested", None)
    assert referral.respond_by == amsterdam("2026-11-24T00:00")
    assert referral.lapses_at == amsterdam("2026-11-26T00:00")
    registration = db.get_one(Registration, referral.registration_id)
    assert registration.next_action_at == referral.respond_by


def test_a_yes_that_was_undone_twice_stands(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    for _time in range(2):
        accept(db, referral, by=BY_LINK, now=WEDNESDAY)
        undo(db, referral, by=BY_LINK, now=WEDNESDAY)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    with pytest.raises(UndoneTooOftenError):
        undo(db, referral, by=BY_LINK, now=WEDNESDAY)
    assert referral.state == "accepted"


def test_a_yes_after_an_undo_is_no_second_message(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    undo(db, referral, by=BY_LINK, now=WEDNESDAY)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    assert len(messages(db, "partner_accepted")) == 1


def test_whoever_never_heard_of_the_first_yes_hears_of_the_second(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    undo(db, referral, by=BY_LINK, now=WEDNESDAY)
    (first,) = messages(db, "partner_accepted")
    first.state = "dropped"
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    assert sorted(each.state for each in messages(db, "partner_accepted")) == ["dropped", "waiting"]


def test_answering_twice_is_refused_and_changes_nothing(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    events = len(events_of(db, referral.id))
    with pytest.raises(WrongStateError):
        accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    with pytest.raises(WrongStateError):
        decline(db, referral, "full", by=BY_LINK, now=WEDNESDAY)
    assert len(events_of(db, referral.id)) == events


def test_a_colleague_may_take_it_up_but_nobody_from_elsewhere(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    with pytest.raises(NotAColleagueError):
        accept(db, referral, by=BY_LINK, now=WEDNESDAY, contact_id=town.guide.contact_id)
    assert (referral.state, referral.contact_id) == ("requested", town.coach.contact_id)


def test_what_was_said_on_the_phone_counts_as_the_receiver_s_and_names_who_wrote_it_down(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    accept(db, referral, by=as_told(town.owner.handler, registration), now=WEDNESDAY)
    last = events_of(db, referral.id)[-1]
    assert referral.state == "accepted"
    assert {each.way for each in events_of(db, referral.id)} == {"account", "told"}
    assert last.account_id == town.owner.handler.account_id

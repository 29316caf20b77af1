"""Closing a service: who was taken up goes on, who was only asked for is with the owner again."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal.catalogue.models import Service
from portal.catalogue.snapshot import load_snapshot
from portal.followup import affected, switch_service
from portal.followup.clock_switched import see_to_referral, with_nobody_there
from portal.followup.switch_refusals import ChangedMeanwhileError, OffAlreadyError
from portal.referral.ask import Ask
from portal.referral.models import Referral
from portal.referral.party import as_owner
from portal.referral.refer import refer
from portal.referral.refusals import NotYoursError, WrongServiceError
from portal.registration.models import Registration
from tests.followup.leaving import asked, told
from tests.referral.town import WEDNESDAY, Town, a_registration, agree, build_town


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)


def service_of(db: Session, town: Town) -> Service:
    return db.get_one(Service, town.coach.service_id)


def for_it(db: Session, town: Town, far: str) -> Referral:
    """Somebody was asked for who should take part in it, and it has come this far."""
    referral = asked(db, town, far)
    referral.service_id = town.coach.service_id
    db.flush()
    return referral


def close(db: Session, town: Town) -> None:
    """Close it, as its coordinator does who has seen who is affected."""
    service = service_of(db, town)
    seen = affected.by_service(db, service).seal
    switch_service.switch_off(db, service, seen=seen, by=town.coach.coordinator, now=WEDNESDAY)
    db.flush()


@pytest.mark.parametrize("far", ["accepted", "in_progress", "on_hold"])
def test_who_was_taken_up_goes_on(db: Session, town: Town, far: str) -> None:
    running = for_it(db, town, far)
    assert switch_service.going_on(db, service_of(db, town)) == 1
    assert affected.by_service(db, service_of(db, town)).back == {}
    close(db, town)
    assert running.state == far
    assert told(db, "referral_retracted") == told(db, "partner_ended") == []


def test_who_waits_for_an_answer_is_with_the_owner_again_and_everybody_is_told(
    db: Session, town: Town
) -> None:
    waiting, elsewhere = for_it(db, town, "requested"), asked(db, town, "requested")
    assert affected.by_service(db, service_of(db, town)).back == {"Thuis": 1}
    assert switch_service.going_on(db, service_of(db, town)) == 0
    close(db, town)
    assert (waiting.state, waiting.reason) == ("cancelled", "switched_off")
    row = db.get_one(Registration, waiting.registration_id)
    assert (row.state, row.next_action, row.came_back) == ("picked_up", "choose_partner", True)
    assert elsewhere.state == "requested"
    for kind in ("partner_ended", "referral_back", "referral_retracted"):
        assert len(told(db, kind)) == 1, kind


def test_nobody_new_is_asked_for_until_it_is_open_again(db: Session, town: Town) -> None:
    row = a_registration(db, town)
    agree(db, town, row, town.coach)
    ask, by = (
        Ask(town.coach.id, service_id=town.coach.service_id),
        as_owner(town.owner.handler, row),
    )
    close(db, town)
    assert load_snapshot(db).service("werk-koken") is None
    with pytest.raises(WrongServiceError):
        refer(db, row, ask, by=by, now=WEDNESDAY)
    with pytest.raises(OffAlreadyError):
        close(db, town)
    switch_service.switch_on(db, service_of(db, town), by=town.coach.coordinator, now=WEDNESDAY)
    assert refer(db, row, ask, by=by, now=WEDNESDAY).state == "requested"


def test_who_came_meanwhile_is_shown_before_it_closes(db: Session, town: Town) -> None:
    service = service_of(db, town)
    seen = affected.by_service(db, service).seal
    waiting = for_it(db, town, "requested")
    with pytest.raises(ChangedMeanwhileError):
        switch_service.switch_off(db, service, seen=seen, by=town.coach.coordinator, now=WEDNESDAY)
    assert service.active
    assert waiting.state == "requested"


def test_what_a_pack_closed_is_seen_to_by_the_clock(db: Session, town: Town) -> None:
    waiting, running = for_it(db, town, "requested"), for_it(db, town, "accepted")
    assert db.scalars(with_nobody_there(WEDNESDAY)).all() == []
    service_of(db, town).active = False
    db.flush()
    assert db.scalars(with_nobody_there(WEDNESDAY)).all() == [waiting]
    assert see_to_referral(db, waiting, WEDNESDAY)
    assert (waiting.state, waiting.reason) == ("cancelled", "switched_off")
    assert running.state == "accepted"


def test_only_its_own_coordinator_closes_it(db: Session, town: Town) -> None:
    with pytest.raises(NotYoursError):
        switch_service.switch_off(
            db, service_of(db, town), seen="", by=town.owner.coordinator, now=WEDNESDAY
        )

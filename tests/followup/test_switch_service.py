"""Closing a service for new people leaves whoever is on their way in it alone."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal.catalogue.models import Service
from portal.catalogue.snapshot import load_snapshot
from portal.followup import switch_service
from portal.followup.switch_refusals import OffAlreadyError
from portal.referral.ask import Ask
from portal.referral.party import as_owner
from portal.referral.refer import refer
from portal.referral.refusals import NotYoursError, WrongServiceError
from tests.referral.town import WEDNESDAY, Town, a_registration, agree, build_town


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)


def test_whoever_is_in_it_goes_on_and_nobody_new_is_asked_for(db: Session, town: Town) -> None:
    first, second = a_registration(db, town), a_registration(db, town)
    for row in (first, second):
        agree(db, town, row, town.coach)
    ask = Ask(town.coach.id, service_id=town.coach.service_id)
    by = as_owner(town.owner.handler, first)
    running = refer(db, first, ask, by=by, now=WEDNESDAY)
    service = db.get_one(Service, town.coach.service_id)
    assert switch_service.going_on(db, service) == 1
    switch_service.switch_off(db, service, by=town.coach.coordinator, now=WEDNESDAY)
    assert running.state == "requested"
    assert load_snapshot(db).service("werk-koken") is None
    with pytest.raises(WrongServiceError):
        refer(db, second, ask, by=by, now=WEDNESDAY)
    with pytest.raises(OffAlreadyError):
        switch_service.switch_off(db, service, by=town.coach.coordinator, now=WEDNESDAY)
    switch_service.switch_on(db, service, by=town.coach.coordinator, now=WEDNESDAY)
    assert refer(db, second, ask, by=by, now=WEDNESDAY).state == "requested"


def test_only_its_own_coordinator_closes_it(db: Session, town: Town) -> None:
    service = db.get_one(Service, town.coach.service_id)
    with pytest.raises(NotYoursError):
        switch_service.switch_off(db, service, by=town.owner.coordinator, now=WEDNESDAY)

"""The person says no: it counts at once, and nobody is lost by it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.notify.models import OutboxMessage
from portal.referral.answer import accept
from portal.referral.models import Referral, ReferralEvent
from portal.referral.party import BY_LINK, as_person_said
from portal.referral.visible import Depth
from portal.referral.withdraw import stop, undo_stop, withdraw, withdraw_consent
from portal.registration.change import NotNowError
from portal.registration.models import Consent, Registration, RegistrationEvent
from tests.referral.seeing import depth
from tests.referral.town import WEDNESDAY, Town, a_referral


def taken_up(db: Session, town: Town) -> tuple[Referral, Registration]:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    return referral, db.get_one(Registration, referral.registration_id)


def seen_by_coach(db: Session, town: Town, referral: Referral) -> Depth:
    return depth(db, town.coach.handler, referral)


def test_consent_taken_back_cuts_access_at_once_and_ends_the_referral(
    db: Session, town: Town
) -> None:
    referral, registration = taken_up(db, town)
    assert seen_by_coach(db, town, referral) == Depth.SHEET_AND_REACH
    withdraw_consent(db, registration, town.coach.id, now=WEDNESDAY)
    assert seen_by_coach(db, town, referral) == Depth.NOTHING
    assert (referral.state, referral.reason) == ("cancelled", "withdrawn")
    assert (registration.state, registration.came_back) == ("picked_up", True)
    assert registration.next_action == "call"


def test_the_no_is_the_person_s_and_the_partner_hears_that_it_is_over(
    db: Session, town: Town
) -> None:
    referral, registration = taken_up(db, town)
    withdraw_consent(db, registration, town.coach.id, now=WEDNESDAY)
    event = db.scalars(select(ReferralEvent).where(ReferralEvent.event == "withdraw")).one()
    assert (event.actor, event.way) == ("person", "self")
    kinds = {each.kind for each in db.scalars(select(OutboxMessage))}
    assert {"referral_withdrawn", "referral_back"} <= kinds
    assert "partner_ended" not in kinds
    assert referral.ended_at == WEDNESDAY


def test_a_no_to_one_partner_leaves_the_other_at_work(db: Session, town: Town) -> None:
    _, registration = taken_up(db, town)
    other = a_referral(db, town, to=town.guide, registration=registration)
    withdraw_consent(db, registration, town.coach.id, now=WEDNESDAY)
    db.flush()
    assert (other.state, other.lead, registration.state) == ("requested", True, "referred")


def test_a_no_to_one_referral_ends_that_one_and_keeps_the_consent(db: Session, town: Town) -> None:
    referral, registration = taken_up(db, town)
    withdraw(db, referral, now=WEDNESDAY)
    db.flush()
    consent = db.get_one(Consent, referral.consent_id)
    assert (consent.revoked_at, referral.state) == (None, "cancelled")
    assert seen_by_coach(db, town, referral) == Depth.SHEET
    assert registration.came_back


def test_a_no_to_the_owner_is_stopping(db: Session, town: Town) -> None:
    referral, registration = taken_up(db, town)
    withdraw_consent(db, registration, town.owner.id, now=WEDNESDAY)
    assert (registration.state, referral.state) == ("closed", "cancelled")
    assert registration.withdrawn_at == WEDNESDAY


def test_a_stop_on_the_phone_keeps_who_wrote_it_down(db: Session, town: Town) -> None:
    _, registration = taken_up(db, town)
    by = as_person_said(town.owner.handler, registration)
    withdraw_consent(db, registration, town.owner.id, now=WEDNESDAY, by=by)
    event = db.scalars(select(RegistrationEvent).where(RegistrationEvent.event == "withdraw")).one()
    assert (event.actor, event.account_id) == ("person", town.owner.handler.account_id)


def test_stopping_ends_every_referral_and_all_access(db: Session, town: Town) -> None:
    referral, registration = taken_up(db, town)
    other = a_referral(db, town, to=town.guide, registration=registration)
    stop(db, registration, now=WEDNESDAY)
    assert (registration.state, registration.next_action_at) == ("closed", None)
    assert {referral.state, other.state} == {"cancelled"}
    assert seen_by_coach(db, town, referral) == Depth.NOTHING
    assert not registration.came_back


def test_going_on_after_all_begins_with_the_owner_and_not_with_the_partner(
    db: Session, town: Town
) -> None:
    referral, registration = taken_up(db, town)
    stop(db, registration, now=WEDNESDAY)
    undo_stop(db, registration, now=WEDNESDAY + timedelta(hours=48))
    assert (registration.state, registration.came_back) == ("picked_up", True)
    assert registration.next_action == "choose_partner"
    assert registration.next_action_at is not None
    assert referral.state == "cancelled"
    assert seen_by_coach(db, town, referral) == Depth.NOTHING


def test_going_on_is_possible_for_48_hours(db: Session, town: Town) -> None:
    _, registration = taken_up(db, town)
    stop(db, registration, now=WEDNESDAY)
    with pytest.raises(NotNowError):
        undo_stop(db, registration, now=WEDNESDAY + timedelta(hours=48, seconds=1))
    assert registration.state == "closed"

"""What the owner does next when one of several partners stops, or was taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.followup.partner import contact_made, log_attempt
from portal.notify.models import OutboxMessage
from portal.referral.answer import accept, decline
from portal.referral.end import retract
from portal.referral.models import Referral
from portal.referral.party import BY_LINK, as_owner
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral

LATER = WEDNESDAY + timedelta(hours=1)


def two(db: Session, town: Town) -> tuple[Referral, Referral, Registration]:
    first = a_referral(db, town)
    registration = db.get_one(Registration, first.registration_id)
    return first, a_referral(db, town, to=town.guide, registration=registration), registration


def told(db: Session, kind: str) -> int:
    query = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.kind == kind)
    return db.scalar(query) or 0


def take_back(db: Session, town: Town, referral: Referral, registration: Registration) -> None:
    by = as_owner(town.owner.handler, registration)
    retract(db, referral, "by_mistake", by=by, now=LATER)


def test_whoever_takes_one_back_watches_the_other(db: Session, town: Town) -> None:
    first, second, registration = two(db, town)
    take_back(db, town, first, registration)
    assert (registration.state, registration.came_back) == ("referred", False)
    assert registration.next_action == "await_answer"
    assert registration.next_action_at == second.due_at
    assert second.lead
    assert (told(db, "referral_back"), told(db, "partner_ended")) == (0, 0)
    accept(db, second, by=BY_LINK, now=LATER)
    assert registration.next_action == "await_contact"
    assert registration.next_action_at == second.due_at


def test_whoever_had_heard_of_a_partner_hears_that_it_stops(db: Session, town: Town) -> None:
    first, _, registration = two(db, town)
    accept(db, first, by=BY_LINK, now=WEDNESDAY)
    take_back(db, town, first, registration)
    assert (told(db, "referral_back"), told(db, "partner_ended")) == (0, 1)
    assert not registration.came_back
    assert registration.next_action_at is not None


def test_nobody_is_mailed_what_they_did_themselves(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    take_back(db, town, referral, registration)
    assert registration.next_action == "choose_partner"
    assert told(db, "referral_back") == 0


def test_a_colleague_who_takes_it_back_is_heard_of(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    by = as_owner(town.owner.coordinator, registration)
    retract(db, referral, "by_mistake", by=by, now=LATER)
    assert told(db, "referral_back") == 1


@pytest.mark.parametrize("goes_on", ["accept", "contact"])
def test_after_a_no_of_one_the_step_follows_the_partner_who_goes_on(
    db: Session, town: Town, goes_on: str
) -> None:
    first, second, registration = two(db, town)
    if goes_on == "contact":
        accept(db, second, by=BY_LINK, now=WEDNESDAY)
    decline(db, first, "full", by=BY_LINK, now=LATER)
    assert (registration.came_back, registration.next_action) == (True, "choose_partner")
    if goes_on == "accept":
        accept(db, second, by=BY_LINK, now=LATER)
    else:
        log_attempt(db, second, "reached", by=BY_LINK, now=LATER)
        contact_made(db, second, by=BY_LINK, now=LATER)
    assert not registration.came_back
    assert (
        registration.next_action == {"accept": "await_contact", "contact": "ask_partner"}[goes_on]
    )
    assert registration.next_action_at == second.due_at

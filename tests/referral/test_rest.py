"""An agreed rest, and what a partner says meanwhile."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.clock import DAY
from portal.followup.handle import wait
from portal.followup.partner import contact_made, fail, log_attempt
from portal.followup.record import record_attempt
from portal.referral.answer import accept
from portal.referral.models import Referral
from portal.referral.party import BY_LINK
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral


def resting(db: Session, town: Town) -> tuple[Referral, Registration]:
    """A partner took somebody up, who agreed with the owner on a day to rest until."""
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    registration = db.get_one(Registration, referral.registration_id)
    record_attempt(db, registration, "reached", by=town.owner.handler, now=WEDNESDAY)
    wait(db, registration, WEDNESDAY.date() + 5 * DAY, by=town.owner.handler, now=WEDNESDAY)
    return referral, registration


def test_a_start_during_an_agreed_rest_is_remembered_and_does_not_end_the_rest(
    db: Session, town: Town
) -> None:
    referral, registration = resting(db, town)
    log_attempt(db, referral, "reached", by=BY_LINK, now=WEDNESDAY)
    contact_made(db, referral, by=BY_LINK, now=WEDNESDAY)
    assert (registration.state, registration.resume_state) == ("waiting", "active")
    assert registration.next_action == "resume"


def test_a_no_during_an_agreed_rest_ends_the_rest(db: Session, town: Town) -> None:
    referral, registration = resting(db, town)
    fail(db, referral, "full", by=BY_LINK, now=WEDNESDAY)
    assert (registration.state, registration.resume_state) == ("picked_up", None)
    assert registration.next_action == "choose_partner"

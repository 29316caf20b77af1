"""After "we take this up": begin, rest, complete, fail; and what the owner has to do then."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Organization
from portal.followup.due import UnknownResultError
from portal.followup.partner import contact_made, fail, log_attempt, may_say_not_reached
from portal.followup.record import record_attempt
from portal.notify.models import OutboxMessage
from portal.referral.answer import accept
from portal.referral.models import Referral
from portal.referral.party import BY_LINK, CLOCK, as_owner
from portal.referral.reasons import FAIL
from portal.referral.refusals import (
    NoContactYetError,
    NotPassedYetError,
    WrongOutcomeError,
    WrongReasonError,
)
from portal.referral.work import complete, hold, resume
from portal.registration.models import Registration
from portal.registration.refusals import TriedTooLittleError, WrongDayError
from portal.registration.states import WrongActorError, WrongStateError
from tests.referral.town import WEDNESDAY, Town, a_referral
from tests.support.clock import amsterdam

DAY = timedelta(days=1)
TODAY = WEDNESDAY.date()


def taken_up(db: Session, town: Town, *, warm: bool = False) -> tuple[Referral, Registration]:
    referral = a_referral(db, town, warm=warm)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    return referral, db.get_one(Registration, referral.registration_id)


def tried(db: Session, referral: Referral, result: str, at: datetime = WEDNESDAY) -> None:
    log_attempt(db, referral, result, by=BY_LINK, now=at)


def begun(db: Session, town: Town) -> tuple[Referral, Registration]:
    referral, registration = taken_up(db, town)
    tried(db, referral, "reached")
    contact_made(db, referral, by=BY_LINK, now=WEDNESDAY)
    return referral, registration


def test_contact_is_only_made_when_somebody_was_reached(db: Session, town: Town) -> None:
    referral, registration = taken_up(db, town)
    for result in ("no_answer", "voicemail", "message", "wrong_number"):
        tried(db, referral, result)
    with pytest.raises(NoContactYetError):
        contact_made(db, referral, by=BY_LINK, now=WEDNESDAY)
    tried(db, referral, "came_by")
    contact_made(db, referral, by=BY_LINK, now=WEDNESDAY)
    assert (referral.state, referral.started_at) == ("in_progress", WEDNESDAY)
    assert registration.state == "active"


def test_a_partner_asks_nothing_of_who_registered_the_person(db: Session, town: Town) -> None:
    with pytest.raises(UnknownResultError):
        tried(db, taken_up(db, town)[0], "registrar")


def test_an_attempt_of_somebody_else_is_no_contact_of_the_receiver(db: Session, town: Town) -> None:
    referral, registration = taken_up(db, town)
    other = a_referral(db, town, to=town.guide, registration=registration)
    accept(db, other, by=BY_LINK, now=WEDNESDAY)
    tried(db, other, "reached")
    record_attempt(db, registration, "reached", by=town.owner.handler, now=WEDNESDAY)
    with pytest.raises(NoContactYetError):
        contact_made(db, referral, by=BY_LINK, now=WEDNESDAY)


@pytest.mark.parametrize(
    ("introduced_on", "made"),
    [(None, False), (TODAY + DAY, False), (TODAY, True), (TODAY - DAY, True)],
)
def test_a_warm_handover_needs_the_day_of_the_introduction(
    db: Session, town: Town, introduced_on: date | None, *, made: bool
) -> None:
    referral, _ = taken_up(db, town, warm=True)
    tried(db, referral, "reached")
    if made:
        contact_made(db, referral, by=BY_LINK, now=WEDNESDAY, introduced_on=introduced_on)
        assert referral.introduction_on == introduced_on
    else:
        with pytest.raises(NoContactYetError):
            contact_made(db, referral, by=BY_LINK, now=WEDNESDAY, introduced_on=introduced_on)
        assert referral.state == "accepted"


def test_real_contact_by_a_partner_ends_the_waiting(db: Session, town: Town) -> None:
    referral, registration = taken_up(db, town)
    registration.nobody_called_at, waited = WEDNESDAY, registration.waiting_since
    tried(db, referral, "no_answer")
    assert (registration.waiting_since, registration.nobody_called_at) == (waited, WEDNESDAY)
    tried(db, referral, "reached", WEDNESDAY + DAY)
    assert registration.waiting_since == WEDNESDAY + DAY
    assert registration.nobody_called_at is None


def test_only_the_receiver_of_what_was_taken_up_logs_attempts(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    with pytest.raises(WrongStateError):
        tried(db, referral, "reached")
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    owner = as_owner(town.owner.handler, registration)
    with pytest.raises(WrongActorError):
        log_attempt(db, referral, "reached", by=owner, now=WEDNESDAY)


@pytest.mark.parametrize("until", [TODAY, TODAY - DAY, TODAY + 93 * DAY])
def test_a_rest_ends_on_a_day_ahead_and_within_three_months(
    db: Session, town: Town, until: date
) -> None:
    referral, _ = taken_up(db, town)
    with pytest.raises(WrongDayError):
        hold(db, referral, until, by=BY_LINK, now=WEDNESDAY)
    assert (referral.state, referral.hold_until) == ("accepted", None)


def test_the_owner_looks_again_when_the_rest_is_over(db: Session, town: Town) -> None:
    referral, registration = begun(db, town)
    hold(db, referral, TODAY + 9 * DAY, by=BY_LINK, now=WEDNESDAY)
    assert referral.due_at == amsterdam("2026-11-28T00:00")
    assert (registration.next_action, registration.next_action_at) == (
        "await_partner",
        referral.due_at,
    )


def test_the_clock_ends_a_rest_only_after_its_last_day(db: Session, town: Town) -> None:
    referral, _ = begun(db, town)
    hold(db, referral, TODAY + DAY, by=BY_LINK, now=WEDNESDAY)
    with pytest.raises(NotPassedYetError):
        resume(db, referral, by=CLOCK, now=amsterdam("2026-11-19T23:59"))
    resume(db, referral, by=CLOCK, now=amsterdam("2026-11-20T00:00"))
    assert (referral.state, referral.hold_until) == ("in_progress", None)


def test_whoever_rested_before_contact_begins_with_the_first_real_talk(
    db: Session, town: Town
) -> None:
    referral, registration = taken_up(db, town)
    hold(db, referral, TODAY + DAY, by=BY_LINK, now=WEDNESDAY)
    resume(db, referral, by=BY_LINK, now=WEDNESDAY)
    assert (referral.started_at, registration.state) == (None, "referred")
    tried(db, referral, "reached")
    assert (referral.started_at, registration.state) == (WEDNESDAY, "active")


def test_what_is_complete_is_settled_by_the_owner_within_the_norm(db: Session, town: Town) -> None:
    referral, registration = begun(db, town)
    complete(db, referral, "paid_work", by=BY_LINK, now=WEDNESDAY + 2 * DAY)
    assert (referral.state, referral.outcome) == ("completed", "paid_work")
    assert (registration.state, registration.came_back) == ("active", False)
    assert registration.next_action == "settle"
    assert registration.next_action_at == amsterdam("2026-11-25T00:00")


def test_something_found_before_the_first_talk_is_a_start_too(db: Session, town: Town) -> None:
    referral, registration = taken_up(db, town)
    complete(db, referral, "found_self", by=BY_LINK, now=WEDNESDAY)
    assert (referral.started_at, registration.state) == (WEDNESDAY, "active")


@pytest.mark.parametrize("outcome", ["", "taken_over", "success"])
def test_complete_needs_an_outcome_that_exists(db: Session, town: Town, outcome: str) -> None:
    referral, _ = begun(db, town)
    with pytest.raises(WrongOutcomeError):
        complete(db, referral, outcome, by=BY_LINK, now=WEDNESDAY)
    assert (referral.state, referral.outcome) == ("in_progress", None)


# Three attempts on two days and in two parts of the day, one in writing; all but one thing right.
ENOUGH = (("no_answer", "18T10:00"), ("voicemail", "18T15:00"), ("message", "19T10:00"))
TOO_LITTLE = {
    "none": (),
    "two": ENOUGH[1:],
    "all within five minutes": (
        ("no_answer", "18T10:00"),
        ("no_answer", "18T10:02"),
        ("message", "18T10:04"),
    ),
    "on one day": (("no_answer", "18T10:00"), ("voicemail", "18T15:00"), ("message", "18T19:00")),
    "in one part of the day": (
        ("no_answer", "18T10:00"),
        ("no_answer", "18T11:00"),
        ("message", "19T10:00"),
    ),
    "none in writing": (
        ("no_answer", "18T10:00"),
        ("voicemail", "18T15:00"),
        ("no_answer", "19T10:00"),
    ),
}
LATER = amsterdam("2026-11-20T10:00")


@pytest.mark.parametrize("tries", TOO_LITTLE.values(), ids=TOO_LITTLE)
def test_not_reached_is_not_said_too_soon(
    db: Session, town: Town, tries: tuple[tuple[str, str], ...]
) -> None:
    referral, _ = taken_up(db, town)
    for result, at in tries:
        tried(db, referral, result, amsterdam(f"2026-11-{at}"))
    with pytest.raises(TriedTooLittleError):
        fail(db, referral, "not_reached", by=BY_LINK, now=LATER)
    assert referral.state == "accepted"


def test_not_reached_can_be_said_after_enough_attempts(db: Session, town: Town) -> None:
    referral, registration = taken_up(db, town)
    for result, at in ENOUGH:
        tried(db, referral, result, amsterdam(f"2026-11-{at}"))
    fail(db, referral, "not_reached", by=BY_LINK, now=LATER)
    assert (registration.state, registration.next_action) == ("picked_up", "find_number")


def test_a_receiver_tries_as_often_as_it_says_itself_whatever_the_owner_says(
    db: Session, town: Town
) -> None:
    referral, _ = taken_up(db, town)
    db.get_one(Organization, town.owner.id).norms = {"attempts": 9}
    for result, at in ENOUGH:
        tried(db, referral, result, amsterdam(f"2026-11-{at}"))
    assert may_say_not_reached(db, referral, LATER)
    db.get_one(Organization, referral.receiver_id).norms = {"attempts": 4}
    assert not may_say_not_reached(db, referral, LATER)


@pytest.mark.parametrize(
    ("reason", "step"), [each for each in FAIL.items() if each[0] != "not_reached"]
)
def test_every_other_reason_can_be_given_at_once(
    db: Session, town: Town, reason: str, step: str
) -> None:
    referral, registration = taken_up(db, town)
    fail(db, referral, reason, by=BY_LINK, now=WEDNESDAY)
    assert (referral.reason, registration.next_action) == (reason, step)


def test_a_failure_without_a_reason_is_refused(db: Session, town: Town) -> None:
    referral, _ = taken_up(db, town)
    with pytest.raises(WrongReasonError):
        fail(db, referral, "", by=BY_LINK, now=WEDNESDAY)


def test_who_fails_after_a_start_leaves_an_active_person_on_the_owner_s_list(
    db: Session, town: Town
) -> None:
    referral, registration = begun(db, town)
    fail(db, referral, "nothing_fitting", by=BY_LINK, now=WEDNESDAY)
    assert (registration.state, registration.came_back) == ("active", True)
    assert registration.next_action == "choose_partner"


def test_an_earlier_step_of_the_owner_s_own_stays_due_when_it_was(db: Session, town: Town) -> None:
    referral, registration = taken_up(db, town)
    registration.next_action, registration.next_action_at = "call", WEDNESDAY - DAY
    fail(db, referral, "moved", by=BY_LINK, now=WEDNESDAY)
    assert registration.next_action_at == WEDNESDAY - DAY


def test_the_owner_watches_the_nearest_of_several_dates(db: Session, town: Town) -> None:
    first, registration = taken_up(db, town)
    second = a_referral(db, town, to=town.guide, registration=registration)
    assert registration.next_action_at == second.respond_by
    accept(db, second, by=BY_LINK, now=WEDNESDAY + DAY)
    assert registration.next_action_at == first.due_at
    sent = select(OutboxMessage).where(OutboxMessage.kind == "partner_accepted")
    assert len(db.scalars(sent).all()) == 2

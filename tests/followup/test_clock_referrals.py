"""What time does to referrals: they lapse, wake, remind and ask, once, and lose nobody."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Organization
from portal.followup.partner import contact_made, log_attempt
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.answer import accept
from portal.referral.link import open_link, token_of
from portal.referral.models import PartnerLink, Referral
from portal.referral.party import BY_LINK
from portal.referral.queries import events_of
from portal.referral.work import hold
from portal.registration import change, consent
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral, build_town
from tests.support.clock import amsterdam
from tests.support.tick import Ticked, tick

DAY = timedelta(days=1)
MOMENT = timedelta(seconds=1)


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)


def kinds(db: Session) -> Counter[str]:
    return Counter(db.scalars(select(OutboxMessage.kind)))


def person_of(db: Session, referral: Referral) -> Registration:
    return db.get_one(Registration, referral.registration_id)


def did(ticked: Ticked) -> dict[str, int]:
    assert not ticked.failed
    return {name: count for name, count in ticked.did.items() if count}


# Sent, and the first moment at which nobody can answer any more.
LAPSES = [
    ("2026-11-18T10:00", "2026-11-25T00:00"),
    ("2026-12-24T17:00", "2027-01-01T00:00"),  # Christmas and a weekend; New Year's Eve is work.
    ("2026-12-30T09:00", "2027-01-07T00:00"),  # New Year.
    ("2027-03-25T09:00", "2027-04-03T00:00"),  # Good Friday, Easter Monday, summer time.
    ("2027-05-04T09:00", "2027-05-13T00:00"),  # 5 May and Ascension.
    ("2025-04-24T09:00", "2025-05-01T00:00"),  # Koningsdag on Saturday, as the 27th is a Sunday.
]


@pytest.mark.parametrize(("sent", "lapsed"), LAPSES)
def test_nobody_s_answer_lapses_two_working_days_after_the_promise(
    db: Session, town: Town, sent: str, lapsed: str
) -> None:
    referral = a_referral(db, town, at=amsterdam(sent))
    tick(db, amsterdam(lapsed) - MOMENT)
    assert referral.state == "requested"
    assert did(tick(db, amsterdam(lapsed)))["lapsed"] == 1
    assert (referral.state, referral.reason) == ("cancelled", "lapsed")


def test_what_lapses_is_back_on_the_owner_s_list_and_everybody_is_told(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    registration, waited = person_of(db, referral), person_of(db, referral).waiting_since
    tick(db, referral.lapses_at)
    assert (registration.state, registration.came_back) == ("picked_up", True)
    assert registration.next_action == "choose_partner"
    assert registration.next_action_at == amsterdam("2026-11-28T00:00")
    assert registration.waiting_since == waited
    told = kinds(db)
    assert (told["referral_lapsed"], told["referral_back"], told["partner_ended"]) == (1, 1, 1)


def test_a_partner_who_is_silent_is_reminded_once_with_a_link_that_works(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    tick(db, referral.respond_by - MOMENT)
    assert "referral_reminder" not in kinds(db)
    assert did(tick(db, referral.respond_by))["reminded"] == 1
    tick(db, referral.respond_by + DAY)
    sent = select(OutboxMessage).where(OutboxMessage.kind == "referral_reminder")
    message = db.scalars(sent).one()
    assert unseal(db, message, "recipient") == "handler@werk.example"
    link = next(x for x in db.scalars(select(PartnerLink)) if str(x.id) == message.data["link"])
    assert open_link(db, token_of(db, link), now=referral.respond_by).referral is referral


def test_a_worker_that_was_away_for_a_month_lapses_without_a_reminder(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    tick(db, WEDNESDAY + 30 * DAY)
    assert referral.state == "cancelled"
    assert [each.event for each in events_of(db, referral.id)] == ["send", "lapse"]


def test_a_rest_ends_by_itself_when_its_last_day_has_passed(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    hold(db, referral, WEDNESDAY.date() + 2 * DAY, by=BY_LINK, now=WEDNESDAY)
    tick(db, amsterdam("2026-11-20T23:59"))
    assert referral.state == "on_hold"
    assert did(tick(db, amsterdam("2026-11-21T00:00"))) == {"woken": 1}
    assert (referral.state, referral.hold_until) == ("in_progress", None)
    registration = person_of(db, referral)
    assert registration.next_action == "ask_partner"
    assert registration.next_action_at == amsterdam("2026-11-28T00:00")


@pytest.mark.parametrize("began", [False, True])
def test_seven_days_later_the_person_is_asked_once_whatever_the_partner_says(
    db: Session, town: Town, *, began: bool
) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    if began:
        log_attempt(db, referral, "reached", by=BY_LINK, now=WEDNESDAY)
        contact_made(db, referral, by=BY_LINK, now=WEDNESDAY)
    tick(db, amsterdam("2026-11-24T23:59"))
    assert referral.asked_at is None
    assert did(tick(db, amsterdam("2026-11-25T00:01")))["asked"] == 1
    tick(db, amsterdam("2026-11-30T00:01"))
    assert kinds(db)["ask_contacted"] == 1


def test_nobody_is_asked_about_what_is_over(db: Session, town: Town) -> None:
    a_referral(db, town)
    tick(db, WEDNESDAY + 30 * DAY)
    assert "ask_contacted" not in kinds(db)


def test_an_owner_s_own_norm_says_when_the_person_is_asked(db: Session, town: Town) -> None:
    db.get_one(Organization, town.owner.id).norms = {"ask_contacted_days": 3}
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    assert did(tick(db, WEDNESDAY + 3 * DAY)) == {"asked": 1}


def test_a_partner_who_is_late_is_looked_at_now_even_if_the_owner_planned_later(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    registration = person_of(db, referral)
    registration.next_action = "plan"
    registration.next_action_at = WEDNESDAY + 20 * DAY
    assert referral.due_at
    assert "looked_at" not in did(tick(db, referral.due_at - MOMENT))
    assert did(tick(db, referral.due_at))["looked_at"] == 1
    assert registration.next_action == "await_contact"
    assert registration.next_action_at == referral.due_at


def test_consent_taken_back_through_another_room_ends_the_referral(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    registration = person_of(db, referral)
    consent.revoke(db, registration, town.coach.id, now=WEDNESDAY)
    assert did(tick(db, WEDNESDAY)) == {"cut_off": 1}
    assert (referral.state, registration.state) == ("cancelled", "picked_up")


def test_stopping_through_another_room_ends_the_referral_and_going_on_forgets_nobody(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    registration = person_of(db, referral)
    change.stop(db, registration, now=WEDNESDAY)
    change.undo_stop(db, registration, now=WEDNESDAY + MOMENT)
    assert registration.state == "referred"
    assert did(tick(db, WEDNESDAY + MOMENT)) == {"cut_off": 1}
    assert (referral.state, registration.state) == ("cancelled", "picked_up")


def test_somebody_with_partners_but_with_none_is_taken_back(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    registration = person_of(db, referral)
    referral.state, referral.ended_at, referral.due_at = "cancelled", WEDNESDAY, None
    assert did(tick(db, WEDNESDAY)) == {"taken_back": 1}
    assert (registration.state, registration.came_back) == ("picked_up", True)
    assert registration.next_action == "choose_partner"


def test_what_goes_wrong_with_one_keeps_nobody_else_waiting(db: Session, town: Town) -> None:
    broken, whole = a_referral(db, town), a_referral(db, town)
    # Its number was moved here from another row: the seal does not open.
    person_of(db, broken).phone = person_of(db, whole).phone
    ticked = tick(db, WEDNESDAY + 30 * DAY)
    assert ticked.did["lapsed"] == 1
    assert ticked.failed == {"lapsed": 1, "asked": 1}
    assert (broken.state, whole.state) == ("requested", "cancelled")


def test_a_second_tick_at_the_same_moment_changes_nothing(db: Session, town: Town) -> None:
    for _ in range(3):
        a_referral(db, town)
    late = WEDNESDAY + 30 * DAY
    assert did(tick(db, late))
    before = kinds(db)
    assert did(tick(db, late)) == {}
    assert kinds(db) == before

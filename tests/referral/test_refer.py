"""Asking another organisation: only with consent for exactly that one, and only what was agreed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.answer import decline
from portal.referral.ask import Ask
from portal.referral.party import PERSON, as_owner, as_receiver
from portal.referral.queries import open_referrals
from portal.referral.refer import refer
from portal.referral.refusals import (
    AlreadyAskedError,
    NotTakingReferralsError,
    NotYoursError,
    OwnOrganizationError,
    WrongServiceError,
)
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.refusals import NoConsentError
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


def test_without_consent_nothing_is_sent(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    with pytest.raises(NoConsentError):
        send(db, town, registration, Ask(town.coach.id))
    assert not open_referrals(db, registration.id)
    assert registration.state == "picked_up"


def test_consent_for_one_partner_is_none_for_another(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.guide)
    with pytest.raises(NoConsentError):
        send(db, town, registration, Ask(town.coach.id))


def test_consent_of_somebody_else_does_not_count(db: Session, town: Town) -> None:
    agree(db, town, a_registration(db, town), town.coach)
    with pytest.raises(NoConsentError):
        send(db, town, a_registration(db, town), Ask(town.coach.id))


def test_consent_that_was_taken_back_does_not_count(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach).revoked_at = WEDNESDAY
    with pytest.raises(NoConsentError):
        send(db, town, registration, Ask(town.coach.id))


def test_sending_is_told_and_sets_the_owner_to_watch_for_the_answer(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    assert registration.state == "referred"
    assert (registration.next_action, registration.next_action_at) == (
        "await_answer",
        referral.respond_by,
    )
    told = db.scalars(select(RegistrationEvent).where(RegistrationEvent.event == "refer")).one()
    assert told.data == {"organization": str(town.coach.id), "referral": str(referral.id)}


def test_the_partner_gets_a_mail_that_names_nobody(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    sent = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == "referral_sent")).one()
    assert unseal(db, sent, "recipient") == "handler@werk.example"
    assert (sent.channel, sent.locale) == ("mail", "nl")
    assert set(sent.data) == {"referral", "link"}
    assert sent.data["referral"] == str(referral.id)


def test_a_partner_without_account_is_written_to_where_the_catalogue_says(
    db: Session, town: Town
) -> None:
    db.execute(text("UPDATE membership SET contact_id = NULL"))
    a_referral(db, town)
    sent = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == "referral_sent")).one()
    assert unseal(db, sent, "recipient") == "sanne@werk.example"


# Sent, answered by, lapses after: the days themselves, in Amsterdam.
DAYS = [
    ("2026-11-18T10:00", "2026-11-20", "2026-11-24"),
    ("2026-12-23T16:00", "2026-12-28", "2026-12-30"),  # Christmas Friday, Boxing Day on Saturday.
    ("2026-12-24T17:00", "2026-12-29", "2026-12-31"),
    ("2026-12-30T09:00", "2027-01-04", "2027-01-06"),  # New Year.
    ("2027-03-24T09:00", "2027-03-30", "2027-04-01"),  # Good Friday, Easter Monday, summer time.
    ("2027-03-25T09:00", "2027-03-31", "2027-04-02"),
    ("2027-04-23T23:30", "2027-04-28", "2027-04-30"),  # Koningsdag on Tuesday.
]


@pytest.mark.parametrize(("sent", "answer_by", "lapses"), DAYS)
def test_an_answer_is_wanted_on_the_second_working_day_and_lapses_two_later(
    db: Session, town: Town, sent: str, answer_by: str, lapses: str
) -> None:
    referral = a_referral(db, town, at=amsterdam(sent))
    day = timedelta(days=1)
    assert referral.respond_by == amsterdam(f"{date.fromisoformat(answer_by) + day}T00:00")
    assert referral.lapses_at == amsterdam(f"{date.fromisoformat(lapses) + day}T00:00")


def test_the_receiver_s_own_norm_and_closing_days_count(db: Session, town: Town) -> None:
    organization = db.get_one(Organization, town.coach.id)
    organization.norms = {"partner_answer_working_days": 1, "partner_lapse_working_days": 1}
    organization.extra_holidays = ["2026-11-19"]
    referral = a_referral(db, town)
    assert referral.respond_by == amsterdam("2026-11-21T00:00")
    assert referral.lapses_at == amsterdam("2026-11-24T00:00")


def test_only_the_owner_sends(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach)
    with pytest.raises(NotYoursError):
        as_owner(town.coach.handler, registration)
    with pytest.raises(WrongActorError):
        refer(db, registration, Ask(town.coach.id), by=PERSON, now=WEDNESDAY)


def test_a_receiver_is_somebody_of_the_organisation_that_was_asked(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    for stranger in (town.owner.handler, town.guide.handler, town.guide.coordinator):
        with pytest.raises(NotYoursError):
            as_receiver(stranger, referral)


@pytest.mark.parametrize("state", ["new", "waiting", "aftercare", "closed"])
def test_nobody_is_referred_before_a_human_picked_them_up_or_after_the_end(
    db: Session, town: Town, state: str
) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach)
    registration.state = state
    with pytest.raises(WrongStateError):
        send(db, town, registration, Ask(town.coach.id))


def test_an_owner_does_not_refer_to_itself(db: Session, town: Town) -> None:
    with pytest.raises(OwnOrganizationError):
        send(db, town, a_registration(db, town), Ask(town.owner.id))


@pytest.mark.parametrize("column", ["active", "accepts_referrals", "handles_rent"])
def test_an_organisation_where_nobody_takes_people_up_is_not_asked(
    db: Session, town: Town, column: str
) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach)
    setattr(db.get_one(Contact, town.coach.contact_id), column, column == "handles_rent")
    with pytest.raises(NotTakingReferralsError):
        send(db, town, registration, Ask(town.coach.id))


def test_an_organisation_that_is_switched_off_is_not_asked(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach)
    db.get_one(Organization, town.coach.id).active = False
    with pytest.raises(NotTakingReferralsError):
        send(db, town, registration, Ask(town.coach.id))


def test_a_contact_elsewhere_is_not_asked(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach)
    with pytest.raises(NotTakingReferralsError):
        send(db, town, registration, Ask(town.coach.id, contact_id=town.guide.contact_id))


def test_a_service_belongs_to_whoever_is_asked(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach)
    with pytest.raises(WrongServiceError):
        send(db, town, registration, Ask(town.coach.id, service_id=town.guide.service_id))
    send(db, town, registration, Ask(town.coach.id, service_id=town.coach.service_id))


def test_the_same_is_not_asked_twice_while_it_is_open(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    with pytest.raises(AlreadyAskedError):
        send(db, town, registration, Ask(town.coach.id))
    send(db, town, registration, Ask(town.coach.id, service_id=town.coach.service_id))
    decline(db, referral, "full", by=receiver_of(town, referral), now=WEDNESDAY)
    send(db, town, registration, Ask(town.coach.id))

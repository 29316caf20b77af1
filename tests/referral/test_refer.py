"""Asking another organisation: only with consent for exactly that one, and only what was agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import seal, unseal
from portal.referral.answer import accept, decline
from portal.referral.ask import Ask
from portal.referral.lead import name_lead
from portal.referral.models import Referral
from portal.referral.party import PERSON, as_owner, as_receiver
from portal.referral.queries import open_referrals
from portal.referral.refer import plan_introduction, refer
from portal.referral.refusals import (
    AlreadyAskedError,
    NotAgreedError,
    NotTakingReferralsError,
    NotYoursError,
    OwnOrganizationError,
    WrongServiceError,
)
from portal.referral.snapshot import sheet_of
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.refusals import HoldsBsnError, NoConsentError, WrongDayError
from portal.registration.states import WrongActorError, WrongStateError
from tests.referral.town import (
    PHONE,
    WEDNESDAY,
    Town,
    a_referral,
    a_registration,
    agree,
    receiver_of,
)
from tests.support.clock import amsterdam

TOMORROW = WEDNESDAY.date() + timedelta(days=1)


def send(db: Session, town: Town, registration: Registration, ask: Ask) -> Referral:
    by = as_owner(town.owner.handler, registration)
    return refer(db, registration, ask, by=by, now=WEDNESDAY)


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


# What goes along.


def test_the_sheet_holds_what_the_person_agreed_to_and_nothing_else(
    db: Session, town: Town
) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach, shares=("wishes", "times"))
    referral = send(db, town, registration, Ask(town.coach.id))
    sheet = sheet_of(db, referral, with_reach=True)
    assert (sheet.first_name, sheet.language) == ("Amal", "ar")
    assert (sheet.wishes, sheet.times) == (("paid_work",), ("morning",))
    assert (sheet.likes, sheet.practical, sheet.digits, sheet.words) == ((), (), None, "")
    assert sheet.reach is None


def test_the_sheet_stays_as_it_was_sent(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    before = sheet_of(db, referral, with_reach=False)
    registration.answers = {"wishes": ["help_first"], "practical": ["tell"]}
    registration.digits = "5699"
    seal(db, registration, "first_name", "Anders")
    db.flush()
    assert sheet_of(db, referral, with_reach=False) == before


def test_how_to_reach_the_person_is_shown_only_when_it_was_taken_up(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    assert sheet_of(db, referral, with_reach=False).reach is None
    reach = sheet_of(db, referral, with_reach=True).reach
    assert reach
    assert (reach.phone, reach.shared_phone) == (PHONE, True)


def test_a_number_that_the_person_changed_is_the_one_that_is_shown(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    seal(db, db.get_one(Registration, referral.registration_id), "phone", "+31687654321")
    reach = sheet_of(db, referral, with_reach=True).reach
    assert reach
    assert reach.phone == "+31687654321"


def test_nothing_of_the_sheet_lies_readable_in_the_database(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    db.flush()
    raw = db.execute(text("SELECT snapshot FROM referral")).scalar_one()
    for word in (b"Amal", b"paid_work", b"5611", PHONE.encode()):
        assert word not in bytes(raw)
    assert "Amal" not in repr(sheet_of(db, referral, with_reach=True))


def test_words_go_along_when_the_person_agreed_to_words(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach, shares=("wishes",))
    ask = Ask(town.coach.id, words="Amal kookt graag.")
    with pytest.raises(NotAgreedError):
        send(db, town, registration, ask)
    later = WEDNESDAY + timedelta(minutes=1)
    agree(db, town, registration, town.coach, shares=("words",), at=later)
    referral = send(db, town, registration, ask)
    assert sheet_of(db, referral, with_reach=False).words == "Amal kookt graag."


def test_words_with_a_bsn_do_not_go_along(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach)
    with pytest.raises(HoldsBsnError):
        send(db, town, registration, Ask(town.coach.id, words="BSN 111222333"))


# Several at once, and a warm handover.


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

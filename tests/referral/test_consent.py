"""Consent for one more organisation: asked, answered, written down; never assumed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.notify.models import OutboxMessage
from portal.referral.consent import (
    PARTNER_TEXT,
    SHARES,
    answer_ask,
    ask_consent,
    consent_for,
    open_asks,
    record_consent,
)
from portal.referral.models import ConsentAsk
from portal.referral.refusals import (
    AlreadyAskedError,
    AnsweredAlreadyError,
    NotAgreedError,
    NotYoursError,
    OwnOrganizationError,
    UnknownShareError,
)
from portal.registration.models import Consent, Registration, RegistrationEvent
from portal.registration.refusals import CaseIsClosedError
from tests.referral.town import WEDNESDAY, Town, a_registration

ASKED = ("wishes", "reach")


def ask(db: Session, town: Town, registration: Registration) -> ConsentAsk:
    return ask_consent(
        db, registration, town.coach.id, shares=ASKED, by=town.owner.handler, now=WEDNESDAY
    )


def answer(
    db: Session, asked: ConsentAsk, *, agreed: bool = True, shares: tuple[str, ...] | None = None
) -> Consent | None:
    registration = db.get_one(Registration, asked.registration_id)
    return answer_ask(
        db, registration, asked, agreed=agreed, locale="tr", now=WEDNESDAY, shares=shares
    )


def test_asking_writes_to_the_person_and_gives_nothing(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    asked = ask(db, town, registration)
    assert list(open_asks(db, registration)) == [asked]
    assert consent_for(db, registration, town.coach.id) is None
    sent = db.scalars(select(OutboxMessage)).one()
    assert (sent.kind, sent.locale) == ("consent_asked", "ar")
    assert sent.data == {"organization": str(town.coach.id)}


def test_yes_on_the_own_page_is_a_consent_with_everything_about_it(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    made = answer(db, ask(db, town, registration))
    assert made
    assert made is consent_for(db, registration, town.coach.id)
    assert (made.method, made.locale, made.text_version) == ("screen", "tr", PARTNER_TEXT)
    assert (made.given_at, made.recorded_by_id, made.shares) == (WEDNESDAY, None, list(ASKED))
    assert not open_asks(db, registration)


def test_no_gives_nothing_and_changes_nothing_else(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    before = (registration.state, registration.next_action, registration.next_action_at)
    assert answer(db, ask(db, town, registration), agreed=False) is None
    assert consent_for(db, registration, town.coach.id) is None
    assert (registration.state, registration.next_action, registration.next_action_at) == before


def test_the_person_may_agree_to_less_but_not_to_more(db: Session, town: Town) -> None:
    asked = ask(db, town, a_registration(db, town))
    with pytest.raises(NotAgreedError):
        answer(db, asked, shares=("wishes", "case"))
    made = answer(db, asked, shares=("wishes",))
    assert made
    assert made.shares == ["wishes"]


def test_a_question_is_answered_once(db: Session, town: Town) -> None:
    asked = ask(db, town, a_registration(db, town))
    answer(db, asked, agreed=False)
    with pytest.raises(AnsweredAlreadyError):
        answer(db, asked)


def test_a_question_is_answered_by_whom_it_was_asked(db: Session, town: Town) -> None:
    asked = ask(db, town, a_registration(db, town))
    other = a_registration(db, town)
    with pytest.raises(AnsweredAlreadyError):
        answer_ask(db, other, asked, agreed=True, locale="ar", now=WEDNESDAY)


def test_the_same_question_is_not_asked_twice(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    ask(db, town, registration)
    with pytest.raises(AlreadyAskedError):
        ask(db, town, registration)


def test_only_the_owner_asks_and_records(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    stranger, coach = town.guide.handler, town.coach.id
    with pytest.raises(NotYoursError):
        ask_consent(db, registration, coach, shares=ASKED, by=stranger, now=WEDNESDAY)
    with pytest.raises(NotYoursError):
        record(db, registration, town, by=stranger)


def record(
    db: Session,
    registration: Registration,
    town: Town,
    *,
    shares: tuple[str, ...] = ASKED,
    method: str = "phone",
    interpreter: str = "nobody",
    by: Identity | None = None,
) -> Consent:
    return record_consent(
        db,
        registration,
        town.coach.id,
        shares=shares,
        method=method,
        locale="ar",
        by=by or town.owner.handler,
        now=WEDNESDAY,
        interpreter=interpreter,
    )


def test_consent_by_voice_says_who_wrote_it_down_and_who_interpreted(
    db: Session, town: Town
) -> None:
    registration = a_registration(db, town)
    made = record(db, registration, town, interpreter="family", method="spoken")
    assert made.recorded_by_id == town.owner.handler.account_id
    assert (made.method, made.interpreter, made.locale) == ("spoken", "family", "ar")
    told = db.scalars(
        select(RegistrationEvent).where(RegistrationEvent.event == "consent_given")
    ).one()
    assert (told.actor, told.data) == ("account", {"organization": str(town.coach.id)})


def test_the_person_gets_a_message_of_what_was_written_down_for_them(
    db: Session, town: Town
) -> None:
    record(db, a_registration(db, town), town)
    assert [each.kind for each in db.scalars(select(OutboxMessage))] == ["consent_noted"]


def test_what_is_said_aloud_answers_the_question_on_the_page(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    asked = ask(db, town, registration)
    record(db, registration, town)
    assert (asked.agreed, list(open_asks(db, registration))) == (True, [])


def test_nobody_records_a_click_of_somebody_else(db: Session, town: Town) -> None:
    with pytest.raises(ValueError, match="screen"):
        record(db, a_registration(db, town), town, method="screen")


def test_what_can_be_shared_is_known(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    with pytest.raises(UnknownShareError):
        record(db, registration, town, shares=("debts",))
    made = record(db, registration, town, shares=tuple(reversed(SHARES)))
    assert made.shares == list(SHARES)


def test_the_owner_needs_no_second_consent(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    with pytest.raises(OwnOrganizationError):
        ask_consent(
            db, registration, town.owner.id, shares=ASKED, by=town.owner.handler, now=WEDNESDAY
        )


def test_a_closed_case_asks_nothing(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    asked = ask(db, town, registration)
    registration.state = "closed"
    with pytest.raises(CaseIsClosedError):
        ask_consent(
            db, registration, town.guide.id, shares=ASKED, by=town.owner.handler, now=WEDNESDAY
        )
    with pytest.raises(CaseIsClosedError):
        answer(db, asked)


def test_the_newest_consent_counts(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    record(db, registration, town)
    later = WEDNESDAY + timedelta(days=1)
    newest = record_consent(
        db,
        registration,
        town.coach.id,
        shares=("wishes",),
        method="paper",
        locale="ar",
        by=town.owner.handler,
        now=later,
    )
    assert consent_for(db, registration, town.coach.id) is newest

"""What goes along with a referral: what the person agreed to, fixed, and sealed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.privacy.encryption import seal
from portal.referral.ask import Ask
from portal.referral.refusals import (
    NotAgreedError,
)
from portal.referral.snapshot import sheet_of
from portal.registration.models import Registration
from portal.registration.refusals import HoldsBsnError
from tests.referral.town import (
    PHONE,
    WEDNESDAY,
    Town,
    a_referral,
    a_registration,
    agree,
    send,
)


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

"""Deleted means deleted, and a copy is whole: referrals go and come with the registration."""

from __future__ import annotations

import json

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from portal.db.base import Base
from portal.followup.partner import log_attempt
from portal.privacy.copy import copy_of
from portal.privacy.rows_about import belongings
from portal.referral.answer import accept
from portal.referral.consent import ask_consent
from portal.referral.link import make_link
from portal.referral.models import Referral
from portal.referral.party import BY_LINK
from portal.referral.words import note_told, report
from portal.registration.erase import erase
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral

TABLES = Base.metadata.tables
ABOUT = ("referral", "referral_event", "referral_note", "partner_link", "consent_ask", "consent")


def a_full_referral(db: Session, town: Town) -> Referral:
    """With an answer, an attempt, words of both sides, and a question that is still open."""
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    log_attempt(db, referral, "no_answer", by=BY_LINK, now=WEDNESDAY)
    report(db, referral, "Belt morgen weer.", by=BY_LINK, now=WEDNESDAY)
    by, day = town.owner.handler, WEDNESDAY.date()
    note_told(db, referral, "Komt goed.", said_by="Rob", said_on=day, by=by, now=WEDNESDAY)
    ask_consent(db, registration, town.guide.id, shares=["wishes"], by=by, now=WEDNESDAY)
    db.flush()
    return referral


def rows(db: Session, table: Table) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


def test_erasing_leaves_nothing_of_a_referral(db: Session, town: Town) -> None:
    referral = a_full_referral(db, town)
    assert all(rows(db, TABLES[name]) for name in ABOUT)
    erase(db, db.get_one(Registration, referral.registration_id), now=WEDNESDAY)
    assert {name: rows(db, TABLES[name]) for name in ABOUT} == dict.fromkeys(ABOUT, 0)


def test_erasing_one_person_leaves_the_referral_of_another(db: Session, town: Town) -> None:
    gone, stays = a_full_referral(db, town), a_full_referral(db, town)
    erase(db, db.get_one(Registration, gone.registration_id), now=WEDNESDAY)
    assert db.scalars(select(Referral.id)).all() == [stays.id]
    for table, column in belongings(TABLES["referral"]):
        assert db.scalar(select(func.count()).select_from(table).where(column == stays.id))
        assert not db.scalar(select(func.count()).select_from(table).where(column != stays.id))


def test_the_person_s_copy_holds_the_sheet_and_every_word(db: Session, town: Town) -> None:
    referral = a_full_referral(db, town)
    copied = copy_of(db, TABLES["registration"], referral.registration_id)
    told = json.dumps(copied, ensure_ascii=False, default=str)
    for words in ("Belt morgen weer.", "Komt goed.", "Rob", "paid_work", "consent_ask", "Werk"):
        assert words in told


def test_the_person_s_copy_holds_every_row_once_however_far_away(db: Session, town: Town) -> None:
    referral, _another = a_full_referral(db, town), a_full_referral(db, town)
    make_link(db, referral.receiver_id, now=WEDNESDAY, referral_id=referral.id)
    copied = copy_of(db, TABLES["registration"], referral.registration_id)
    assert next(iter(copied)) == "registration"
    for name in ("referral_event", "referral_note", "partner_link", "contact_attempt"):
        table = TABLES[name]
        here = select(table.c.id).where(table.c.referral_id == referral.id)
        assert sorted(each["id"] for each in copied[name]) == sorted(map(str, db.scalars(here)))
    assert [each["id"] for each in copied["referral"]] == [str(referral.id)]
    assert {each["event"] for each in copied["referral_event"]} >= {"send", "accept"}
    assert not [name for rows in copied["partner_link"] for name in rows if "digest" in name]

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.manage import add_account
from portal.catalogue.snapshot import Snapshot
from portal.db.base import Base
from portal.followup.models import ContactAttempt
from portal.privacy.copy import copy_of
from portal.privacy.rows_about import belongings
from portal.registration.change import add_line
from portal.registration.erase import erase
from portal.registration.models import Consent, Registration, Tombstone
from tests.registration.people import NOW, registered

TABLE = Registration.metadata.tables["registration"]
WORDS = "Ik houd van tulpen"


@pytest.fixture
def sam(db: Session, known: Snapshot) -> Registration:
    """Somebody about whom there is something in every table."""
    found = registered(db, known, email="sam@post.nl", postcode="5616 AB")
    add_line(db, found, WORDS, insist=False, now=NOW)
    account = add_account(
        db, "sanne@trudo.example", "Sanne", password_hash="-", locale="nl", now=NOW
    )
    db.flush()
    db.add(
        ContactAttempt(registration_id=found.id, at=NOW, account_id=account.id, result="no_answer")
    )
    db.flush()
    return found


def rows_about(db: Session, sam: Registration) -> dict[str, int]:
    """How many rows point at this registration, by table."""
    return {
        table.name: count
        for table, column in belongings(TABLE)
        if (count := db.scalar(select(func.count()).where(column == sam.id)))
    }


def test_every_row_about_a_person_is_gone_after_erasing(db: Session, sam: Registration) -> None:
    before = set(rows_about(db, sam))
    assert {"note", "consent", "contact_attempt", "outbox", "lookup_term"} <= before
    erase(db, sam, now=NOW)
    assert rows_about(db, sam) == {}
    assert db.scalar(select(func.count()).select_from(Registration)) == 0


def test_only_the_uuid_stays_behind(db: Session, sam: Registration) -> None:
    uuid = sam.client_uuid
    erase(db, sam, now=NOW)
    [tombstone] = db.scalars(select(Tombstone))
    assert (tombstone.client_uuid, tombstone.erased_at) == (uuid, NOW)


def test_somebody_else_loses_nothing(db: Session, known: Snapshot, sam: Registration) -> None:
    other = registered(db, known, first_name="Voorbeeld-Robin")
    before = rows_about(db, other)
    erase(db, sam, now=NOW)
    assert rows_about(db, other) == before


def test_every_table_that_points_at_a_person_is_followed() -> None:
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is TABLE
    }
    assert {table.name for table, _ in belongings(TABLE)} == pointing
    assert Consent.__tablename__ in pointing


def test_a_copy_holds_everything_in_words_and_nothing_sealed(
    db: Session, sam: Registration
) -> None:
    about = copy_of(db, TABLE, sam.id)
    assert about["registration"]["first_name"] == "Voorbeeld-Sam"
    assert about["registration"]["phone"] == "+31612345678"
    assert about["registration"]["owner_id"] == "Trudo"
    assert [note["text"] for note in about["note"]] == [WORDS]
    assert {consent["organization_id"] for consent in about["consent"]} >= {"Trudo"}
    assert [attempt["result"] for attempt in about["contact_attempt"]] == ["no_answer"]
    assert [message["recipient"] for message in about["outbox"]] == ["sam@post.nl"]
    assert "digest" not in json.dumps(about)

"""The clock is quick, and one person of whom something is broken keeps nobody else waiting."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.catalogue.models import Organization
from portal.followup.clock_item import MOST_AT_ONCE, each_registration
from portal.notify.models import OutboxMessage
from portal.registration.models import Registration
from portal.web.logs import JsonLine
from tests.followup.leaving import asked
from tests.referral.town import WEDNESDAY, Town, a_registration, build_town
from tests.support.clock import amsterdam
from tests.support.tick import tick

SOON = WEDNESDAY + timedelta(minutes=5)
# Before the hour at which coordinators hear.
NIGHT = amsterdam("2026-11-19T03:00")


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)


@contextmanager
def counting() -> Iterator[list[str]]:
    """Every statement that is sent to a database meanwhile."""
    sent: list[str] = []

    def note(_c: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(Connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Connection, "before_cursor_execute", note)


def statements_of(db: Session) -> int:
    """How many statements a tick takes, at a moment at which nothing is left to do."""
    db.flush()
    with counting() as sent:
        assert not any(tick(db, NIGHT).did.values())
    return len(sent)


def late_since_yesterday(db: Session, town: Town) -> Registration:
    row = a_registration(db, town)
    row.next_action_at = NIGHT - timedelta(hours=3)
    return row


def test_people_for_whom_nothing_is_due_cost_nothing(db: Session, town: Town) -> None:
    for _ in range(5):
        late_since_yesterday(db, town)
    few = statements_of(db)
    for _ in range(295):
        late_since_yesterday(db, town)
    assert statements_of(db) == few


def test_people_whose_fallback_was_told_cost_nothing(db: Session, town: Town) -> None:
    def tell(many: int) -> int:
        for _ in range(many):
            a_registration(db, town).next_action_at = NIGHT - timedelta(days=20)
        db.flush()
        assert tick(db, NIGHT).did["fallback_told"] == many
        return statements_of(db)

    assert tell(2) == tell(10)


def test_so_many_are_looked_at_at_once_and_the_rest_comes_next(db: Session, town: Town) -> None:
    for _ in range(MOST_AT_ONCE + 5):
        a_registration(db, town, state="referred")
    seen: list[bool] = []

    def looks(_db: Session, row: Registration, _now: object) -> bool:
        seen.append(row.state == "referred")
        return False

    found = each_registration(db, select(Registration), looks, now=SOON)
    assert (len(seen), found.did) == (MOST_AT_ONCE, 0)
    assert [tick(db, SOON).did["taken_back"] for _ in range(3)] == [MOST_AT_ONCE, 5, 0]


def test_whom_nobody_can_be_told_about_does_not_make_the_others_wait(
    db: Session, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    broken, fine = (asked(db, town, "requested") for _ in range(2))
    person = db.get_one(Registration, broken.registration_id)
    # No key was ever called this, nor can it be read as a name.
    person.phone, broken.ask_at = b"\x02\xff\xff", WEDNESDAY - timedelta(days=1)
    fine.ask_at = WEDNESDAY
    db.flush()
    with caplog.at_level(logging.ERROR):
        ticked = tick(db, SOON)
    assert (ticked.did["asked"], ticked.failed) == (1, {"asked": 1})
    assert (broken.asked_at, fine.asked_at) == (None, SOON)
    [line] = [json.loads(JsonLine().format(each)) for each in caplog.records]
    assert (line["what"], line["cause"]) == ("left alone", "UnicodeDecodeError")
    assert line["place"].startswith("sealed_with:")
    told = select(OutboxMessage.registration_id).where(OutboxMessage.kind == "ask_contacted")
    assert list(db.scalars(told)) == [fine.registration_id]


def test_what_the_database_does_not_store_is_about_that_person_alone(
    db: Session, town: Town
) -> None:
    rows = [a_registration(db, town) for _ in range(3)]
    db.flush()

    def loses_the_date(_db: Session, row: Registration, _now: object) -> bool:
        row.came_back = True
        if row.id == rows[1].id:
            row.next_action_at = None
        return True

    found = each_registration(db, select(Registration), loses_the_date, now=SOON)
    assert (found.did, found.failed) == (2, 1)
    db.flush()
    assert [row.came_back for row in rows] == [True, False, True]


def test_a_database_that_is_away_is_not_taken_for_a_person_of_whom_something_is_broken(
    db: Session, town: Town
) -> None:
    a_registration(db, town)

    def is_away(_db: Session, _row: Registration, _now: object) -> bool:
        raise OperationalError("SELECT", {}, OSError())

    with pytest.raises(OperationalError):
        each_registration(db, select(Registration), is_away, now=SOON)


def test_what_is_on_offer_is_read_once_however_many_are_brought_home(
    db: Session, town: Town
) -> None:
    def read_for(many: int) -> int:
        for _ in range(many):
            a_registration(db, town).fallback_contact_id = town.coach.contact_id
        db.flush()
        with counting() as sent:
            assert not tick(db, SOON).failed
        return sum("FROM area" in each for each in sent)

    db.get_one(Organization, town.coach.id).active = False
    assert read_for(2) == read_for(6)

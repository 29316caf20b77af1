"""Every migration, up and down again, with data in the tables it touches."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from portal.accounts.sign_in import find_sign_in, start_sign_in
from portal.catalogue.models import Contact, Organization
from portal.clock import amsterdam_day
from portal.db.engine import Database
from portal.db.migrate import downgrade, upgrade
from portal.followup.record import record_attempt
from portal.registration.facts import ReportFact
from portal.registration.models import Registration
from tests.desk.world import SANNE, World
from tests.referral.town import WEDNESDAY, Town, a_registration, build_town
from tests.support.clock import USUAL, SettableClock, amsterdam


def _somebody(database: Database) -> None:
    with database.writing.begin() as db:
        office = Organization(id=uuid4(), slug="thuis", name="Thuis", kind="partner")
        db.add(office)
        db.flush()
        db.add(
            Contact(
                id=uuid4(),
                slug="thuis-sanne",
                organization_id=office.id,
                first_name="Sanne",
                words={},
                phone="+31401234501",
                languages=["nl"],
                kept=["active"],
            )
        )


def test_what_the_desk_keeps_comes_and_goes_without_losing_anybody(database: Database) -> None:
    _somebody(database)
    downgrade(database, "0001")
    columns = {column["name"] for column in inspect(database.engine).get_columns("contact")}
    assert "kept" not in columns
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT first_name FROM contact")).scalar() == "Sanne"
    upgrade(database)
    with database.reading() as db:
        contact = db.scalars(select(Contact)).one()
        assert (contact.first_name, contact.kept) == ("Sanne", [])
        assert contact.organization.kept == []


def _fact(town: Town) -> ReportFact:
    return ReportFact(
        day=amsterdam_day(WEDNESDAY),
        programme_id=town.programme_id,
        owner_id=town.owner.id,
        what="registered",
    )


def test_facts_come_and_go_without_losing_anybody(database: Database) -> None:
    with database.writing.begin() as db:
        town = build_town(db)
        person = a_registration(db, town).id
        db.add(_fact(town))
    downgrade(database, "0003")
    assert "report_fact" not in inspect(database.engine).get_table_names()
    upgrade(database)
    with database.writing.begin() as db:
        assert db.get_one(Registration, person).owner_id == town.owner.id
        assert db.scalars(select(ReportFact)).all() == []
        db.add(_fact(town))


def test_what_was_passed_on_stays_an_attempt_when_the_step_is_taken_back(
    database: Database,
) -> None:
    world = World(database, SettableClock(amsterdam(USUAL)))
    world.furnish()
    sam = world.register()
    world.at_a_counter(sam)
    with world.writing() as db:
        row, by = db.get_one(Registration, sam), world.identity(SANNE)
        record_attempt(db, row, "registrar", by=by, now=world.clock())
    assert _results(database) == ["registrar"]
    downgrade(database, "0004")
    assert _results(database) == ["message"]
    with pytest.raises(IntegrityError), database.writing.begin() as db:
        db.execute(text("UPDATE contact_attempt SET result = 'registrar'"))
    upgrade(database)
    with database.writing.begin() as db:
        db.execute(text("UPDATE contact_attempt SET result = 'registrar'"))
    with pytest.raises(IntegrityError), database.writing.begin() as db:
        db.execute(text("UPDATE contact_attempt SET result = 'by pigeon'"))


def test_a_session_stays_open_when_it_no_longer_says_when_it_was_seen(
    database: Database,
) -> None:
    world = World(database, SettableClock(amsterdam(USUAL)))
    world.furnish()
    with world.writing() as db:
        account, now = world.identity(SANNE).account_id, world.clock()
        token = start_sign_in(db, account, browser="Firefox, Linux", now=now)
    downgrade(database, "0005")
    with database.engine.connect() as connection:
        seen = connection.execute(text("SELECT created_at = seen_at FROM sign_in"))
        assert seen.scalars().all() == [True]
    upgrade(database)
    with database.reading() as db:
        found = find_sign_in(db, token, now=world.clock())
        assert found
        assert found.browser == "Firefox, Linux"


def _results(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        return list(connection.execute(text("SELECT result FROM contact_attempt")).scalars())

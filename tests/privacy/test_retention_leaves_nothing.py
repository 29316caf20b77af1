"""Deleted means deleted (rule 9): a mark in every field, and then a look at the raw files."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, make_url, select
from sqlalchemy.orm import Session

from portal.cli.retention import list_of
from portal.db.engine import Database
from portal.followup.end import close, settle
from portal.followup.record import record_attempt
from portal.referral.withdraw import stop
from portal.registration.erase import erase
from portal.registration.models import Registration, Tombstone
from portal.web.logs import JsonLine
from tests.privacy.conftest import House
from tests.privacy.planting import ABOUT, Mark, a_full_life, plant
from tests.referral.town import Town
from tests.support.clock import SettableClock, amsterdam
from tests.support.postgres import find_binary

FIVE_MINUTES = timedelta(minutes=5)
End = Callable[[Session, Town, Registration, SettableClock], None]

# What has a shorter time of its own: addresses of messages that were sent, links that expired.
GONE_BEFORE = frozenset({"outbox.recipient", "partner_link.digest"})
# Aftercare holds name, contact and outcome only; beside it codes that say what happened when.
AFTERCARE_HOLDS = frozenset(
    {
        "registration.first_name",
        "registration.phone",
        "registration.email",
        "lookup_term.digest",
        "outbox.recipient",
        # What makes a code or link work, and a late repeat harmless.
        "registration.answers_digest",
        "registration.code_digest",
        "registration.link_digest",
        "partner_link.digest",
        # Codes: of states and events, of consents, of messages.
        "registration.resume_state",
        "registration_event.from_state",
        "registration_event.to_state",
        "referral_event.from_state",
        "referral_event.to_state",
        "registration.language",
        "registration.locale",
        "registration_event.data",
        "referral_event.event",
        "referral_event.data",
        "referral_event.reason",
        "referral.reason",
        "referral.outcome",
        "routing_decision.reason",
        "routing_decision.candidates",
        "routing_decision.data",
        "routing_decision.actor",
        "consent.shares",
        "consent.text_version",
        "consent.locale",
        "consent_ask.shares",
        "consent_ask.text_version",
        "outbox.data",
        "outbox.locale",
        "outbox.trouble",
    }
)


def withdrawn(db: Session, _town: Town, person: Registration, clock: SettableClock) -> None:
    stop(db, person, now=clock())


def not_reached(db: Session, town: Town, person: Registration, clock: SettableClock) -> None:
    for moment, result in (
        ("2026-11-18T19:00", "message"),
        ("2026-11-19T10:00", "no_answer"),
        ("2026-11-19T14:00", "voicemail"),
    ):
        clock.set(moment)
        record_attempt(db, person, result, by=town.owner.handler, now=clock())
    close(db, person, "not_reached", by=town.owner.handler, now=clock())


def moved_away(db: Session, town: Town, person: Registration, clock: SettableClock) -> None:
    close(db, person, "moved", by=town.owner.handler, now=clock())


def settled(db: Session, town: Town, person: Registration, clock: SettableClock) -> None:
    by = town.owner.handler
    settle(db, person, "paid_work", by=by, now=clock(), hours_a_week=25, fixed=True)


def live_and_end(house: House, end: End) -> tuple[UUID, list[Mark]]:
    """Let somebody live through everything and end so; mark every field afterwards."""
    with house.database.writing.begin() as db:
        person = db.get_one(Registration, a_full_life(db, house.town))
        house.clock.advance(hours=1)
        end(db, house.town, person, house.clock)
        return person.id, plant(db)


def raw(database: Database) -> bytes:
    """Everything there is on disk: the file with its journal, or a dump of PostgreSQL."""
    url = make_url(database.engine.url)
    if url.get_backend_name() == "sqlite":
        files = Path(url.database or "").parent.glob("portal.sqlite3*")
        return b"".join(file.read_bytes() for file in files)
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    dump = [find_binary("pg_dump"), "--data-only", address]
    return subprocess.run(dump, capture_output=True, check=True).stdout


def found(database: Database, marks: list[Mark]) -> set[str]:
    """Name the fields of which a mark still stands somewhere."""
    dump = raw(database)
    return {mark.field for mark in marks if mark.is_in(dump)}


def logged(caplog: pytest.LogCaptureFixture) -> bytes:
    """Return what the worker's log says, as it is written and as it was said."""
    lines = [JsonLine().format(record) for record in caplog.records]
    return "\n".join([*lines, caplog.text]).encode()


def test_everything_that_can_be_known_of_a_person_is_planted(house: House) -> None:
    _, marks = live_and_end(house, settled)
    with house.database.reading() as db:
        rows = {name: db.scalar(select(func.count()).select_from(t)) for name, t in ABOUT.items()}
    assert {name for name, count in rows.items() if not count} == set()
    # These three hold only codes that the database knows, moments and numbers.
    coded = {"contact_attempt", "outcome", "clock_mark"}
    assert {mark.field.partition(".")[0] for mark in marks} >= ABOUT.keys() - coded


@pytest.mark.parametrize(
    ("end", "day"),
    [(withdrawn, "2026-12-16"), (not_reached, "2026-12-17"), (moved_away, "2027-11-18")],
)
def test_of_who_never_began_or_was_closed_everything_goes_on_the_day(
    house: House, caplog: pytest.LogCaptureFixture, end: End, day: str
) -> None:
    caplog.set_level(logging.DEBUG)
    _, marks = live_and_end(house, end)
    house.clock.set(amsterdam(f"{day}T00:00") - FIVE_MINUTES)
    house.chores()
    assert {mark.field for mark in marks} - found(house.database, marks) <= GONE_BEFORE
    house.clock.set(f"{day}T00:00")
    house.chores()
    assert found(house.database, marks) == set()
    assert not [mark.field for mark in marks if mark.is_in(logged(caplog))]


def test_the_list_for_a_restore_holds_the_uuid_and_nothing_else(house: House) -> None:
    _, marks = live_and_end(house, withdrawn)
    house.clock.set("2026-12-16T00:00")
    house.chores()
    with house.database.reading() as db:
        [uuid] = db.scalars(select(Tombstone.client_uuid))
    listed = list_of(house.settings).read_text(encoding="ascii")
    assert listed.splitlines()[1:] == [f"2026-12-16 {uuid}"]
    assert not [mark.field for mark in marks if mark.is_in(listed.encode())]


def test_of_who_has_settled_only_name_contact_and_outcome_stay(house: House) -> None:
    person, marks = live_and_end(house, settled)
    house.clock.set(amsterdam("2027-02-18T00:00") - FIVE_MINUTES)
    house.chores()
    assert {mark.field for mark in marks} - found(house.database, marks) <= GONE_BEFORE
    house.clock.set("2027-02-18T00:00")
    house.chores()
    assert found(house.database, marks) - AFTERCARE_HOLDS == set()
    with house.database.reading() as db:
        registration = db.get_one(Registration, person)
    assert registration.state == "aftercare"
    assert registration.first_name
    assert registration.phone
    assert (registration.digits, registration.landlord_id) == (None, None)
    assert registration.answers.keys() == {"times"}


def test_of_a_life_after_aftercare_nothing_stays_either(house: House) -> None:
    person, marks = live_and_end(house, settled)
    house.clock.set("2027-11-20T10:00")
    house.chores()
    with house.database.writing.begin() as db:
        registration = db.get_one(Registration, person)
        by = house.town.owner.handler
        close(db, registration, "settled_well", by=by, now=house.clock())
    house.clock.set(amsterdam("2028-11-20T00:00") - FIVE_MINUTES)
    house.chores()
    assert "registration.first_name" in found(house.database, marks)
    house.clock.set("2028-11-20T00:00")
    house.chores()
    assert found(house.database, marks) == set()


def test_what_a_person_erased_is_gone_from_the_file_after_a_few_minutes(house: House) -> None:
    """The journal of SQLite would keep it, though no rule erased anything."""
    with house.database.writing.begin() as db:
        person = a_full_life(db, house.town)
        marks = plant(db)
    with house.database.writing.begin() as db:
        erase(db, db.get_one(Registration, person), now=house.clock())
    house.chores()
    assert found(house.database, marks) == set()

"""`portal retention`: what an operator sees, and what comes back with a backup."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select

from portal.cli.retention import list_of, retention_chores
from portal.cli.worker import post_of
from portal.db.engine import Database
from portal.notify.chores import Rounds
from portal.registration.change import stop
from portal.registration.models import Registration, Tombstone
from portal.registration.queries import reference_of
from portal.registration.reference import code_shown
from portal.settings import Settings
from tests.cli.commands import environment, portal, work_once
from tests.referral.town import PHONE, a_registration, build_town
from tests.support.clock import amsterdam

LONG_AGO = amsterdam("2020-01-08T10:00")


@pytest.fixture
def env(settings: Settings, tmp_path: Path) -> dict[str, str]:
    """The environment of a command, with a data folder of its own."""
    return environment(settings, tmp_path / "data")


@pytest.fixture
def gone(database: Database) -> tuple[UUID, str]:
    """Somebody who withdrew long ago, beside somebody who waits: uuid and code."""
    with database.writing.begin() as db:
        town = build_town(db)
        a_registration(db, town)
        person = a_registration(db, town, at=LONG_AGO)
        stop(db, person, now=LONG_AGO)
        return person.client_uuid, code_shown(reference_of(db, person).code)


def people(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Registration)) or 0


def test_a_preview_names_codes_and_nobody_and_changes_nothing(
    database: Database, env: dict[str, str], gone: tuple[UUID, str]
) -> None:
    said = portal(env, "retention", "--dry-run").output
    assert "Nothing is changed." in said
    assert "     1  registrations erased: withdrawn or never reached" in said
    assert gone[1] in said
    assert "Amal" not in said
    assert people(database) == 2


def test_erasing_says_what_was_done_and_a_second_time_there_is_nothing(
    database: Database, env: dict[str, str], gone: tuple[UUID, str]
) -> None:
    said = portal(env, "retention").output
    assert "     1  registrations erased: withdrawn or never reached" in said
    assert gone[1] not in said
    assert people(database) == 1
    assert portal(env, "retention").output == "Nothing is too old.\n"


def test_what_a_backup_brings_back_is_erased_again(
    database: Database, env: dict[str, str], gone: tuple[UUID, str]
) -> None:
    portal(env, "retention")
    with database.writing.begin() as db:
        # As a backup from before has it: the person is there, and nothing says they were erased.
        db.execute(delete(Tombstone))
        db.scalars(select(Registration)).one().client_uuid = gone[0]
    listed = str(Path(env["PORTAL_DATA"]) / "erased.txt")
    assert portal(env, "retention", "--reapply", listed).output == "1 registrations erased again.\n"
    assert people(database) == 0
    with database.reading() as db:
        assert db.scalars(select(Tombstone.client_uuid)).all() == [gone[0]]
    assert portal(env, "retention", "--reapply", listed).output == "0 registrations erased again.\n"


def test_a_list_that_is_no_list_is_one_sentence(
    database: Database, env: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "erased.txt"
    file.write_text("# a list\n2026-11-18 Amal\n", encoding="ascii")
    ended = portal(env, "retention", "--reapply", str(file))
    assert ended.exit_code == 1
    assert ended.output == "portal: erased.txt, line 2, holds no uuid.\n"
    ended = portal(env, "retention", "--reapply", str(file), "--dry-run")
    assert "do not go together" in ended.stderr
    assert people(database) == 0


def test_a_file_with_other_signs_is_named(
    database: Database, env: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "erased.txt"
    file.write_bytes(b"\xff\xfe\xe9")
    ended = portal(env, "retention", "--reapply", str(file))
    assert ended.exit_code == 1
    assert ended.output == "portal: erased.txt is no list of what was erased.\n"
    assert people(database) == 0


def test_the_worker_does_it_without_being_asked_and_its_log_names_nobody(
    database: Database, env: dict[str, str], gone: tuple[UUID, str]
) -> None:
    said = work_once(env)
    assert people(database) == 1
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert ("retention", 1) in {(line.get("kind"), line.get("count")) for line in lines}
    for words in ("Amal", PHONE, gone[1], str(gone[0])):
        assert words not in said
    listed = Path(env["PORTAL_DATA"]) / "erased.txt"
    assert str(gone[0]) in listed.read_text(encoding="ascii")


def test_the_list_of_who_was_erased_grows_while_somebody_writes(
    database: Database, settings: Settings, env: dict[str, str], gone: tuple[UUID, str]
) -> None:
    portal(env, "retention")
    here = replace(settings, data=Path(env["PORTAL_DATA"]))
    list_of(here).unlink()
    listing = tuple(each for each in retention_chores(here) if each.name == "erased list")
    with database.writing.begin() as db:
        db.connection()  # From here on it is the turn of this transaction.
        Rounds(listing).make(post_of(here, database))
    assert str(gone[0]) in list_of(here).read_text(encoding="ascii")

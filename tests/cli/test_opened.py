"""A database that cannot be used: every command says so in one sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal.accounts.manage import add_account
from portal.cli.keys import make_key
from portal.db.engine import Database
from portal.settings import Settings
from tests.cli.commands import environment, portal
from tests.support.clock import amsterdam

COMMANDS = (["account", "list"], ["retention", "--dry-run"], ["keys", "rotate"], ["db", "upgrade"])


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_database_that_is_down_is_one_sentence(
    settings: Settings, tmp_path: Path, words: list[str]
) -> None:
    # Nothing listens at port 1.
    down = replace(settings, database_url="postgresql+psycopg://voordeur@127.0.0.1:1/voordeur")
    ended = portal(environment(down, tmp_path), *words)
    assert ended.exit_code == 1
    assert ended.output.startswith("portal: the database cannot be used (")
    assert len(ended.output.splitlines()) == 1


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_file_that_is_no_database_is_one_sentence(
    settings: Settings, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "letter.sqlite3").write_text("Dear all, " * 200, encoding="ascii")
    wrong = replace(settings, database_url=f"sqlite:///{tmp_path / 'letter.sqlite3'}")
    ended = portal(environment(wrong, tmp_path), *words)
    assert ended.exit_code == 1
    assert ended.output.startswith("portal: the database cannot be used (")
    assert len(ended.output.splitlines()) == 1


@pytest.mark.parametrize("words", [*COMMANDS, ["serve"]], ids=" ".join)
def test_a_folder_that_cannot_be_made_is_one_sentence(
    settings: Settings, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    place = tmp_path / "file" / "data"
    nowhere = replace(settings, database_url=f"sqlite:///{place / 'portal.sqlite3'}")
    ended = portal(environment(nowhere, place), *words)
    assert ended.exit_code == 1
    assert ended.output.startswith("portal: the folder of the database cannot be made (")
    assert len(ended.output.splitlines()) == 1


def test_an_error_of_the_database_shows_nothing_that_stands_in_a_row(database: Database) -> None:
    with database.writing() as db, pytest.raises((OperationalError, ProgrammingError)) as broken:
        db.execute(text("SELECT nothing FROM nowhere WHERE name = :name"), {"name": "Voorbeeld"})
    assert "Voorbeeld" not in str(broken.value)


def test_a_database_without_tables_names_the_command_that_makes_them(
    settings: Settings, tmp_path: Path
) -> None:
    empty = replace(settings, database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    ended = portal(environment(empty, tmp_path), "account", "list")
    assert ended.exit_code == 1
    assert "run 'portal db upgrade'" in ended.output


def test_a_database_sealed_with_other_keys_is_one_sentence(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    with database.writing.begin() as db:
        add_account(db, "a@trudo.example", "A", password_hash="-", now=amsterdam("2026-11-18"))
    env = environment(settings, tmp_path) | {"PORTAL_ENCRYPTION_KEYS": make_key("1")}
    ended = portal(env, "account", "list")
    assert ended.exit_code == 1
    assert ended.output.startswith("portal: what is in this database was sealed with other keys")
    assert len(ended.output.splitlines()) == 1


def test_a_migration_is_written_with_an_upgraded_database_only(
    settings: Settings, tmp_path: Path
) -> None:
    empty = replace(settings, database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    ended = portal(environment(empty, tmp_path), "db", "revision", "9999", "nothing")
    assert ended.exit_code == 1
    assert "not up to date); run 'portal db upgrade'" in ended.output
    assert len(ended.output.splitlines()) == 1


def test_a_database_of_a_newer_version_is_one_sentence(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    with database.writing.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    ended = portal(environment(settings, tmp_path), "db", "upgrade")
    assert ended.exit_code == 1
    assert "a newer version of the portal" in ended.output
    assert len(ended.output.splitlines()) == 1

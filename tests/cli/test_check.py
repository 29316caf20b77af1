"""`portal check`: what an operator reads, and what a script goes by."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from portal.catalogue.models import Contact, ProgrammeMember
from portal.clock import utc_now
from portal.db.engine import Database
from portal.followup.alive import last_alive, say_alive
from portal.notify.models import OutboxMessage
from portal.notify.outbox import put_out
from portal.settings import Settings
from tests.cli.commands import environment, portal, work_once
from tests.desk.world import World, contact_id, furnished, organization_id
from tests.notify.town import MAIL
from tests.support.clock import SettableClock
from tests.support.smtp import MailHost
from tests.support.templates import Preparation
from tests.support.tick import tick


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with accounts and nobody registered yet."""
    return furnished


@pytest.fixture
def env(settings: Settings, tmp_path: Path) -> dict[str, str]:
    """The environment of a command."""
    return environment(settings, tmp_path / "data")


@pytest.fixture
def healthy(database: Database, clock: SettableClock) -> Database:
    """An installation where nothing is wrong: a worker, and lists that somebody can open."""
    world = World(database, clock)
    world.open_every_list()
    with world.writing() as db:
        say_alive(db, utc_now())
    return database


def test_where_all_is_well_it_says_so_and_ends_with_0(
    healthy: Database, env: dict[str, str]
) -> None:
    ended = portal(env, "check")
    assert ended.exit_code == 0, ended.output
    assert "Everybody lands with a human." in ended.output
    assert "look  Aan de Slag040!: No deputy: Noor (Buurthuis De Voorbeeldhoek); " in ended.output
    assert "mend" not in ended.output


def test_what_can_leave_somebody_waiting_ends_with_1_and_comes_first(
    healthy: Database, env: dict[str, str]
) -> None:
    with healthy.writing.begin() as db:
        noor = contact_id(db, "voorbeeldhoek-noor")
        db.execute(update(Contact).where(Contact.id == noor).values(capacity=0))
    ended = portal(env, "check")
    assert ended.exit_code == 1
    first = ended.output.splitlines()[0]
    assert first.startswith("mend  Aan de Slag040!: Who is there for everybody is full: Buurthuis")
    assert ended.output.endswith("to look at.\n")


def test_a_worker_that_does_not_run_is_missed(healthy: Database, env: dict[str, str]) -> None:
    with healthy.writing.begin() as db:
        say_alive(db, utc_now().replace(year=2020))
    ended = portal(env, "check")
    assert ended.exit_code == 1
    assert "mend  No worker has looked since 2020-" in ended.output
    work_once(env)
    assert "No worker" not in portal(env, "check").output
    with healthy.reading() as db:
        seen = last_alive(db)
    assert seen
    assert seen.year > 2020


def test_a_worker_that_never_ran_is_missed(database: Database, env: dict[str, str]) -> None:
    assert "mend  No worker has looked yet." in portal(env, "check").output


def test_an_organisation_that_no_programme_knows_is_named(
    healthy: Database, env: dict[str, str]
) -> None:
    assert "takes part in no programme" not in portal(env, "check").output
    with healthy.writing.begin() as db:
        koenraed = organization_id(db, "koenraed")
        db.execute(delete(ProgrammeMember).where(ProgrammeMember.organization_id == koenraed))
    said = portal(env, "check").output
    assert "look  Koenraed takes part in no programme, so no way leads there." in said


def test_messages_that_wait_too_long_are_counted(
    healthy: Database, clock: SettableClock, env: dict[str, str]
) -> None:
    World(healthy, clock).register(phone=None, email=MAIL)
    assert "mend  1 messages should have left more than an hour ago." in (
        portal(env, "check").output
    )


def test_what_an_organisation_was_not_told_is_to_be_mended_until_somebody_saw_to_it(
    healthy: Database, env: dict[str, str]
) -> None:
    with healthy.writing.begin() as db:
        data = {"organization": str(organization_id(db, "trudo")), "late": 3}
        lost = put_out(db, "overdue_digest", recipient=MAIL, locale="nl", now=utc_now(), data=data)
        lost.state, lost.undelivered_at = "undelivered", utc_now()
    said = portal(env, "check")
    assert said.exit_code == 1
    assert "A message did not arrive: Trudo: how many wait too long. Tell" in said.output
    assert portal(env, "messages", "seen").output == "Seen to: 1.\n"
    assert portal(env, "check").exit_code == 0


def test_that_who_takes_over_was_not_told_is_to_be_mended(
    healthy: Database, env: dict[str, str]
) -> None:
    long_ago = SettableClock(utc_now() - timedelta(days=30))
    World(healthy, long_ago).register()
    with healthy.writing.begin() as db:
        say_alive(db, utc_now())
        tick(db, utc_now())
        for message in db.scalars(select(OutboxMessage)):
            gone = message.kind == "fallback_overdue"
            message.state = "undelivered" if gone else "dropped"
            message.undelivered_at = utc_now() if gone else None
    said = portal(env, "check")
    assert said.exit_code == 1
    assert "who takes over was not told: Noor (Buurthuis De Voorbeeldhoek). Call" in said.output


def test_an_empty_installation_is_told_what_to_load(tmp_path: Path, env: dict[str, str]) -> None:
    empty = env | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    ended = portal(empty, "check")
    assert ended.exit_code == 1
    assert "Run `portal db upgrade`." in ended.output
    portal(empty, "db", "upgrade")
    assert "No area pack is loaded" in portal(empty, "check").output


def test_a_database_that_does_not_answer_is_one_sentence(
    tmp_path: Path, env: dict[str, str]
) -> None:
    away = env | {"DATABASE_URL": f"postgresql://nobody@/nothing?host={tmp_path}"}
    ended = portal(away, "check")
    assert ended.exit_code == 1
    assert "mend  The database does not answer." in ended.output


def test_a_setting_that_cannot_be_used_is_named_beside_the_rest(
    healthy: Database, env: dict[str, str]
) -> None:
    ended = portal(env | {"SMTP_URL": "ftp://mail.example"}, "check")
    assert "mend  SMTP_URL must begin with" in ended.output
    assert "No deputy" in ended.output


def test_a_test_mail_is_sent_only_when_asked_for(
    healthy: Database, env: dict[str, str], mail_host: MailHost
) -> None:
    mailed = env | {"SMTP_URL": mail_host.url, "MAIL_FROM": "hallo@voordeur.example"}
    portal(mailed, "check")
    assert mail_host.mails == []
    assert portal(mailed, "check", "--send-test", MAIL).exit_code == 0
    assert len(mail_host.mails) == 1
    mail_host.manners.rcpt = "550 nobody here"
    ended = portal(mailed, "check", "--send-test", MAIL)
    assert ended.exit_code == 1
    assert "mend  The mail server did not take the test mail: smtp_550." in ended.output
    assert MAIL not in ended.output

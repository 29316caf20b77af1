"""The demonstration: every block of the list has somebody in it, on any day it is set up."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.identity import load_identity
from portal.accounts.manage import add_account, all_accounts, find_account
from portal.accounts.models import ROLES, Membership
from portal.accounts.passwords import is_password
from portal.catalogue.models import Organization
from portal.cli.demo import prepare
from portal.cli.demo_password import NotADemoError
from portal.cli.demo_setup import fill_in
from portal.db.engine import Database
from portal.followup.agenda import load_agenda
from portal.followup.people import Block
from portal.privacy.encryption import unseal
from portal.registration.models import Registration
from tests.support.clock import amsterdam

PASSWORD = "oefenen met de voordeur"
NOW = amsterdam("2026-11-18T10:00")
# Besides a Wednesday: a Sunday, just after midnight, between two holidays, the day the clock moves.
MOMENTS = (
    "2026-11-18T10:00",
    "2026-11-22T15:00",
    "2026-11-24T00:05",
    "2026-12-28T09:00",
    "2027-03-28T12:00",
)


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_block_of_the_list_has_somebody_in_it(database: Database, moment: str) -> None:
    now = amsterdam(moment)
    prepare(database, PASSWORD, now=now)
    with database.reading() as db:
        account = find_account(db, "handler@trudo.example")
        identity = load_identity(db, account.id) if account else None
        assert identity
        agenda = load_agenda(db, identity, now=now, everyone=False, rest=True)
    assert [block.name for block in Block if not agenda.counts[block]] == []
    assert len(agenda.people) >= 12
    assert all(person.waiting_since <= now for person in agenda.people)


def test_every_role_and_every_kind_of_organisation_is_there(database: Database) -> None:
    prepare(database, PASSWORD, now=NOW)
    with database.reading() as db:
        assert set(db.scalars(select(Membership.role))) == set(ROLES)
        kinds = _kinds_with_a_handler(db)
    assert kinds["corporation"] >= 2
    assert kinds["partner"] >= 2
    assert {"neighbourhood", "last_resort"} <= set(kinds)


def _kinds_with_a_handler(db: Session) -> dict[str, int]:
    query = (
        select(Organization.kind, func.count(Organization.id.distinct()))
        .join(Membership, Membership.organization_id == Organization.id)
        .where(Membership.role == "handler")
        .group_by(Organization.kind)
    )
    return dict(db.execute(query).all())


def test_accounts_are_called_after_their_role_and_organisation(database: Database) -> None:
    prepare(database, PASSWORD, now=NOW)
    with database.reading() as db:
        for account in all_accounts(db):
            email = unseal(db, account, "email") or ""
            assert re.fullmatch(rf"({'|'.join(ROLES)})@[a-z0-9-]+\.example", email)


def test_a_second_start_keeps_what_is_there(database: Database) -> None:
    prepare(database, PASSWORD, now=NOW)
    with database.writing.begin() as db:
        first = db.scalars(select(Registration).order_by(Registration.id)).first()
        assert first
        first.next_action = "plan"
        before = db.scalar(select(func.count()).select_from(Registration))
        changed = first.id
    prepare(database, PASSWORD, now=NOW)
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Registration)) == before
        assert db.get_one(Registration, changed).next_action == "plan"


def test_another_password_at_the_next_start_is_everybodys(database: Database) -> None:
    prepare(database, PASSWORD, now=NOW)
    prepare(database, "een ander wachtwoord", now=NOW)
    with database.reading() as db:
        hashes = {account.password_hash for account in all_accounts(db)}
    assert all(is_password(each, "een ander wachtwoord") for each in hashes)


def test_a_database_with_real_accounts_is_left_alone(database: Database) -> None:
    with database.writing.begin() as db:
        add_account(db, "sanne@trudo.nl", "Sanne", password_hash="real", now=NOW)
    with pytest.raises(NotADemoError):
        prepare(database, PASSWORD, now=NOW)
    with database.reading() as db:
        assert [account.password_hash for account in all_accounts(db)] == ["real"]


def test_keys_and_password_are_made_once_and_nobody_else_can_read_them(tmp_path: Path) -> None:
    first = {"PORTAL_DATA": str(tmp_path / "data")}
    second = dict(first)
    fill_in(first)
    fill_in(second)
    assert first == second
    assert first["PORTAL_DEMO"] == "1"
    files = list((tmp_path / "data").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_what_is_set_is_used_and_not_written_down(tmp_path: Path) -> None:
    env = {"PORTAL_DATA": str(tmp_path), "PORTAL_DEMO_PASSWORD": PASSWORD}
    fill_in(env)
    assert env["PORTAL_DEMO_PASSWORD"] == PASSWORD
    assert not (tmp_path / "demo-password").exists()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    with pytest.raises(SystemExit, match="cannot be written"):
        fill_in({"PORTAL_DATA": str(tmp_path / "file" / "data")})

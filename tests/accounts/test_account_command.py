"""The operator's commands, as they are typed."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

import pytest
from click.testing import CliRunner, Result

from portal.accounts.manage import find_account
from portal.accounts.passwords import is_password
from portal.catalogue.models import Contact, Organization
from portal.cli import root
from portal.db.engine import Database
from portal.settings import Settings

EMAIL = "sanne@trudo.example"
Run = Callable[..., Result]


@pytest.fixture
def run(database: Database, settings: Settings) -> Run:
    """Type a command against the database of this test, in which Trudo exists."""
    with database.writing.begin() as db:
        trudo = Organization(slug="trudo", name="Trudo", kind="corporation")
        db.add(trudo)
        db.flush()
        fields = {"first_name": "Sanne", "words": {}, "phone": "+31401234501", "languages": ["nl"]}
        db.add(Contact(slug="trudo-sanne", organization_id=trudo.id, **fields))
    env = {
        "DATABASE_URL": settings.database_url,
        "PORTAL_DATA": str(settings.data),
        "PORTAL_BASE_URL": "http://127.0.0.1",
        "PORTAL_PHONE": settings.phone,
        "PORTAL_SECRET_KEYS": _shown(settings.secret_keys),
        "PORTAL_ENCRYPTION_KEYS": _shown(settings.encryption_keys),
    }

    def typed(*words: str) -> Result:
        return CliRunner().invoke(root, ["account", *words], env=env)

    return typed


def _shown(keys: Mapping[str, bytes]) -> str:
    encoded = {name: base64.urlsafe_b64encode(key).decode() for name, key in keys.items()}
    return ",".join(f"{name}:{key}" for name, key in encoded.items())


ADD = ("add", EMAIL, "--name", "Sanne Voorbeeld", "--organization", "trudo")


def test_an_account_gets_a_password_that_is_shown_once(run: Run, database: Database) -> None:
    result = run(*ADD, "--role", "handler", "--contact", "trudo-sanne")
    assert result.exit_code == 0, result.output
    password = result.output.split("once: ")[1].split()[0]
    assert f"{EMAIL} is handler at Trudo." in result.output
    with database.reading() as db:
        account = find_account(db, EMAIL)
        assert account
        assert is_password(account.password_hash, password)


def test_a_second_role_keeps_the_password(run: Run) -> None:
    run(*ADD, "--role", "handler")
    again = run(*ADD, "--role", "registrar")
    assert again.exit_code == 0
    assert "once" not in again.output
    assert f"{EMAIL}  handler@trudo, registrar@trudo" in run("list").output


def test_an_account_that_is_off_is_shown_as_off(run: Run) -> None:
    run(*ADD, "--role", "handler")
    assert run("off", EMAIL).exit_code == 0
    assert f"{EMAIL} (off)" in run("list").output


def test_the_last_one_who_can_open_a_list_does_not_go_in_silence(run: Run) -> None:
    mo = ("add", "mo@trudo.example", "--name", "Mo Voorbeeld", "--organization", "trudo")
    run(*ADD, "--role", "handler")
    run(*mo, "--role", "coordinator")
    assert "Nobody can open" not in run("off", EMAIL).output
    assert "Nobody can open the list of Trudo now." in run("off", "mo@trudo.example").output


def test_another_password_can_be_given(run: Run, database: Database) -> None:
    run(*ADD, "--role", "handler")
    assert run("password", EMAIL, "--password", "weer een wachtwoord").exit_code == 0
    with database.reading() as db:
        account = find_account(db, EMAIL)
        assert account
        assert is_password(account.password_hash, "weer een wachtwoord")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("off", "niemand@trudo.example"), "has no account"),
        (("add", "sanne", "--name", "S", "--role", "handler", "--organization", "trudo"), "mail"),
        (
            ("add", EMAIL, "--name", "S", "--role", "handler", "--organization", "nergens"),
            "no organisation is called 'nergens'",
        ),
        ((*ADD, "--role", "handler", "--contact", "nergens"), "no contact called 'nergens'"),
        ((*ADD, "--role", "handler", "--password", "kort"), "12 to 200 characters"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_nothing_is_kept(
    run: Run, words: tuple[str, ...], says: str
) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert says in result.output
    assert "Traceback" not in result.output
    assert run("list").output == ""

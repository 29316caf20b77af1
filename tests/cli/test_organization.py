"""The operator switches an organisation off, and looks first whom it is about."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from portal.catalogue.models import Contact, Organization, Programme
from portal.cli import root
from portal.db.engine import Database
from portal.settings import Settings
from tests.desk.world import World, furnished, organization_id
from tests.support.clock import SettableClock
from tests.support.templates import Preparation

Run = Callable[..., Result]


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with accounts and nobody registered yet."""
    return furnished


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """What goes on there."""
    return World(database, clock)


@pytest.fixture
def run(database: Database, settings: Settings) -> Run:
    """Type a command against the database of this test."""
    env = {
        "DATABASE_URL": settings.database_url,
        "PORTAL_DATA": str(settings.data),
        "PORTAL_BASE_URL": "http://127.0.0.1",
        "PORTAL_PHONE": settings.phone,
        "PORTAL_SECRET_KEYS": _shown(settings.secret_keys),
        "PORTAL_ENCRYPTION_KEYS": _shown(settings.encryption_keys),
    }

    def typed(*words: str) -> Result:
        assert database.engine.url
        return CliRunner().invoke(root, ["organization", *words], env=env)

    return typed


def _shown(keys: Mapping[str, bytes]) -> str:
    return ",".join(
        f"{name}:{base64.urlsafe_b64encode(key).decode()}" for name, key in keys.items()
    )


def is_on(world: World, slug: str) -> bool:
    with world.looking() as db:
        return db.get_one(Organization, organization_id(db, slug)).active


def test_looking_first_changes_nothing(world: World, run: Run) -> None:
    world.register()
    shown = run("switch-off", "trudo", "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert shown.output.splitlines() == [
        "Trudo has 1 in hand:",
        "  1 of its own to Buurthuis De Voorbeeldhoek, as agreed",
    ]
    assert is_on(world, "trudo")


def test_looking_first_says_that_somebody_does_not_fit(world: World, run: Run) -> None:
    with world.looking() as db:
        programme = db.scalars(select(Programme)).first()
        assert programme
        named = db.get_one(Contact, programme.fallback_contact_id)
        slug, own = named.organization.slug, named.slug
    for options, said in (
        ([], "a programme falls back on it"),
        (["--instead", own], "may not be that for the programme"),
        (["--instead", "nobody"], "no contact is called 'nobody'"),
    ):
        shown = run("switch-off", slug, "--dry-run", *options)
        assert shown.exit_code == 1, shown.output
        assert said in shown.output
        assert is_on(world, slug)


def test_switching_off_moves_everybody_and_on_again_is_simple(world: World, run: Run) -> None:
    sam = world.register()
    done = run("switch-off", "trudo")
    assert done.exit_code == 0, done.output
    assert not is_on(world, "trudo")
    with world.looking() as db:
        assert world.load(sam).owner_id == organization_id(db, "voorbeeldhoek")
    assert run("switch-on", "trudo").exit_code == 0
    assert is_on(world, "trudo")
    again = run("switch-on", "trudo")
    assert (again.exit_code, "already" in str(again.output)) == (1, True)


def test_who_is_needed_is_not_switched_off_without_another(world: World, run: Run) -> None:
    refused = run("switch-off", "voorbeeldhoek")
    assert refused.exit_code == 1
    assert "--instead CONTACT" in refused.output
    assert is_on(world, "voorbeeldhoek")


@pytest.mark.parametrize("instead", ["trudo-sanne", "voorbeeldhoek-noor", "nobody"])
def test_another_must_fit(world: World, run: Run, instead: str) -> None:
    # The alternative of Eindhoven cannot be a landlord; nor can it be who stops, or nobody.
    slug = "springplank040" if instead != "voorbeeldhoek-noor" else "voorbeeldhoek"
    refused = run("switch-off", slug, "--instead", instead)
    assert refused.exit_code == 1
    assert is_on(world, slug)


def test_another_that_fits_takes_its_place(world: World, run: Run) -> None:
    done = run("switch-off", "voorbeeldhoek", "--instead", "springplank040-rob")
    assert done.exit_code == 0, done.output
    with world.looking() as db:
        rob = db.scalars(select(Contact.id).where(Contact.slug == "springplank040-rob")).one()
        assert db.scalars(select(Programme.fallback_contact_id)).one() == rob


def test_a_slug_nobody_has_is_said_in_a_sentence(run: Run) -> None:
    for words in (("switch-off", "nergens"), ("switch-on", "nergens")):
        refused = run(*words)
        assert refused.exit_code == 1
        assert "no organisation is called 'nergens'" in refused.output

"""A coordinator looks whether everybody lands, at a desk and on a phone."""

from __future__ import annotations

import pytest

from portal.catalogue.models import Contact
from portal.catalogue.version import bump_version
from portal.db.engine import Database
from tests.desk.world import COORDINATOR, World, contact_id, furnished
from tests.journeys.handler import Handler
from tests.support.browser import OpenScreen
from tests.support.clock import SettableClock
from tests.support.templates import Preparation


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with accounts and nobody registered yet."""
    return furnished


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """Eindhoven, where Sanne is away and nobody is in at the fallback."""
    made = World(database, clock)
    with made.writing() as db:
        for slug in ("trudo-sanne", "voorbeeldhoek-noor"):
            db.get_one(Contact, contact_id(db, slug)).absent_from = clock().date()
        bump_version(db)
    return made


def test_a_coordinator_reads_what_to_mend_and_who_gets_what(
    world: World, desk_browser: OpenScreen
) -> None:
    handler = Handler(desk_browser())
    handler.opens(COORDINATOR)
    handler.unfolds("Coordinator")
    handler.follows("Wie komt waar terecht")
    handler.screen.step("who lands where")
    handler.sees("kunnen iemand laten wachten", "Afwezig, en er is geen vervanger")
    handler.page.get_by_label("Gebied").select_option("eindhoven-centrum")
    handler.page.get_by_label("Taal").select_option("ar")
    handler.presses("Toon")
    handler.screen.step("who speaks Arabic")
    handler.sees("Mo: Arabisch vervangt Sanne")


def test_the_page_is_read_on_a_phone_without_scripts(world: World, phone: OpenScreen) -> None:
    handler = Handler(phone(java_script_enabled=False))
    handler.opens(COORDINATOR)
    handler.screen.go("/desk/coverage")
    handler.screen.step("who lands where on a phone")
    handler.sees("5641–5647", "omdat zij van Trudo huren")

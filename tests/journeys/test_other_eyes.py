"""After the questions: check, receipt, one's own page and the desk, with other eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from portal.db.engine import Database
from portal.followup.record import record_attempt
from portal.registration.models import Registration
from tests.desk.world import SANNE, World
from tests.journeys.handler import Handler
from tests.journeys.sender import Sender
from tests.support.browser import OpenScreen
from tests.support.clock import SettableClock
from tests.support.eyes import cut_off, moving, without_edge
from tests.support.screen import Screen

Look = Callable[[Screen, str], None]
Walk = Callable[[Screen, str, Look], None]


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """Eindhoven, with people at desks, and two of them on Sanne's list."""
    made = World(database, clock)
    made.furnish()
    tried, _new = made.register("Voorbeeld-Robin"), made.register("Voorbeeld-Kim", language="ar")
    with made.writing() as db:
        row = db.get_one(Registration, tried)
        record_attempt(db, row, "no_answer", by=made.identity(SANNE), now=made.clock())
    clock.advance(days=3)
    return made


def a_tenant_walks(screen: Screen, locale: str, look: Look) -> None:
    """Check, also with what is missing, receipt, their own page and a line that is empty."""
    tenant = Sender(screen)
    tenant.opens(f"/{locale}/")
    tenant.answers(postcode="5616 AB", landlord="trudo", likes=("eindhoven-koken",))
    look(screen, "check")
    tenant.sends_it()
    look(screen, "check, not agreed")
    tenant.agrees()
    look(screen, "check, agreed")
    tenant.sends_it()
    tenant.reads_the_receipt()
    look(screen, "receipt")
    screen.page.locator("a[href*='/mine/']").first.click()
    look(screen, "own page")
    screen.page.locator("form[action$=line] button").click()
    look(screen, "own page, an error")


def a_handler_works(screen: Screen, _locale: str, look: Look) -> None:
    """The list, a case, and an empty note."""
    handler = Handler(screen)
    handler.opens(SANNE)
    look(screen, "today")
    handler.follows("Voorbeeld-Robin")
    look(screen, "a case")
    handler.presses("Notitie bewaren")
    look(screen, "a case, an error")


WALKS = [(a_tenant_walks, "nl"), (a_tenant_walks, "ar"), (a_handler_works, "nl")]
NAMES = ["tenant", "tenant in Arabic", "desk"]

walks = pytest.mark.parametrize(("walk", "locale"), WALKS, ids=NAMES)


def looking_for(what: Callable[[Page], Iterator[str]]) -> Look:
    """Return a look at a page that fails when anything is found on it."""

    def look(screen: Screen, name: str) -> None:
        screen.step(name)
        found = [*what(screen.page)]
        assert not found, f"{name}:\n" + "\n".join(found)

    return look


@walks
def test_where_colours_are_forced_everything_keeps_an_edge(
    phone: OpenScreen, world: World, walk: Walk, locale: str
) -> None:
    walk(phone(locale, forced_colors="active"), locale, looking_for(without_edge))


@walks
def test_nothing_moves_for_who_asked_for_no_motion(
    phone: OpenScreen, world: World, walk: Walk, locale: str
) -> None:
    walk(phone(locale, reduced_motion="reduce"), locale, looking_for(moving))


@walks
def test_letters_twice_as_large_show_every_word(
    phone: OpenScreen, world: World, walk: Walk, locale: str
) -> None:
    def look(screen: Screen, name: str) -> None:
        screen.page.wait_for_load_state("load")
        screen.page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = screen.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{name} is {wide} pixels wide"
        found = [*cut_off(screen.page)]
        assert not found, f"{name}:\n" + "\n".join(found)

    walk(phone(locale), locale, look)


def test_a_desk_at_200_percent_shows_every_word(desk_browser: OpenScreen, world: World) -> None:
    half = {"width": 640, "height": 450}
    a_handler_works(desk_browser("nl", viewport=half), "nl", looking_for(cut_off))

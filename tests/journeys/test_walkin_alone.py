"""A tablet that nobody looks after: the page closes itself, and nothing of it comes back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from portal.db.engine import Database
from tests.journeys.registrar import EMAIL, Registrar
from tests.support.browser import OpenScreen
from tests.walkin.counter import add_staff

LOCKED = "Deze pagina is dichtgegaan"


@pytest.fixture(autouse=True)
def counter(packs: None, database: Database) -> None:
    """A registrar of Athos."""
    add_staff(database, EMAIL, ("athos", "registrar"))


def test_five_minutes_without_a_touch_close_the_page_and_the_session(phone: OpenScreen) -> None:
    registrar = Registrar(phone("nl"))
    page = registrar.page
    registrar.signs_in()
    page.clock.install()
    registrar.asks("Samen iets doen")
    page.clock.fast_forward("04:50")
    expect(page.locator("#first_name")).to_have_value("Voorbeeld-Ravi")
    # A touch begins the five minutes anew.
    page.mouse.click(5, 300)
    page.clock.fast_forward("04:50")
    expect(page.locator("#first_name")).to_be_visible()
    with page.expect_response("**/sign-out"):
        page.clock.fast_forward("00:11")
    expect(page.locator("h1")).to_have_text(LOCKED)
    expect(page.locator("h1")).to_be_focused()
    expect(page).to_have_title(LOCKED)
    assert "Voorbeeld-Ravi" not in page.content()
    registrar.screen.step("the page has closed itself")
    # The server has ended the session too: no page opens any more, forward or back.
    registrar.screen.go("/walkin/")
    expect(page).to_have_url(re.compile("/sign-in$"))
    page.go_back()
    expect(page.locator("#first_name")).to_have_count(0)


def test_a_tablet_that_slept_closes_the_page_when_it_wakes_up(phone: OpenScreen) -> None:
    registrar = Registrar(phone("nl"))
    page = registrar.page
    registrar.signs_in()
    page.clock.install()
    registrar.asks("Samen iets doen")
    # While it sleeps no timer runs; only the clock has moved on when it wakes up.
    page.evaluate("() => { const slept = Date.now() + 3e6; Date.now = () => slept; }")
    with page.expect_response("**/sign-out"):
        page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(page.locator("h1")).to_have_text(LOCKED)


def test_after_signing_out_the_back_button_shows_nothing(desk_browser: OpenScreen) -> None:
    registrar = Registrar(desk_browser("nl"))
    page = registrar.page
    registrar.signs_in()
    registrar.asks("Samen iets doen")
    page.click("header summary")
    page.get_by_role("button", name="Uitloggen").click()
    expect(page).to_have_url(re.compile("/sign-in$"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("Inloggen")
    assert "Voorbeeld-Ravi" not in page.content()

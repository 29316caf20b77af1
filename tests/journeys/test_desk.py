"""A handler's day, at a desk and on a phone, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from portal.db.engine import Database
from portal.followup.record import record_attempt
from portal.registration.change import say_nobody_called
from portal.registration.models import Registration
from tests.desk.world import MO, SANNE, World
from tests.journeys.handler import Handler
from tests.support.browser import OpenScreen
from tests.support.clock import SettableClock


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """Eindhoven, with Samira who complained, Piet who is new, and Bo who was tried."""
    made = World(database, clock)
    made.furnish()
    samira = made.register("Samira Voorbeeld", language="ar", likes=("eindhoven-koken",))
    clock.set("2026-11-23T08:30")
    with made.writing() as db:
        registration = db.get_one(Registration, samira)
        say_nobody_called(db, registration, spoken=False, now=clock())
    tried = made.register("Bo Proef", phone="+31612345671")
    with made.writing() as db:
        registration = db.get_one(Registration, tried)
        record_attempt(db, registration, "voicemail", by=made.identity(SANNE), now=clock())
    made.register("Piet Proef", wishes=("together",), phone="+31612345672")
    clock.set("2026-11-24T09:00")
    return made


def test_a_call_is_logged_in_two_clicks(world: World, desk_browser: OpenScreen) -> None:
    handler = Handler(desk_browser())
    handler.opens(SANNE)
    handler.sees("1 persoon wacht te lang.", "Niemand belde", "Nog niemand belt", "Voor vandaag")
    handler.follows("Gebeld Samira Voorbeeld")
    handler.screen.step("the case of Samira")
    handler.presses("Gesproken")
    handler.screen.step("the call is noted")
    handler.sees("Genoteerd: jullie hebben elkaar gesproken.", "Plan maken, uiterlijk")
    handler.follows("Terug naar vandaag")
    handler.screen.step("back at the list")
    handler.sees("Niemand wacht te lang.")


def test_a_number_is_dialled_from_a_phone(world: World, phone: OpenScreen) -> None:
    handler = Handler(phone())
    handler.opens(SANNE)
    handler.follows("Samira Voorbeeld")
    handler.screen.step("the case on a phone")
    dial = handler.page.get_by_role("link", name="06 12345678")
    expect(dial).to_have_attribute("href", "tel:+31612345678")
    box = dial.bounding_box()
    assert box
    assert box["height"] >= 44
    assert box["y"] < 740, "the number is on the first screen"


def test_everything_on_the_case_works_without_scripts(world: World, phone: OpenScreen) -> None:
    handler = Handler(phone(java_script_enabled=False))
    handler.screen.go("/desk/")
    handler.signs_in(SANNE)
    handler.follows("Piet Proef")
    handler.presses("Ik bel deze persoon")
    handler.sees("Jij belt")
    handler.page.get_by_role("textbox", name="Notitie").fill("Komt donderdag koffie drinken.")
    handler.presses("Notitie bewaren")
    handler.sees("De notitie is bewaard.", "Komt donderdag koffie drinken.")
    handler.presses("Gesproken")
    handler.unfolds("Laten rusten tot een dag")
    handler.page.get_by_label("Tot wanneer?").fill("2026-12-01")
    handler.page.locator("form[action$='/wait'] button").click()
    handler.sees("Rust tot di 1 dec")


def test_a_word_that_judges_is_asked_about_and_a_bsn_is_refused(
    world: World, desk_browser: OpenScreen
) -> None:
    handler = Handler(desk_browser())
    handler.opens(SANNE)
    handler.follows("Piet Proef")
    handler.page.get_by_role("textbox", name="Notitie").fill("Zonder indicatie.")
    handler.presses("Notitie bewaren")
    handler.screen.step("a word that judges")
    handler.sees("Je schrijft ‘indicatie’.")
    handler.page.get_by_role("textbox", name="Notitie").fill("Nummer 111222333")
    handler.presses("Toch bewaren")
    handler.screen.step("a number that may be a BSN")
    handler.sees("Er staan cijfers in die op een BSN lijken.")
    expect(handler.page.get_by_role("textbox", name="Notitie")).to_have_value("Nummer 111222333")


def test_two_at_once_and_the_second_sees_what_happened(
    world: World, desk_browser: OpenScreen
) -> None:
    sanne, mo = Handler(desk_browser()), Handler(desk_browser())
    sanne.opens(SANNE)
    mo.opens(MO)
    sanne.follows("Piet Proef")
    mo.follows("En 3 bij collega’s")
    mo.screen.step("everybody at Trudo")
    mo.follows("Piet Proef")
    world.clock.advance(minutes=2)
    sanne.presses("Geen gehoor")
    sanne.sees("Genoteerd: geen gehoor.")
    mo.presses("Ingesproken")
    mo.screen.step("changed in the meantime")
    mo.sees("Dit is intussen veranderd.", "09:02 · Sanne Voorbeeld: Geen gehoor")
    mo.presses("Ingesproken")
    mo.sees("Genoteerd: je sprak de voicemail in.")


def test_a_note_survives_a_long_coffee(world: World, desk_browser: OpenScreen) -> None:
    handler = Handler(desk_browser())
    handler.opens(SANNE)
    handler.follows("Piet Proef")
    handler.page.get_by_role("textbox", name="Notitie").fill("Heeft een rijbewijs.")
    world.clock.advance(minutes=70)
    handler.presses("Notitie bewaren")
    handler.screen.step("signed out meanwhile")
    handler.sees("wat je schreef is bewaard")
    handler.signs_in(SANNE)
    handler.screen.step("go on where you were")
    handler.presses("Nu bewaren")
    handler.screen.step("kept after all")
    handler.sees("De notitie is bewaard.", "Heeft een rijbewijs.")


def test_somebody_is_found_by_name_and_nobody_by_a_wrong_one(
    world: World, phone: OpenScreen
) -> None:
    handler = Handler(phone())
    handler.opens(SANNE)
    search = handler.page.get_by_label("Zoek iemand op naam, nummer of code")
    search.fill("proef")
    search.press("Enter")
    handler.screen.step("two are found")
    handler.sees("2 mensen gevonden.")
    search.fill("niemand")
    search.press("Enter")
    handler.screen.step("nobody is found")
    handler.sees("Niemand gevonden.")
    assert "niemand" not in handler.page.url


def test_the_desk_is_reached_by_keyboard(world: World, desk_browser: OpenScreen) -> None:
    handler = Handler(desk_browser())
    handler.opens(SANNE)
    handler.page.keyboard.press("Tab")
    expect(handler.page.locator(":focus")).to_have_text("Naar de inhoud")
    handler.page.locator(".menu summary").focus()
    handler.page.keyboard.press("Enter")
    handler.screen.step("the menu is open")
    handler.page.keyboard.press("Escape")
    expect(handler.page.locator(".menu ul")).to_be_hidden()


def test_a_wrong_password_and_a_list_of_sessions(world: World, phone: OpenScreen) -> None:
    handler = Handler(phone())
    handler.screen.go("/sign-in")
    handler.signs_in(SANNE, "niet het wachtwoord")
    handler.screen.step("a wrong password")
    handler.sees("Dit e-mailadres en wachtwoord horen niet bij elkaar.")
    handler.signs_in(SANNE)
    handler.screen.step("signed in after all")
    handler.screen.go("/sessions")
    handler.screen.step("where somebody is signed in")
    handler.screen.go("/desk/registrations/00000000-0000-0000-0000-000000000000")
    handler.screen.step("a case that is not there")

"""Somebody walks in: the registrar's side of the counter, in a browser.

Given a registrar of Athos in Maastricht, at a tablet or a desk computer.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.catalogue.models import Organization
from portal.db.engine import Database
from portal.registration.models import Consent, Registration
from tests.support.browser import OpenScreen
from tests.support.screen import Screen
from tests.walkin.counter import PASSWORD, add_staff, load_packs

REGISTRAR = "registrator@athos.example"
LOCKED = "Deze pagina is dichtgegaan"


@pytest.fixture
def maastricht(database: Database) -> Database:
    """Two programmes; Eindhoven is the default one, so nothing falls to Athos by itself."""
    load_packs(database, "eindhoven", "maastricht")
    add_staff(database, REGISTRAR, ("athos", "registrar"))
    return database


class Hand:
    """A hand at the counter, which counts what it does: a tap and a key are one each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0

    def tap(self, words: str) -> None:
        """Tap what carries these words."""
        self.acts += 1
        target = self.page.locator("main").locator("label, button, a").filter(has_text=words)
        target.first.click()

    def write(self, label: str, text: str) -> None:
        """Tap a field, and type."""
        self.acts += 1 + len(text)
        self.page.get_by_label(label, exact=True).click()
        self.page.keyboard.type(text)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key."""
        self.acts += times
        for _ in range(times):
            self.page.keyboard.press(key)

    def tab_to(self, selector: str) -> None:
        """Press Tab until the focus is there."""
        for _ in range(60):
            if self.page.locator(f"{selector}:focus").count():
                return
            self.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")


def stand_at_the_counter(screen: Screen) -> Page:
    screen.go("/sign-in")
    page = screen.page
    page.fill("#email", REGISTRAR)
    page.fill("#password", PASSWORD)
    page.click("main button")
    expect(page).to_have_url(re.compile("/walkin/$"))
    return page


def only_registration(database: Database) -> Registration:
    with database.reading() as db:
        return db.scalars(select(Registration)).one()


def test_first_name_only_no_phone_no_landlord_in_maastricht(
    phone: OpenScreen, maastricht: Database
) -> None:
    # Given a registrar of Athos with a tablet in the hand.
    screen = phone("nl")
    page = stand_at_the_counter(screen)
    screen.step("nobody was registered yet")
    hand = Hand(page)
    # When somebody comes in who gives a first name, and will drop by again.
    hand.tap("Er loopt iemand binnen")
    screen.step("the questions")
    hand.tap("Samen iets doen")
    hand.tap("Athoslaan 12a")
    hand.write("Voornaam", "Ravi")
    hand.tap("Verder: voorlezen")
    screen.step("read aloud")
    expect(page.locator("blockquote")).to_contain_text("Jamal van Athos krijgt je antwoorden.")
    hand.tap("Ja, Jamal mag")
    hand.tap("Versturen")
    screen.step("it is stored")
    # Then it is Athos who has the next move, and the slip can be given along once.
    with maastricht.reading() as db:
        row = only_registration(maastricht)
        assert db.get_one(Organization, row.owner_id).slug == "athos"
    assert (row.phone, row.email, row.landlord_id, row.digits) == (None, None, None, None)
    hand.tap("Briefje openen")
    screen.step("the slip")
    expect(page.locator(".slip .code")).to_have_text(re.compile(r"^\w{3}-\w{3}-\w{2}$"))
    # And all of it took no more taps and letters than fit in a minute, at one every 2 seconds.
    assert hand.acts <= 30, hand.acts
    hand.tap("Klaar")
    expect(page.locator("main")).to_contain_text("Het kan niet nog een keer open.")
    screen.step("the slip stays closed")
    hand.tap("Klaar")
    expect(page.locator(".status")).to_contain_text("Eerste contact uiterlijk")
    screen.step("status words")


def test_with_the_keyboard_alone(desk_browser: OpenScreen, maastricht: Database) -> None:
    screen = desk_browser("nl")
    page = stand_at_the_counter(screen)
    screen.go("/walkin/new")
    screen.step("the questions, on a computer")
    hand = Hand(page)
    hand.tab_to("[name=wish][value=paid_work]")
    hand.press("Space")
    hand.tab_to("#first_name")
    page.keyboard.type("Ravi")
    hand.tab_to("#phone")
    page.keyboard.type("0612345678")
    hand.press("Enter")
    expect(page.locator("blockquote")).to_be_visible()
    hand.tab_to("[name=consent]")
    hand.press("Space")
    hand.press("Enter")
    expect(page.locator("h1")).to_have_text("Het is verstuurd")
    assert only_registration(maastricht).phone
    # Besides the 14 signs of name and number; Tab takes a third of a second.
    assert hand.acts <= 70, hand.acts


def test_what_is_near_comes_while_the_postcode_is_typed(
    phone: OpenScreen, maastricht: Database
) -> None:
    screen = phone("nl")
    page = stand_at_the_counter(screen)
    screen.go("/walkin/new")
    expect(page.locator("#look")).to_be_hidden()
    page.get_by_label("Iets maken").check()
    page.fill("#postcode", "6214")
    expect(page.locator("#landlords")).to_contain_text("Woonpunt")
    # What was ticked and is on offer there too stays ticked.
    expect(page.get_by_label("Iets maken")).to_be_checked()
    page.fill("#postcode", "5621 AB")
    expect(page.locator("#landlords")).to_contain_text("Trudo")
    expect(page.locator("#services")).not_to_contain_text("Iets maken")
    screen.step("what is near")


def test_without_a_network_the_page_goes_on(phone: OpenScreen, maastricht: Database) -> None:
    screen = phone("nl")
    page = stand_at_the_counter(screen)
    screen.go("/walkin/new")
    with screen.offline():
        page.fill("#postcode", "5621")
        expect(page.locator("#say")).to_contain_text("geen verbinding")
    # Back in reach, the same postcode is asked for again.
    page.fill("#postcode", "5621 AB")
    expect(page.locator("#landlords")).to_contain_text("Trudo")
    screen.step("back in reach")


def test_wrong_answers_come_back_with_the_focus_on_what_to_do(
    phone: OpenScreen, maastricht: Database
) -> None:
    screen = phone("nl")
    page = stand_at_the_counter(screen)
    screen.go("/walkin/new")
    page.click("text=Verder: voorlezen")
    expect(page.locator("#summary")).to_be_focused()
    assert page.title().startswith("Fout:")
    screen.step("what is still to do")
    page.locator("#summary a").first.click()
    expect(page).to_have_url(re.compile("#wish$"))


def test_in_arabic_it_is_read_from_right_to_left(
    desk_browser: OpenScreen, maastricht: Database
) -> None:
    screen = desk_browser("nl")
    page = stand_at_the_counter(screen)
    screen.go("/walkin/new")
    page.get_by_label("Taal die jullie spreken").select_option("ar")
    page.get_by_label("Familie of een vriend").check()
    page.get_by_label("Samen iets doen").check()
    page.get_by_label("Voornaam").fill("Voorbeeld-Samira")
    page.get_by_label("Telefoonnummer").fill("06 12345678")
    page.click("text=Verder: voorlezen")
    screen.step("read aloud in Arabic")
    expect(page.locator("blockquote")).to_have_css("direction", "rtl")
    page.locator("[name=consent]").check()
    page.click("#agree .go")
    page.click("text=Briefje openen")
    screen.step("the slip in Arabic")
    with maastricht.reading() as db:
        consents = db.scalars(select(Consent)).all()
    assert {(each.locale, each.interpreter) for each in consents} == {("ar", "family")}
    # On paper there is the slip and nothing else, black on white.
    page.emulate_media(media="print")
    expect(page.locator("header")).to_be_hidden()
    expect(page.locator(".beside").first).to_be_hidden()
    expect(page.locator(".slip")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator(".slip .qr")).to_be_visible()


def test_without_scripts_it_is_the_same_with_one_button_more(
    phone: OpenScreen, maastricht: Database
) -> None:
    screen = phone("nl", java_script_enabled=False)
    page = stand_at_the_counter(screen)
    screen.go("/walkin/new")
    page.get_by_label("Samen iets doen").check()
    page.fill("#postcode", "5621 AB")
    page.click("#look")
    expect(page.get_by_label("Trudo")).to_be_visible()
    page.get_by_label("Voornaam").fill("Voorbeeld-Ravi")
    page.get_by_label("Telefoonnummer").fill("06 12345678")
    page.click("text=Verder: voorlezen")
    page.locator("[name=consent]").check()
    page.click("#agree .go")
    page.click("text=Briefje openen")
    expect(page.locator(".slip .code")).to_be_visible()
    assert only_registration(maastricht).digits == "5621"


def test_five_minutes_without_a_touch_close_the_page_and_the_session(
    phone: OpenScreen, maastricht: Database
) -> None:
    screen = phone("nl")
    page = stand_at_the_counter(screen)
    page.clock.install()
    screen.go("/walkin/new")
    page.fill("#first_name", "Voorbeeld-Ravi")
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
    assert "Voorbeeld-Ravi" not in page.content()
    assert page.title() == LOCKED
    screen.step("the page has closed itself")
    # The server has ended the session too, so no other page opens, forward or back.
    screen.go("/walkin/")
    expect(page).to_have_url(re.compile("/sign-in$"))
    page.go_back()
    expect(page.locator("#first_name")).to_have_count(0)


def test_a_tablet_that_slept_closes_the_page_when_it_wakes_up(
    phone: OpenScreen, maastricht: Database
) -> None:
    screen = phone("nl")
    page = stand_at_the_counter(screen)
    page.clock.install()
    screen.go("/walkin/new")
    # While a tablet sleeps no timer runs; only the clock has moved on when it wakes up.
    page.evaluate("() => { const slept = Date.now() + 3e6; Date.now = () => slept; }")
    with page.expect_response("**/sign-out"):
        page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(page.locator("h1")).to_have_text(LOCKED)


def test_after_signing_out_the_back_button_shows_nothing(
    desk_browser: OpenScreen, maastricht: Database
) -> None:
    screen = desk_browser("nl")
    page = stand_at_the_counter(screen)
    screen.go("/walkin/new")
    page.fill("#first_name", "Voorbeeld-Ravi")
    page.click("header summary")
    page.click("header form button:has-text('Uitloggen')")
    expect(page).to_have_url(re.compile("/sign-in$"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("Inloggen")
    assert "Voorbeeld-Ravi" not in page.content()

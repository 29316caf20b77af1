"""Somebody walks in at Athos in Maastricht: the registrar's side of the counter, in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.catalogue.models import Organization
from portal.db.engine import Database
from portal.registration.models import Consent, Registration
from tests.journeys.registrar import EMAIL, Registrar
from tests.support.browser import OpenScreen
from tests.walkin.counter import add_staff


@pytest.fixture
def counter(packs: None, database: Database) -> Database:
    """A registrar of Athos."""
    add_staff(database, EMAIL, ("athos", "registrar"))
    return database


def only_one(database: Database) -> Registration:
    with database.reading() as db:
        return db.scalars(select(Registration)).one()


def test_first_name_only_no_phone_no_landlord_in_maastricht(
    phone: OpenScreen, counter: Database
) -> None:
    # Given a registrar with a tablet in the hand.
    registrar = Registrar(phone("nl"))
    registrar.signs_in()
    # When somebody comes in who gives a first name, and will drop by again.
    registrar.taps("Er loopt iemand binnen")
    registrar.taps("Samen iets doen")
    registrar.taps("Athoslaan 12a")
    registrar.taps("Voornaam")
    registrar.types("Ravi")
    registrar.taps("Verder: voorlezen")
    registrar.taps("Ja, Jamal mag")
    registrar.taps("Versturen")
    registrar.opens_the_slip()
    # Then Athos has the next move.
    row = only_one(counter)
    with counter.reading() as db:
        assert db.get_one(Organization, row.owner_id).slug == "athos"
    assert (row.phone, row.email, row.landlord_id, row.digits) == (None, None, None, None)
    # And it took 11 taps and letters: a minute leaves 5 seconds for each.
    assert registrar.acts == 11


def test_every_page_of_the_counter(phone: OpenScreen, counter: Database) -> None:
    registrar = Registrar(phone("nl"))
    registrar.signs_in()
    registrar.screen.step("nobody was registered yet")
    registrar.asks("Samen iets doen")
    registrar.screen.step("the questions")
    registrar.reads_aloud()
    registrar.screen.step("read aloud")
    registrar.page.get_by_role("button", name="Versturen").click()
    expect(registrar.page.locator("#summary")).to_be_focused()
    registrar.screen.step("nobody said yes yet")
    registrar.hears_yes()
    registrar.screen.step("it is stored")
    registrar.opens_the_slip()
    registrar.screen.step("the slip")
    registrar.taps("Klaar")
    expect(registrar.page.locator("main")).to_contain_text("Het kan niet nog een keer open.")
    registrar.screen.step("the slip stays closed")
    registrar.taps("We spraken Jamal net samen")
    expect(registrar.page.locator(".lead")).to_have_text("Er is iemand mee bezig.")
    registrar.taps("Klaar")
    expect(registrar.page.locator(".status")).to_have_count(1)
    registrar.screen.step("status words")


def test_younger_than_16_is_called_together(phone: OpenScreen, counter: Database) -> None:
    registrar = Registrar(phone("nl"))
    registrar.signs_in()
    registrar.asks("Nee, ik ben jonger")
    registrar.taps("Verder: voorlezen")
    expect(registrar.page.locator("h1")).to_have_text("Bel samen")
    registrar.screen.step("younger than 16")


def test_with_the_keyboard_alone(desk_browser: OpenScreen, counter: Database) -> None:
    registrar = Registrar(desk_browser("nl"))
    registrar.signs_in()
    registrar.screen.go("/walkin/new")
    registrar.tabs_to("[name=wish][value=paid_work]")
    registrar.presses("Space")
    registrar.tabs_to("#first_name")
    registrar.types("Ravi")
    registrar.tabs_to("#phone")
    registrar.types("0612345678")
    registrar.presses("Enter")
    expect(registrar.page.locator("blockquote")).to_be_visible()
    registrar.tabs_to("[name=consent]")
    registrar.presses("Space")
    registrar.presses("Enter")
    expect(registrar.page.locator("h1")).to_have_text("Het is verstuurd")
    assert only_one(counter).phone
    # Mostly Tab, which takes a third of a second: far within a minute.
    assert registrar.acts <= 60, registrar.acts


def test_wrong_answers_come_back_with_the_focus_on_what_to_do(
    desk_browser: OpenScreen, counter: Database
) -> None:
    registrar = Registrar(desk_browser("nl"))
    registrar.signs_in()
    registrar.asks(phone="een twee")
    registrar.taps("Verder: voorlezen")
    expect(registrar.page.locator("#summary")).to_be_focused()
    expect(registrar.page).to_have_title(re.compile("^Fout: "))
    registrar.screen.step("what is still to do")
    registrar.page.locator("#summary a").first.click()
    expect(registrar.page).to_have_url(re.compile("#wish$"))


def test_who_gets_it_is_told_beside_their_letter_and_not_in_the_columns_of_a_list(
    desk_browser: OpenScreen, counter: Database
) -> None:
    registrar = Registrar(desk_browser("nl"))
    registrar.signs_in()
    registrar.asks("Samen iets doen")
    registrar.reads_aloud()
    letter = registrar.page.locator(".person .avatar").bounding_box()
    words = registrar.page.locator(".person p").bounding_box()
    assert letter
    assert words
    assert words["x"] - (letter["x"] + letter["width"]) < 20
    registrar.hears_yes()


def test_in_arabic_it_is_read_and_printed_from_right_to_left(
    desk_browser: OpenScreen, counter: Database
) -> None:
    registrar = Registrar(desk_browser("nl"))
    page = registrar.page
    registrar.signs_in()
    registrar.asks("Samen iets doen", "Familie of een vriend")
    page.get_by_label("Taal die jullie spreken").select_option("ar")
    registrar.reads_aloud()
    expect(page.locator("blockquote")).to_have_css("direction", "rtl")
    registrar.screen.step("read aloud in Arabic")
    registrar.hears_yes()
    registrar.opens_the_slip()
    registrar.screen.step("the slip in Arabic")
    with counter.reading() as db:
        consents = db.scalars(select(Consent)).all()
    assert {(each.locale, each.interpreter) for each in consents} == {("ar", "family")}
    # On paper there is the slip and nothing else.
    page.emulate_media(media="print")
    for aside in ("header", "footer", ".beside >> nth=0"):
        expect(page.locator(aside)).to_be_hidden()
    expect(page.locator(".slip .qr")).to_be_visible()

"""The walk-in page without a network, without scripts, and while a postcode is typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.catalogue.models import Organization
from portal.catalogue.version import bump_version
from portal.db.engine import Database
from portal.registration.models import Registration
from tests.journeys.registrar import EMAIL, Registrar
from tests.support.browser import OpenScreen
from tests.walkin.counter import add_staff


@pytest.fixture
def counter(packs: None, database: Database) -> Database:
    """A registrar of Athos."""
    add_staff(database, EMAIL, ("athos", "registrar"))
    return database


@pytest.mark.usefixtures("counter")
def test_what_is_near_comes_while_the_postcode_is_typed(phone: OpenScreen) -> None:
    registrar = Registrar(phone("nl"))
    page = registrar.page
    registrar.signs_in()
    registrar.asks("Iets maken")
    expect(page.locator("#look")).to_be_hidden()
    page.fill("#postcode", "6214")
    expect(page.locator("#landlords")).to_contain_text("Woonpunt")
    # What was ticked and is on offer there too stays ticked.
    expect(page.get_by_label("Iets maken")).to_be_checked()
    page.fill("#postcode", "5621 AB")
    expect(page.locator("#landlords")).to_contain_text("Trudo")
    expect(page.locator("#services")).not_to_contain_text("Iets maken")
    registrar.screen.step("what is near")


@pytest.mark.usefixtures("counter")
def test_without_a_network_the_page_stays_as_it_is(phone: OpenScreen) -> None:
    registrar = Registrar(phone("nl"))
    page = registrar.page
    registrar.signs_in()
    registrar.asks("Samen iets doen")
    with registrar.screen.offline():
        page.fill("#postcode", "5621")
        expect(page.locator("#say")).to_contain_text("geen verbinding")
        expect(page.get_by_label("Samen iets doen")).to_be_checked()
    # Back in reach, the same postcode is asked for again.
    page.fill("#postcode", "5621 AB")
    expect(page.locator("#landlords")).to_contain_text("Trudo")
    registrar.screen.step("back in reach")


@pytest.mark.usefixtures("packs")
def test_a_long_name_never_makes_what_is_read_aloud_wider_than_the_phone(
    phone: OpenScreen, database: Database
) -> None:
    add_staff(database, EMAIL, ("voorbeeldhoek", "registrar"))
    with database.writing.begin() as db:
        [owner] = db.scalars(select(Organization).where(Organization.slug == "voorbeeldhoek"))
        owner.name = "Buurthuis De Voorbeeldhoek aan het Kanaal"
        bump_version(db)
    registrar = Registrar(phone("nl"))
    registrar.signs_in()
    registrar.asks("Samen iets doen")
    registrar.reads_aloud()
    expect(registrar.page.locator(".aloud")).to_contain_text("aan het Kanaal")
    registrar.screen.step("a long name to read aloud")


def test_without_scripts_it_is_the_same_with_one_button_more(
    phone: OpenScreen, counter: Database
) -> None:
    registrar = Registrar(phone("nl", java_script_enabled=False))
    page = registrar.page
    registrar.signs_in()
    registrar.asks("Samen iets doen")
    page.fill("#postcode", "5621 AB")
    page.click("#look")
    page.get_by_label("Trudo").check()
    registrar.reads_aloud()
    registrar.hears_yes()
    registrar.opens_the_slip()
    with counter.reading() as db:
        assert db.scalars(select(Registration.digits)).one() == "5621"

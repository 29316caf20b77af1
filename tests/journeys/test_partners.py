"""Aan de Slag040!: one person, two partners at once, one with an account and one by link."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import expect

from portal.catalogue.models import Contact
from portal.db.engine import Database
from portal.registration.models import Registration
from tests.desk.partners import speak
from tests.desk.world import LINDA, SANNE, World, contact_id, furnished
from tests.journeys.handler import Handler
from tests.journeys.partner import Partner
from tests.journeys.post import Mailbox, open_mailbox
from tests.journeys.tenant import Tenant
from tests.support.browser import OpenScreen
from tests.support.clock import SettableClock
from tests.support.server import Server
from tests.support.smtp import MailHost
from tests.support.templates import Preparation

AMAL = "amal@voorbeeld.example"
ROB = "rob@springplank040.example"


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with accounts."""
    return furnished


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """What goes on there."""
    return World(database, clock)


@pytest.fixture
def amal(world: World) -> UUID:
    """Somebody who reads Arabic, and whom Sanne has spoken to."""
    person = world.register(
        "Amal Voorbeeld",
        language="ar",
        wishes=("paid_work", "learning"),
        likes=("eindhoven-zorg", "eindhoven-opleiding"),
        email=AMAL,
    )
    with world.writing() as db:
        db.get_one(Registration, person).locale = "ar"
        # Rob has no account: links go to the address that his organisation gave.
        db.get_one(Contact, contact_id(db, "springplank040-rob")).email = ROB
    speak(world, person)
    return person


@pytest.fixture
def mailbox(
    database: Database, clock: SettableClock, mail_host: MailHost, server: Server
) -> Mailbox:
    """Everybody's mail."""
    return open_mailbox(database, clock, mail_host, server.url)


def asks_on_their_own_page(sanne: Handler) -> None:
    sanne.follows("Vraag een partner")
    sanne.screen.step("who can help")
    sanne.follows("Randstad")
    sanne.screen.step("first the person decides")
    sanne.sees("Eerst beslist Amal Voorbeeld", "Randstad hoort niets voordat")
    sanne.presses("Vraag het op de eigen pagina")
    sanne.screen.step("the question is out")
    sanne.sees("De vraag staat op de eigen pagina", "heeft nog niet geantwoord")


def says_yes(amal: Tenant, link: str) -> None:
    amal.opens(link)
    expect(amal.page.locator("html")).to_have_attribute("dir", "rtl")
    amal.page.get_by_role("button", name="نعم").first.click()
    amal.screen.step("a yes on the own page")


def asks_on_the_phone(sanne: Handler) -> None:
    sanne.follows("Vraag ook een andere partner")
    sanne.follows("Springplank040")
    sanne.presses("We spreken elkaar nu")
    sanne.screen.step("what is read aloud")
    expect(sanne.page.locator("blockquote.aloud")).to_have_attribute("lang", "ar")
    sanne.page.get_by_label("Ja, dit mag aan Springplank040").check()
    sanne.presses("Leg het vast")
    sanne.sees("Genoteerd: het mag.")


def refers(sanne: Handler) -> None:
    sanne.screen.step("what is asked")
    sanne.presses("Bekijk wat zij te zien krijgen")
    sanne.screen.step("what the partner will see")
    sanne.presses("Stuur naar")
    sanne.screen.step("the partner is asked")


def test_two_partners_at_once_answer_lead_complete_and_the_owner_settles(
    amal: UUID, mailbox: Mailbox, desk_browser: OpenScreen, phone: OpenScreen
) -> None:
    sanne, case = Handler(desk_browser()), f"/desk/registrations/{amal}"
    sanne.opens(SANNE)
    sanne.screen.go(case)
    asks_on_their_own_page(sanne)
    says_yes(Tenant(phone("ar")), mailbox.newest_link(AMAL, "/ar/mine/"))

    sanne.screen.go(case)
    sanne.sees("Gaf toestemming voor Randstad")
    sanne.follows("Vraag een partner")
    sanne.follows("Randstad")
    refers(sanne)
    sanne.sees("Het is aan Randstad gevraagd.", "houdt overzicht")
    asks_on_the_phone(sanne)
    refers(sanne)
    sanne.sees("Het is aan Springplank040 gevraagd.")

    randstad = answers_at_the_desk(desk_browser)
    rob = answers_by_link(phone, mailbox.newest_link(ROB, "/reply/"))
    names_the_lead(sanne, case)
    completes(randstad, "Betaald werk")
    completes(rob, "School of cursus")
    settles(sanne, case)


def names_the_lead(sanne: Handler, case: str) -> None:
    sanne.screen.go(case)
    sanne.screen.step("both have begun")
    sanne.sees("is ermee bezig", "Springplank040 heeft kennisgemaakt")
    sanne.page.locator(".partner", has_text="Springplank040").locator("details.more").click()
    sanne.presses("Laat Springplank040 overzicht houden")
    sanne.sees("Springplank040 houdt overzicht")


def answers_at_the_desk(desk_browser: OpenScreen) -> Handler:
    linda = Handler(desk_browser())
    linda.opens(LINDA)
    linda.screen.go("/desk/asked")
    linda.follows("Amal Voorbeeld")
    linda.presses("Wij gaan helpen")
    linda.presses("Gesproken")
    linda.sees("Genoteerd: jullie hebben elkaar gesproken.")
    return linda


def answers_by_link(phone: OpenScreen, link: str) -> Partner:
    rob = Partner(phone())
    rob.screen.go(link)
    rob.screen.step("the link is opened")
    rob.presses("Wij gaan helpen")
    rob.presses("Gesproken")
    rob.sees("Genoteerd: jullie hebben elkaar gesproken.")
    return rob


def completes(partner: Handler | Partner, outcome: str) -> None:
    partner.unfolds("We hebben het afgerond")
    partner.page.get_by_label(outcome).check()
    partner.presses("Afronden")
    partner.sees("Jullie hebben dit afgerond.")


def settles(sanne: Handler, case: str) -> None:
    sanne.screen.go(case)
    sanne.sees("Vragen hoe het ging en afronden", "2 die eerder gevraagd zijn")
    sanne.page.locator("summary", has_text="Het is gelukt").click()
    form = sanne.page.locator("form[action$='/settle']")
    form.get_by_label("Betaald werk").check()
    form.get_by_role("button").click()
    sanne.screen.step("settled")
    sanne.sees("nazorg")

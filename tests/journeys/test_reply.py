"""A partner without an account on a phone: the link, yes, a call, done; also without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from portal.db.engine import Database
from portal.referral.link import LASTS
from tests.desk.world import LINDA, World, furnished
from tests.journeys.handler import Handler
from tests.journeys.partner import Partner
from tests.reply.asking import PHONE_SHOWN, Asking
from tests.support.browser import OpenScreen
from tests.support.clock import SettableClock
from tests.support.templates import Preparation


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with accounts."""
    return furnished


@pytest.fixture
def asking(database: Database, clock: SettableClock) -> Asking:
    """Trudo asks Randstad."""
    return Asking(World(database, clock))


def test_a_partner_takes_somebody_up_calls_and_completes(asking: Asking, phone: OpenScreen) -> None:
    partner = Partner(phone())
    partner.opens(asking.token(asking.refer("Samira Voorbeeld", words="Wil graag koken.")))
    partner.sees("Kunnen jullie Samira Voorbeeld helpen?", "Sanne van Trudo vraagt dit.")
    partner.sees("Antwoord graag uiterlijk vrijdag 20 november", "Wil graag koken.")
    expect(partner.page.get_by_text(PHONE_SHOWN)).to_have_count(0)
    partner.presses("Wij gaan helpen")
    partner.screen.step("taken up")
    dial = partner.page.get_by_role("link", name=PHONE_SHOWN)
    expect(dial).to_have_attribute("href", "tel:+31612345678")
    partner.presses("Gesproken")
    partner.screen.step("spoken to")
    partner.sees("Genoteerd: jullie hebben elkaar gesproken.", "Laat uiterlijk")
    partner.unfolds("Schrijf een regel over hoe het gaat")
    partner.page.get_by_label("Hoe gaat het?").fill("Begint maandag op proef.")
    partner.presses("Regel bewaren")
    partner.sees("Begint maandag op proef.")
    partner.unfolds("We hebben het afgerond")
    partner.page.get_by_label("Betaald werk").check()
    partner.presses("Afronden")
    partner.screen.step("completed")
    partner.sees("Jullie hebben dit afgerond. Dank jullie wel!")
    expect(partner.page.get_by_text(PHONE_SHOWN)).to_have_count(0)


def test_a_partner_says_no_without_scripts(asking: Asking, phone: OpenScreen) -> None:
    partner = Partner(phone(java_script_enabled=False))
    referral = asking.refer("Samira Voorbeeld")
    partner.opens(asking.token(referral))
    partner.unfolds("Wij niet, want …")
    partner.presses("Dit antwoord versturen")
    partner.screen.step("why not?")
    partner.sees("Kies waarom. Dan weet Trudo wat er nu moet gebeuren.")
    partner.page.get_by_label("Wij hebben nu geen plek").check()
    partner.presses("Dit antwoord versturen")
    partner.screen.step("not us")
    partner.sees("Dank je wel voor het antwoord.", "Trudo zoekt een andere plek")
    assert asking.load(referral).state == "rejected"


def test_all_that_waits_behind_one_link_and_a_link_that_is_too_old(
    asking: Asking, phone: OpenScreen, desk_browser: OpenScreen
) -> None:
    for name in ("Samira Voorbeeld", "Piet Proef"):
        asking.refer(name)
    partner = Partner(phone())
    token = asking.list_token()
    partner.opens(token)
    partner.follows("Piet Proef")
    partner.screen.step("one of them")
    partner.presses("Wij gaan helpen")
    partner.follows("Iedereen die op jullie wacht")
    partner.screen.step("back at the list")
    helping = partner.page.locator(".person .step", has_text=re.compile("gaat helpen"))
    expect(helping).to_have_count(1)
    asking.world.clock.advance(days=LASTS.days)
    late = Partner(desk_browser("en"))
    late.opens(token)
    late.sees("This link is too old")
    late.presses("Send us a fresh link")
    late.screen.step("a fresh one is on its way")
    late.sees("A mail with a fresh link is on its way")


def test_a_partner_with_an_account_answers_at_the_desk(
    asking: Asking, desk_browser: OpenScreen
) -> None:
    asking.refer("Samira Voorbeeld")
    handler = Handler(desk_browser())
    handler.opens(LINDA)
    handler.page.locator(".menu summary").click()
    handler.follows("Aan ons gevraagd")
    handler.screen.step("what was asked of us")
    handler.follows("Samira Voorbeeld")
    handler.screen.step("one of them at the desk")
    handler.presses("Wij gaan helpen")
    handler.screen.step("taken up at the desk")
    handler.sees(PHONE_SHOWN)
    handler.unfolds("Het rust tot een dag")
    handler.page.get_by_label("Tot wanneer?").fill("2026-12-01")
    handler.presses("Laten rusten")
    handler.screen.step("resting at the desk")
    handler.sees("Het rust tot en met dinsdag 1 december")

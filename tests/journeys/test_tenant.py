"""A tenant, from a phone to a named contact and back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.db.engine import Database
from portal.followup.record import record_attempt
from portal.registration.models import Consent, Registration
from tests.desk.world import SANNE, World, organization_id
from tests.journeys.handler import Handler
from tests.journeys.sender import Sender
from tests.support.browser import OpenScreen
from tests.support.clock import SettableClock


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """Eindhoven, with people at desks."""
    made = World(database, clock)
    made.furnish()
    return made


def test_a_tenant_of_trudo_is_shown_who_gets_it(phone: OpenScreen, world: World) -> None:
    tenant = a_cook(phone)
    expect(tenant.who).to_contain_text("Sanne belt je uiterlijk vrijdag 20 november")
    expect(tenant.who).to_contain_text("wijkconsulent bij Trudo")
    expect(tenant.who).to_contain_text("Je huurt van Trudo.")
    expect(tenant.page.locator(".list")).to_contain_text("Koken")


def test_a_tenant_of_trudo_reaches_sanne_and_sees_that_she_called(
    phone: OpenScreen, desk_browser: OpenScreen, world: World
) -> None:
    # Given a tenant who agreed that Sanne calls.
    tenant = a_cook(phone)
    tenant.agrees()
    tenant.sends_it()
    code = tenant.reads_the_receipt()
    # When Sanne finds them on her list, and logs a call with one more tap.
    handler = Handler(desk_browser("nl"))
    handler.opens(SANNE)
    handler.follows("Voorbeeld-Fatma")
    handler.sees("Koken", "06 12345678")
    handler.screen.step("the case")
    handler.presses("Gesproken")
    handler.screen.step("the call is logged")
    # Then the tenant sees it.
    tenant.comes_back(code)
    tenant.sees("Je hebt met ons gepraat", "We hebben met je gepraat.")


def a_cook(phone: OpenScreen) -> Sender:
    """A tenant of Trudo who likes cooking and wants to work in daytime, at "check"."""
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(
        wish="paid_work",
        postcode="5616 AB",
        landlord="trudo",
        likes=("eindhoven-koken",),
        times=("morning", "afternoon"),
        name="Voorbeeld-Fatma",
    )
    return tenant


def two_wait_for_sanne(world: World) -> None:
    """Somebody nobody called yet, and somebody who did not answer."""
    _new, tried = world.register("Voorbeeld-Kim"), world.register("Voorbeeld-Robin")
    with world.writing() as db:
        row = db.get_one(Registration, tried)
        record_attempt(db, row, "no_answer", by=world.identity(SANNE), now=world.clock())
    world.clock.advance(minutes=5)


def blocks_on_the_list_of(handler: Handler) -> list[list[str]]:
    """The heading of every block, and who stands in it, from the top."""
    handler.sees("Voorbeeld-Fatma")
    blocks = handler.page.locator(".block").all()
    return [each.locator("h2, h3").all_inner_texts() for each in blocks]


def test_nobody_called_is_on_top_of_the_list_the_day_after(
    phone: OpenScreen, desk_browser: OpenScreen, world: World
) -> None:
    two_wait_for_sanne(world)
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="5616 AB", landlord="trudo", name="Voorbeeld-Fatma")
    tenant.agrees()
    tenant.sends_it()
    code = tenant.reads_the_receipt()
    # On the last day there is nothing to complain about yet.
    world.clock.set("2026-11-20T17:00")
    tenant.comes_back(code)
    button = tenant.page.get_by_role("button", name="Niemand heeft me gebeld")
    expect(button).to_have_count(0)
    # The day after there is.
    world.clock.set("2026-11-21T09:00")
    tenant.comes_back(code)
    button.click()
    tenant.sees("Bedankt dat je het zegt.", "Je zei ons dat niemand heeft gebeld")
    tenant.screen.step("it was told")
    # And whoever should have called sees that first.
    handler = Handler(desk_browser("nl"))
    handler.opens(SANNE)
    handler.screen.step("on top of the list")
    assert blocks_on_the_list_of(handler) == [
        ["Niemand belde\n1", "Voorbeeld-Fatma"],
        ["Nog niemand belt\n1", "Voorbeeld-Kim"],
        ["Te laat\n1", "Voorbeeld-Robin"],
    ]


def test_my_landlord_need_not_know(phone: OpenScreen, world: World) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="5616 AB", landlord="trudo", hidden=True)
    expect(tenant.who).to_contain_text("Trudo krijgt je antwoorden niet.")
    expect(tenant.who).to_contain_text("Noor")
    tenant.page.locator(".panel details summary").click()
    expect(tenant.page.locator(".others")).not_to_contain_text("Trudo")
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()
    with world.looking() as db:
        assert db.scalars(select(Registration.landlord_hidden)).one()
        trudo = organization_id(db, "trudo")
        assert trudo not in db.scalars(select(Consent.organization_id)).all()


def test_rather_somebody_else(phone: OpenScreen, world: World) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="5616 AB", landlord="trudo")
    tenant.page.locator(".panel details summary").click()
    tenant.screen.step("others are offered")
    tenant.page.get_by_role("button", name="Springplank040").click()
    expect(tenant.who).to_contain_text("Je koos zelf voor Springplank040.")
    tenant.screen.step("somebody else")
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()
    tenant.sees("Rob belt je uiterlijk")


def test_who_forgets_to_agree_is_asked_and_loses_nothing(phone: OpenScreen, world: World) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="5616 AB", landlord="trudo", name="Voorbeeld-Fatma")
    tenant.sends_it()
    expect(tenant.summary).to_be_focused()
    tenant.screen.step("asked for a yes")
    tenant.sees("Voorbeeld-Fatma")
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()


def test_an_answer_can_be_changed_on_the_way(phone: OpenScreen, world: World) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="5616 AB", landlord="trudo", name="Voorbeeld-Fatma")
    tenant.page.locator("[name=open][value=name]").click()
    tenant.writes("first_name", "Voorbeeld-Robin")
    tenant.arrives_at_check()
    tenant.sees("Voorbeeld-Robin")


def test_everything_can_be_erased_by_the_private_link(phone: OpenScreen, world: World) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="5616 AB", landlord="trudo", name="Voorbeeld-Fatma")
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()
    link = tenant.page.locator("a.own").get_attribute("href")
    assert link
    tenant.screen.go(link)
    tenant.screen.step("my own page")
    tenant.sees("Voorbeeld-Fatma")
    tenant.page.get_by_role("button", name="Wis alles").click()
    tenant.screen.step("asked once more")
    tenant.page.get_by_role("button", name="Ja, wis alles").click()
    tenant.sees("Alles is gewist")
    tenant.screen.step("erased")
    tenant.screen.go(link)
    tenant.screen.step("nobody knows this link")

"""A tenant on a phone that nobody updated since 2021 gets as far as everybody else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.desk.world import furnished
from tests.journeys.cook import NAME, PHONE, Cook
from tests.journeys.tenant import QUESTIONS
from tests.support.browser import OpenScreen
from tests.support.templates import Preparation


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with people at desks."""
    return furnished


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_the_whole_way_from_the_start_to_a_page_of_their_own(
    old_phone: OpenScreen, locale: str
) -> None:
    tenant = Cook(old_phone(locale))
    tenant.opens(f"/{locale}/")
    tenant.begins()
    for question in QUESTIONS:
        assert (tenant.question, tenant.focus) == (question, "h1")
        # What can be chosen on "home" and "likes" is fetched by the postcode.
        tenant.fills_in(question)
        tenant.screen.step(question)
        if question != "name":
            tenant.continues()
    tenant.arrives_at_check()
    expect(tenant.who).to_contain_text("Trudo")
    tenant.agrees()
    tenant.sends_it()
    code = tenant.reads_the_receipt()
    link = tenant.page.locator("a.own").get_attribute("href")
    tenant.comes_back(code, locale)
    assert NAME not in tenant.page.content()
    tenant.screen.go(str(link))
    tenant.screen.step("a page of their own")
    tenant.sees(NAME)


def test_back_and_another_language_lose_nothing(old_phone: OpenScreen) -> None:
    tenant = Cook(old_phone("nl"))
    tenant.opens("/nl/eindhoven/")
    tenant.goes_to("name")
    tenant.fills_in("name")
    tenant.page.go_back()
    assert (tenant.question, tenant.focus) == ("reach", "h1")
    tenant.page.locator(".languages summary").click()
    tenant.page.get_by_role("button", name="العربية").click()
    tenant.page.wait_for_url("**/ar/eindhoven/#/reach")
    assert tenant.page.locator("#phone").input_value() == PHONE
    assert tenant.page.locator("[value=eindhoven-koken]").is_checked()
    tenant.screen.step("the same question in Arabic")
    tenant.continues()
    assert tenant.page.locator("#first_name").input_value() == NAME


def test_what_is_missing_is_said_by_the_phone_and_by_the_portal(old_phone: OpenScreen) -> None:
    tenant = Cook(old_phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("reach")
    tenant.continues()
    assert (tenant.question, tenant.focus) == ("reach", "summary")
    assert tenant.page.title().startswith("Fout: ")
    tenant.screen.step("no number")
    tenant.summary.get_by_role("link").click()
    assert tenant.focus == "phone"
    tenant.fills_in("reach")
    tenant.continues()
    tenant.fills_in("name")
    tenant.arrives_at_check()
    tenant.sends_it()
    expect(tenant.summary).to_be_focused()
    tenant.screen.step("no yes")
    tenant.sees(NAME)


def test_without_a_script_one_page_leads_to_check(old_phone: OpenScreen) -> None:
    tenant = Cook(old_phone("nl", java_script_enabled=False))
    tenant.opens("/nl/eindhoven/")
    for question in QUESTIONS:
        tenant.fills_in(question)
    tenant.continues()
    tenant.page.wait_for_url("**/check")
    tenant.screen.step("check")
    tenant.sees(NAME)

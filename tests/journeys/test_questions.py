from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.tenant import QUESTIONS, Tenant
from tests.support.browser import OpenScreen

pytestmark = pytest.mark.usefixtures("packs")


@pytest.mark.parametrize("locale", ["nl", "en", "tr", "ar"])
def test_seven_questions_one_at_a_time_each_with_its_heading_title_and_focus(
    phone: OpenScreen, locale: str
) -> None:
    tenant = Tenant(phone(locale))
    tenant.opens(f"/{locale}/")
    assert tenant.question == "start"
    tenant.goes_to("wish")
    for number, question in enumerate(QUESTIONS, start=1):
        assert tenant.question == question
        assert tenant.focus == "h1"
        assert tenant.page.title().startswith(tenant.heading)
        assert re.search(rf"\b{number}\b.*\b7\b|\b7\b.*\b{number}\b", tenant.page.title())
        tenant.screen.step(f"{locale}: {question}")
        if question == "wish":
            tenant.chooses("wish", "paid_work")
        if question == "reach":
            tenant.writes("phone", "06 12345678")
        if question != "name":
            tenant.continues()


def test_the_title_says_question_number_and_portal(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    assert tenant.page.title() == "Wil je iets doen? – Voordeur"
    tenant.begins()
    assert tenant.page.title() == "Wat zou je graag doen? – vraag 1 van 7 – Voordeur"


def test_the_one_button_stands_at_the_same_place_on_every_question(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/eindhoven/")
    tops = {tenant.page.locator("#begin").evaluate("node => node.getBoundingClientRect().top")}
    tenant.goes_to("wish")
    for question in QUESTIONS:
        tenant.page.evaluate("scrollTo(0, 0)")
        button = tenant.page.locator(".dock button")
        tops.add(button.evaluate("node => node.getBoundingClientRect().top"))
        if question == "wish":
            tenant.chooses("wish", "paid_work")
        if question == "reach":
            tenant.writes("phone", "06 12345678")
        if question != "name":
            tenant.continues()
    assert max(tops) - min(tops) <= 1, "no more than what is rounded"


def test_the_back_button_of_the_phone_goes_one_question_back(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("home")
    tenant.page.go_back()
    assert (tenant.question, tenant.focus) == ("age", "h1")
    tenant.page.go_back()
    assert tenant.question == "wish"
    assert tenant.page.locator("[value=paid_work]").is_checked()
    tenant.page.go_forward()
    assert tenant.question == "age"
    tenant.page.locator("#back").click()
    expect(tenant.page.locator("#wish")).to_be_visible()
    tenant.page.go_back()
    assert tenant.question == "start"
    assert not tenant.page.locator("#back").is_visible()


FILLED_IN = {
    "home": {"landlord": "trudo"},
    "likes": {"like": "eindhoven-koken"},
    "practical": {"practical": "nothing"},
    "reach": {"times": "morning"},
}


def test_everything_that_was_answered_is_sent_to_check(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/eindhoven/")
    tenant.goes_to("home")
    tenant.page.evaluate("document.querySelector('[value=together]').checked = true")
    tenant.writes("postcode", "5611 AB")
    for chosen in FILLED_IN.values():
        for field, value in chosen.items():
            tenant.chooses(field, value)
        if "times" in chosen:
            tenant.writes("phone", "06 12345678")
        tenant.continues()
    tenant.writes("first_name", "Samira")
    sent = tenant.sends()
    assert sent.pop("wish") == ["paid_work", "together"]
    assert {name: value for name, [value] in sent.items()} == {
        "entry": "eindhoven",
        "was": "nl",
        "postcode": "5611 AB",
        **{field: value for chosen in FILLED_IN.values() for field, value in chosen.items()},
        "phone": "06 12345678",
        "email": "",
        "first_name": "Samira",
        "language": "nl",
    }


def test_only_four_digits_leave_the_phone_and_only_once(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("home")
    tenant.asked.clear()
    with tenant.page.expect_response("**/near/5611"):
        tenant.page.locator("#postcode").press_sequentially("5611 AB")
    tenant.continues()
    tenant.continues()
    assert [url.partition("/nl/")[2] for url in tenant.asked] == ["near/5611"]


def test_tiles_that_take_long_are_announced_and_nobody_waits_for_them(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("home")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    tenant.page.route("**/near/*", hold)
    tenant.writes("postcode", "5611 AB")
    say = tenant.page.get_by_role("status")
    expect(say).to_have_text("We kijken wat er bij jou in de buurt is…")
    tenant.screen.step("tiles on their way")
    tenant.continues()
    assert tenant.question == "likes"
    how_to_choose = tenant.page.locator("#likes-hint")
    expect(how_to_choose).to_be_hidden()
    held[0].continue_()
    expect(tenant.page.locator("#services")).to_contain_text("Koken")
    expect(how_to_choose).to_be_visible()
    expect(say).to_be_empty()
    tenant.screen.step("tiles are there")


def test_without_a_network_after_the_first_page_everything_up_to_check_works(
    phone: OpenScreen,
) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    with tenant.screen.offline():
        tenant.goes_to("home")
        tenant.writes("postcode", "5611 AB")
        expect(tenant.page.get_by_role("status")).to_contain_text("Je kunt gewoon verder")
        tenant.continues()
        assert tenant.question == "likes"
        tenant.screen.step("no network, no tiles")
        tenant.continues()
        tenant.continues()
        tenant.writes("phone", "06 12345678")
        tenant.continues()
        assert tenant.question == "name"
    tenant.writes("first_name", "Samira")
    assert tenant.sends()["postcode"] == ["5611 AB"]


def test_somebody_younger_than_16_is_told_to_call_and_nothing_is_kept(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("age")
    tenant.chooses("age16", "no")
    tenant.continues()
    expect(tenant.page.locator("h1")).to_have_text("Bel ons samen")
    tenant.screen.step("younger than 16")
    assert tenant.page.evaluate("localStorage.length + sessionStorage.length") == 0
    tenant.page.go_back()
    assert not tenant.page.locator(":checked:not(option)").count()


def test_escape_closes_the_languages_and_leads_back_to_their_button(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    menu = tenant.page.locator(".languages")
    menu.locator("summary").click()
    menu.get_by_role("button", name="English").focus()
    tenant.page.keyboard.press("Escape")
    assert not menu.evaluate("menu => menu.open")
    assert tenant.focus == "summary"

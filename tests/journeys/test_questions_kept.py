from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.tenant import Tenant
from tests.support.browser import OpenScreen

pytestmark = pytest.mark.usefixtures("packs")

FORBIDDEN = """
for (const store of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, store, { get() { throw new Error("forbidden"); } });
}
"""


def _fills_in_everything(tenant: Tenant) -> None:
    tenant.goes_to("home")
    with tenant.page.expect_response("**/near/5611"):
        tenant.writes("postcode", "5611 AB")
    tenant.chooses("landlord", "trudo")
    tenant.continues()
    tenant.chooses("like", "eindhoven-koken")
    tenant.continues()
    tenant.chooses("practical", "children")
    tenant.continues()
    tenant.writes("phone", "06 12345678")
    tenant.writes("email", "samira@post.example")
    tenant.continues()
    tenant.writes("first_name", "Samira")
    tenant.page.locator("#first_name").blur()


def test_name_number_and_place_stay_in_this_tab_and_wishes_on_this_phone(
    phone: OpenScreen,
) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    _fills_in_everything(tenant)
    assert tenant.kept("localStorage") == {
        "wish": ["paid_work"],
        "like": ["eindhoven-koken"],
        "practical": ["children"],
    }
    assert tenant.kept("sessionStorage") == {
        "postcode": ["5611 AB"],
        "landlord": ["trudo"],
        "phone": ["06 12345678"],
        "email": ["samira@post.example"],
        "first_name": ["Samira"],
    }


def test_looking_around_keeps_nothing(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.begins()
    tenant.page.go_back()
    assert tenant.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_reload_shows_the_same_question_with_the_same_answers(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    _fills_in_everything(tenant)
    tenant.page.reload()
    assert tenant.question == "name"
    expect(tenant.page.locator("#services")).to_contain_text("Koken")
    sent = tenant.sends()
    assert (sent["landlord"], sent["like"]) == (["trudo"], ["eindhoven-koken"])
    assert (sent["phone"], sent["first_name"]) == (["06 12345678"], ["Samira"])


def test_who_comes_back_later_may_go_on_and_the_start_shows_no_answers(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    _fills_in_everything(tenant)
    # A new tab of the same browser: what belonged to the old tab is gone.
    later = Tenant(tenant.screen)
    later.page.evaluate("sessionStorage.clear()")
    later.opens("/nl/")
    assert later.page.locator("#begin").inner_text() == "Ga verder"
    assert "Koken" not in later.page.locator("#start").inner_text()
    later.begins()
    assert later.question == "home"
    assert later.page.locator("#postcode").input_value() == ""
    assert later.page.locator("[value=paid_work]").is_checked()


def test_start_again_forgets_everything(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    _fills_in_everything(tenant)
    tenant.opens("/nl/")
    tenant.page.get_by_role("button", name="Begin opnieuw").click()
    assert tenant.question == "wish"
    assert not tenant.page.locator(":checked:not(option)").count()
    assert tenant.page.locator("#first_name").input_value() == ""
    assert tenant.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_after_a_day_nothing_is_left(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.page.clock.install()
    tenant.opens("/nl/")
    tenant.goes_to("age")
    tenant.page.clock.fast_forward("24:00:01")
    tenant.opens("/nl/")
    assert tenant.page.locator("#begin").inner_text() == "Begin"
    assert tenant.page.evaluate("localStorage.length") == 0


def test_another_language_keeps_question_and_answers(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/eindhoven/")
    tenant.goes_to("likes")
    tenant.chooses("like", "eindhoven-koken")
    tenant.page.locator(".languages summary").click()
    tenant.screen.step("the languages")
    tenant.page.get_by_role("button", name="العربية").click()
    tenant.page.wait_for_url("**/ar/eindhoven/#/likes")
    assert tenant.question == "likes"
    assert tenant.page.locator("[value=eindhoven-koken]").is_checked()
    assert tenant.page.locator("#language").input_value() == "ar"
    tenant.screen.step("the same question in Arabic")


def test_everything_works_when_the_phone_keeps_nothing(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.page.add_init_script(FORBIDDEN)
    tenant.opens("/nl/eindhoven/")
    tenant.goes_to("name")
    tenant.writes("first_name", "Samira")
    tenant.page.locator(".languages summary").click()
    tenant.page.get_by_role("button", name="Türkçe").click()
    expect(tenant.page.locator("html")).to_have_attribute("lang", "tr")
    assert tenant.page.locator("[value=paid_work]").is_checked()
    assert tenant.page.locator("#first_name").input_value() == "Samira"
    tenant.screen.step("in Turkish, without storage")


def test_what_was_sent_does_not_stay_on_the_phone(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/eindhoven/")
    tenant.goes_to("name")
    tenant.writes("first_name", "Samira")
    tenant.continues()
    tenant.page.locator("#consent").check()
    tenant.continues()
    tenant.page.locator(".code").wait_for()
    assert tenant.page.evaluate("localStorage.length + sessionStorage.length") == 0
    tenant.page.get_by_role("button", name="Wis mijn antwoorden van deze telefoon").click()
    expect(tenant.page.locator("#cleared")).to_be_visible()
    tenant.screen.step("this phone is empty")

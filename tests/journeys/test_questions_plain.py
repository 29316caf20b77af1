"""The same questions without a script, on odd screens, and with other eyes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Request

from tests.journeys.tenant import QUESTIONS, Tenant
from tests.support.browser import OpenScreen

pytestmark = pytest.mark.usefixtures("packs")


@pytest.mark.parametrize("path", ["/nl/", "/ar/moerwijk/"])
def test_without_a_script_it_is_one_page_with_everything(phone: OpenScreen, path: str) -> None:
    screen = phone("nl", java_script_enabled=False)
    screen.go(path)
    screen.step("one plain page")
    for question in QUESTIONS:
        assert screen.page.locator(f"#{question}").is_visible()
    assert not screen.page.locator("#back, #again").filter(visible=True).count()


def test_without_a_script_another_language_keeps_what_was_typed(phone: OpenScreen) -> None:
    screen = phone("nl", java_script_enabled=False)
    screen.go("/nl/")
    screen.page.locator("[value=paid_work]").check()
    screen.page.locator("#postcode").fill("5611 AB")
    screen.page.locator("#first_name").fill("Samira")
    screen.page.locator(".languages summary").click()
    screen.page.get_by_role("button", name="English").click()
    screen.step("the same page in English")
    assert screen.page.locator("html").get_attribute("lang") == "en"
    assert screen.page.locator("[value=paid_work]").is_checked()
    assert screen.page.locator("#first_name").input_value() == "Samira"
    assert screen.page.locator("[value=trudo]").is_visible()


def test_enter_in_a_text_field_goes_to_check_and_never_to_another_language(
    phone: OpenScreen,
) -> None:
    screen = phone("nl", java_script_enabled=False)
    screen.go("/nl/")
    posted: list[Request] = []

    def note(request: Request) -> None:
        posted.append(request)

    screen.page.on("request", note)
    screen.page.locator("#first_name").fill("Samira")
    with screen.page.expect_navigation():
        screen.page.locator("#first_name").press("Enter")
    assert posted[0].url.endswith("/nl/check")


def test_change_shows_its_question_and_continue_leads_straight_back_to_check(
    phone: OpenScreen,
) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("name")
    tenant.writes("first_name", "Samira")
    # What the Change button on "check" sends: all answers, and the question to open.
    tenant.page.evaluate("""() => {
      const form = document.getElementById("answers");
      form.insertAdjacentHTML("beforeend", "<input type=hidden name=open value=reach>");
      form.action = "/nl/change";
      HTMLFormElement.prototype.submit.call(form);
    }""")
    tenant.page.wait_for_url("**/nl/#/reach")
    assert (tenant.question, tenant.focus) == ("reach", "h1")
    tenant.screen.step("the question to change")
    tenant.writes("phone", "06 87654321")
    assert tenant.sends()["phone"] == ["06 87654321"]


def test_in_arabic_the_focus_goes_through_a_question_in_reading_order(phone: OpenScreen) -> None:
    tenant = Tenant(phone("ar"))
    tenant.opens("/ar/moerwijk/")
    tenant.goes_to("age")
    passed = []
    for _ in range(3):
        tenant.page.keyboard.press("Tab")
        passed.append(tenant.focus)
    assert passed[0] == "age16"
    assert passed[1] == "button", "the one button comes after the answers"
    first, second = tenant.page.locator("#wish .tile").all()[:2]
    tenant.page.go_back()
    (right, left) = (first.bounding_box(), second.bounding_box())
    assert right
    assert left
    assert right["x"] > left["x"], "the first tile stands on the right"


@pytest.mark.parametrize(
    "eyes",
    [
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"reduced_motion": "reduce"},
        {"viewport": {"width": 320, "height": 480}},
        {"viewport": {"width": 740, "height": 360}},
    ],
    ids=["dark", "forced colours", "no motion", "small", "on its side"],
)
def test_every_question_can_be_read_with_other_eyes(
    phone: OpenScreen, eyes: dict[str, Any]
) -> None:
    tenant = Tenant(phone("ar", **eyes))
    tenant.opens("/ar/moerwijk/")
    tenant.goes_to("wish")
    tenant.continues()
    tenant.screen.step("an error")
    tenant.chooses("wish", "paid_work")
    for question in QUESTIONS[1:]:
        tenant.continues()
        assert tenant.question == question
        tenant.screen.step(question)
        if question == "reach":
            tenant.writes("phone", "06 12345678")


def test_letters_twice_as_large_still_fit(phone: OpenScreen) -> None:
    tenant = Tenant(phone("tr"))
    tenant.opens("/tr/eindhoven/")
    tenant.page.evaluate("document.documentElement.style.fontSize = '200%'")
    tenant.goes_to("wish")
    for question in QUESTIONS:
        assert tenant.question == question
        wide = tenant.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{question} is {wide} pixels wide"
        tenant.chooses("wish", "paid_work") if question == "wish" else None
        if question == "reach":
            tenant.writes("phone", "06 12345678")
        if question != "name":
            tenant.continues()


def test_what_is_chosen_is_outlined_where_colours_are_forced(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl", forced_colors="active"))
    tenant.opens("/nl/")
    tenant.begins()
    tenant.chooses("wish", "paid_work")
    look = "tile => getComputedStyle(tile).outline"
    chosen, other = (tenant.page.locator(f"[value={wish}]") for wish in ("paid_work", "together"))
    assert "solid 3px" in chosen.evaluate(look)
    assert "solid" not in other.evaluate(look)


@pytest.mark.parametrize(("wanted", "moves"), [("reduce", "none"), ("no-preference", "slide")])
def test_a_question_slides_in_unless_somebody_asked_for_no_motion(
    phone: OpenScreen, wanted: str, moves: str
) -> None:
    tenant = Tenant(phone("nl", reduced_motion=wanted))
    tenant.opens("/nl/")
    tenant.goes_to("age")
    shown = tenant.page.locator(".screen:visible")
    assert shown.evaluate("screen => getComputedStyle(screen).animationName") == moves

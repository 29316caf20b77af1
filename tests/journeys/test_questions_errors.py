from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.tenant import Tenant
from tests.support.browser import OpenScreen

pytestmark = pytest.mark.usefixtures("packs")


@pytest.mark.parametrize("locale", ["nl", "ar"])
@pytest.mark.parametrize(
    ("question", "typed", "led_to"),
    [
        ("wish", None, "wish"),
        ("home", ("postcode", "56 Eindhoven"), "postcode"),
        ("reach", ("phone", "  "), "phone"),
        ("name", ("first_name", " "), "first_name"),
    ],
)
def test_what_is_missing_is_said_on_its_own_question(
    phone: OpenScreen, locale: str, question: str, typed: tuple[str, str] | None, led_to: str
) -> None:
    tenant = Tenant(phone(locale))
    tenant.opens(f"/{locale}/")
    tenant.goes_to(question)
    if typed:
        tenant.writes(*typed)
    tenant.continues()
    assert (tenant.question, tenant.focus) == (question, "summary")
    assert tenant.page.title().startswith({"nl": "Fout: ", "ar": "خطأ: "}[locale])
    tenant.screen.step(f"{locale}: {question} is not finished")
    tenant.summary.get_by_role("link").click()
    assert tenant.focus == led_to
    if typed:
        assert tenant.page.locator(f"#{typed[0]}").input_value() == typed[1]


def test_a_mistake_put_right_is_no_mistake_any_more(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.begins()
    tenant.continues()
    tenant.chooses("wish", "dont_know")
    tenant.continues()
    assert tenant.question == "age"
    assert not tenant.summary.is_visible()
    assert tenant.page.title() == "Ben je 16 jaar of ouder? – vraag 2 van 7 – Voordeur"
    tenant.page.go_back()
    assert not tenant.page.locator("#wish-error").is_visible()


@pytest.mark.parametrize("postcode", ["", "5611", "5611ab", " 5611  AB ", "٥٦١١", "۵۶۱۱ AB"])
def test_a_postcode_may_be_short_or_left_out(phone: OpenScreen, postcode: str) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("home")
    tenant.writes("postcode", postcode)
    tenant.continues()
    assert tenant.question == "likes"


def test_a_postcode_and_rather_not_say_take_turns_for_everybody_to_see(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("home")
    tenant.writes("postcode", "nergens")
    tenant.chooses("postcode_hidden", "1")
    assert tenant.page.locator("#postcode").input_value() == ""
    tenant.writes("postcode", "9999")
    assert not tenant.page.locator("[name=postcode_hidden]").is_checked()
    tenant.chooses("postcode_hidden", "1")
    tenant.continues()
    assert tenant.question == "likes"


def test_nothing_is_difficult_or_something_is(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("practical")
    tenant.chooses("practical", "children", "travel", "nothing")
    ticked = tenant.page.locator("[name=practical]:checked")
    assert [each.input_value() for each in ticked.all()] == ["nothing"]
    tenant.chooses("practical", "dutch", "travel")
    assert [each.input_value() for each in ticked.all()] == ["travel", "dutch"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("phone", "06 123", "Dit is nog geen telefoonnummer. Schrijf het hele nummer."),
        ("phone", "", "Schrijf je telefoonnummer, bijvoorbeeld 06 12345678. Of je e-mailadres."),
        ("email", "sam@post", "Schrijf je e-mailadres, bijvoorbeeld naam@post.nl."),
    ],
)
def test_half_a_number_or_address_is_said_at_once(
    phone: OpenScreen, field: str, typed: str, said: str
) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("reach")
    if field == "email":
        tenant.writes("phone", "٠٦١٢٣٤٥٦٧٨")
    tenant.writes(field, typed)
    tenant.continues()
    assert tenant.question == "reach"
    [link] = tenant.summary.get_by_role("link").all_inner_texts()
    assert link == said
    assert tenant.page.locator(f"#{field}-error").inner_text() == said
    tenant.screen.step(f"half a {field}")


def test_who_jumps_ahead_is_led_back_to_what_is_missing(phone: OpenScreen) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/#/name")
    assert tenant.question == "name"
    tenant.writes("first_name", "Samira")
    tenant.continues()
    assert (tenant.question, tenant.focus) == ("wish", "summary")
    assert tenant.summary.get_by_role("link").count() == 2
    tenant.summary.get_by_role("link").nth(1).click()
    assert (tenant.question, tenant.focus) == ("reach", "phone")


def test_wrong_answers_come_back_from_the_portal_on_their_own_questions(
    phone: OpenScreen,
) -> None:
    tenant = Tenant(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("reach")
    tenant.writes("phone", "000000000")
    tenant.continues()
    tenant.writes("first_name", "Samira")
    tenant.continues()
    expect(tenant.summary).to_be_visible()
    assert (tenant.question, tenant.focus) == ("reach", "summary")
    assert tenant.page.title().startswith("Fout: ")
    assert tenant.page.locator("#phone").input_value() == "000000000"
    tenant.screen.step("the portal did not understand the number")
    tenant.writes("phone", "06 12345678")
    assert tenant.sends()["first_name"] == ["Samira"]

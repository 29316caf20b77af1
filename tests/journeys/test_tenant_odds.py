"""The same way when something is against it: no place, no room, no script, no network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.catalogue.models import Contact
from portal.catalogue.version import bump_version
from portal.db.engine import Database
from portal.registration.models import Registration
from tests.journeys.sender import Sender
from tests.support.browser import OpenScreen

pytestmark = pytest.mark.usefixtures("packs")


def only_one(database: Database) -> Registration:
    with database.reading() as db:
        return db.scalars(select(Registration)).one()


def focused(page: Page) -> tuple[str, str, float]:
    """What has the focus: name and value, and how far down the page it stands."""
    found: tuple[str, str, float] = page.evaluate(
        """() => {
          const has = document.activeElement;
          return [has.name || has.localName, has.value || "", has.getBoundingClientRect().top
            + scrollY];
        }"""
    )
    return found


def a_neighbour_in_moerwijk(phone: OpenScreen) -> Sender:
    """An Arabic-speaking tenant of Haag Wonen, at "check"."""
    tenant = Sender(phone("ar"))
    tenant.opens("/ar/moerwijk/")
    tenant.answers(wish="together", postcode="2533 AB", landlord="haag-wonen", name="فاطمة")
    return tenant


def test_an_arabic_speaking_tenant_of_haag_wonen_in_moerwijk(
    phone: OpenScreen, database: Database
) -> None:
    tenant = a_neighbour_in_moerwijk(phone)
    # Somebody who speaks their language calls.
    expect(tenant.who).to_contain_text("Amal")
    expect(tenant.who).to_contain_text("العربية")
    expect(tenant.page.locator("html")).to_have_attribute("dir", "rtl")
    tenant.agrees()
    tenant.sends_it()
    tenant.comes_back(tenant.reads_the_receipt(), "ar")
    expect(tenant.page.locator("h1")).to_contain_text("Amal")
    stored = only_one(database)
    assert (stored.locale, stored.language, stored.digits) == ("ar", "ar", "2533")


def test_in_arabic_the_focus_goes_down_the_check_page_in_reading_order(phone: OpenScreen) -> None:
    tenant = a_neighbour_in_moerwijk(phone)
    tenant.page.locator("h1").evaluate("heading => { heading.tabIndex = -1; heading.focus(); }")
    passed = []
    for _ in range(11):
        tenant.page.keyboard.press("Tab")
        passed.append(focused(tenant.page))
    names = [(name, value) for name, value, _ in passed]
    questions = ("wish", "age", "home", "likes", "practical", "reach", "name")
    change = [index for index, (name, _) in enumerate(names) if name == "open"]
    assert [names[index] for index in change] == [("open", each) for each in questions]
    # Who gets it stands before the answers, the yes after them.
    assert names.index(("consent", "yes")) > change[-1]
    assert change[0] > 0
    tops = [top for _, _, top in passed]
    assert tops == sorted(tops)


def test_in_arabic_change_stands_on_the_left_where_a_line_ends(phone: OpenScreen) -> None:
    tenant = a_neighbour_in_moerwijk(phone)
    change = tenant.page.locator(".list button").first.bounding_box()
    line = tenant.page.locator(".list > *").first.bounding_box()
    assert change
    assert line
    assert change["x"] < line["x"] + line["width"] / 2


def test_an_unknown_postcode_ends_with_a_person(phone: OpenScreen) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="9999 XX")
    expect(tenant.who).to_contain_text("Ans")
    expect(tenant.who).to_contain_text("Wij werken in Eindhoven. Je postcode ligt daarbuiten.")
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()


@pytest.mark.parametrize("locale", ["nl", "ar"])
@pytest.mark.parametrize(("number", "drop_by"), [("06 12345678", ""), ("", "de-voorbeeldhoek")])
def test_one_photo_of_a_small_phone_holds_the_promise_and_the_code(
    phone: OpenScreen, locale: str, number: str, drop_by: str
) -> None:
    tenant = Sender(phone(locale))
    tenant.page.set_viewport_size({"width": 360, "height": 640})
    tenant.opens(f"/{locale}/")
    tenant.answers(postcode="5616 AB", phone=number, drop_by=drop_by)
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()
    ends = "all => all.map(each => each.getBoundingClientRect().bottom)"
    seen = tenant.page.locator(".panel, .code, .code + .hint").evaluate_all(ends)
    [help_begins] = tenant.page.locator("footer").evaluate_all(ends.replace("bottom", "top"))
    assert len(seen) == 3
    assert max(seen) <= help_begins


def test_when_all_are_full_the_same_receipt_comes_with_a_true_date(
    phone: OpenScreen, database: Database
) -> None:
    with database.writing.begin() as db:
        for contact in db.scalars(select(Contact)):
            contact.capacity = 0
        bump_version(db)
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="5616 AB", landlord="trudo")
    expect(tenant.who).to_contain_text("Het is druk.")
    expect(tenant.who).to_contain_text("uiterlijk vrijdag 20 november")
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()
    assert only_one(database).queued


def test_without_a_script_everything_works_on_one_page(phone: OpenScreen) -> None:
    screen = phone("nl", java_script_enabled=False)
    tenant = Sender(screen)
    tenant.opens("/nl/")
    tenant.chooses("wish", "paid_work")
    tenant.writes("postcode", "5621 AB")
    tenant.writes("phone", "06 12345678")
    tenant.writes("first_name", "Voorbeeld-Fatma")
    tenant.arrives_at_check()
    # What there is near that postcode is offered here, as an addition.
    tenant.page.locator("details.more summary").click()
    screen.step("what could be added")
    tenant.chooses("like", "eindhoven-koken")
    tenant.chooses("landlord", "woonbedrijf")
    tenant.page.get_by_role("button", name="Voeg dit toe").click()
    screen.step("added")
    expect(tenant.who).to_contain_text("Je huurt van Woonbedrijf.")
    # In another language nothing is lost.
    tenant.page.locator(".languages summary").click()
    tenant.page.get_by_role("button", name="Türkçe").click()
    screen.step("in Turkish")
    tenant.page.locator(".languages summary").click()
    tenant.page.get_by_role("button", name="Nederlands").click()
    tenant.sees("Voorbeeld-Fatma", "Koken")
    tenant.agrees()
    tenant.sends_it()
    assert tenant.reads_the_receipt()


def test_without_a_script_the_status_page_works_too(phone: OpenScreen) -> None:
    screen = phone("nl", java_script_enabled=False)
    tenant = Sender(screen)
    tenant.opens("/nl/")
    tenant.chooses("wish", "paid_work")
    tenant.writes("phone", "06 12345678")
    tenant.writes("first_name", "Voorbeeld-Fatma")
    tenant.arrives_at_check()
    tenant.agrees()
    tenant.sends_it()
    tenant.comes_back(tenant.reads_the_receipt())
    tenant.writes("text", "Ik kan niet op dinsdag")
    tenant.page.get_by_role("button", name="Verstuur dit").click()
    tenant.sees("We hebben gekregen wat je schreef.")
    screen.step("a line was taken")
    tenant.page.get_by_role("button", name="Ik wil stoppen").click()
    tenant.sees("Je bent gestopt")
    screen.step("stopped")


def test_the_network_may_be_gone_between_the_first_question_and_check(
    phone: OpenScreen, database: Database
) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.begins()
    with tenant.screen.offline():
        tenant.chooses("wish", "paid_work")
        for _ in range(2):
            tenant.continues()
        tenant.writes("postcode", "5616 AB")
        for _ in range(3):
            tenant.continues()
        tenant.writes("phone", "06 12345678")
        tenant.continues()
        tenant.writes("first_name", "Voorbeeld-Fatma")
    tenant.arrives_at_check()
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()
    assert only_one(database).digits == "5616"


def test_without_a_network_nothing_is_sent_and_a_sentence_of_ours_says_so(
    phone: OpenScreen, database: Database
) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.goes_to("name")
    tenant.writes("first_name", "Voorbeeld-Fatma")
    with tenant.screen.offline():
        tenant.continues()
        tenant.sees("Er is nu geen internet. Je antwoorden staan er nog.")
        tenant.screen.step("no network at the last question")
    assert tenant.page.locator("#first_name").input_value() == "Voorbeeld-Fatma"
    tenant.arrives_at_check()
    tenant.agrees()
    with tenant.screen.offline():
        tenant.sends_it()
        tenant.sees("Er is nu geen internet.")
        tenant.screen.step("no network at check")
    tenant.sends_it()
    tenant.reads_the_receipt()
    assert only_one(database).state == "new"


def test_back_from_the_receipt_leads_to_a_page_of_ours(phone: OpenScreen) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="5616 AB", landlord="trudo")
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()
    tenant.page.go_back()
    expect(tenant.page.locator("h1")).to_have_text("Wil je iets doen?")


def test_a_contact_who_leaves_between_check_and_send(phone: OpenScreen, database: Database) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="5616 AB", landlord="trudo")
    expect(tenant.who).to_contain_text("Sanne")
    with database.writing.begin() as db:
        db.scalars(select(Contact).where(Contact.slug == "trudo-sanne")).one().active = False
        bump_version(db)
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()
    tenant.sees("Iemand anders van Trudo heeft tijd voor je: Mo.")


def test_the_phone_keeps_nothing_after_it_is_cleared(phone: OpenScreen) -> None:
    tenant = Sender(phone("nl"))
    tenant.opens("/nl/")
    tenant.answers(postcode="5616 AB", landlord="trudo", name="Voorbeeld-Fatma")
    tenant.agrees()
    tenant.sends_it()
    tenant.reads_the_receipt()
    tenant.page.get_by_role("button", name="Wis mijn antwoorden van deze telefoon").click()
    tenant.sees("Deze telefoon bewaart niets", "Heb je een foto van je code?")
    tenant.screen.step("asked whether there is a photo")
    tenant.page.get_by_role("button", name="Ja, sluit deze pagina").click()
    expect(tenant.page.locator("h1")).to_have_text("Wil je iets doen?")
    tenant.page.go_back()
    expect(tenant.page.locator(".code")).to_have_count(0)
    assert tenant.page.evaluate("() => localStorage.length + sessionStorage.length") == 0

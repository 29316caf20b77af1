from __future__ import annotations

import re

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.catalogue.models import Programme
from portal.catalogue.version import bump_version
from portal.db.engine import Database
from portal.i18n import LOCALES
from portal.registration.questions import QUESTIONS
from tests.support.application import CheckedClient, values_of
from tests.support.clock import SettableClock
from tests.support.html import Element, read_html


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """A browser that takes the bytes as they come."""
    return FlaskClient(app, app.response_class)


HEADERS = 60  # what the server itself adds: date and server


def test_a_phone_can_fill_in_what_it_knows(client: CheckedClient) -> None:
    page = client.page("/nl/")
    knows = {
        "postcode": "postal-code",
        "phone": "tel",
        "email": "email",
        "first_name": "given-name",
    }
    for name, token in knows.items():
        [field] = page.all("input", name=name)
        assert field.get("autocomplete") == token


@pytest.mark.parametrize("locale", LOCALES)
def test_one_document_carries_the_start_and_all_questions(
    client: CheckedClient, locale: str
) -> None:
    page = client.page(f"/{locale}/")
    form = page.all("form", id="answers")[0]
    assert form.get("action") == f"/{locale}/check"
    assert len(form.all("h1")) == 1
    assert len(form.all("h2")) == len(QUESTIONS) == 7
    asked = {control.get("name") for control in form.all("input", "select")}
    assert asked >= {field for question in QUESTIONS for field in question.fields} - {
        "like",  # comes with a neighbourhood
        "drop_by",
    }


def test_the_first_address_speaks_the_language_of_the_phone(client: CheckedClient) -> None:
    for asked, spoken in (("ar-SY,ar;q=0.9", "ar"), ("tr", "tr"), ("sv", "nl"), ("", "nl")):
        response = client.get("/", headers={"Accept-Language": asked})
        assert f'<html lang="{spoken}"' in response.text
        assert "Accept-Language" in response.headers["Vary"]


def test_without_a_place_the_document_has_general_words_and_the_portals_number(
    client: CheckedClient,
) -> None:
    page = client.page("/nl/")
    assert "Je ziet eerst wie je antwoorden krijgt." in page.text
    assert page.all("footer")[0].all("a")[0].get("href") == "tel:+31881234567"


@pytest.mark.usefixtures("eindhoven")
def test_a_link_brings_the_programmes_own_words_its_number_and_its_tiles(
    client: CheckedClient,
) -> None:
    page = client.page("/nl/woensel/")
    assert "De gemeente betaalt mee. Zij ziet alleen aantallen, geen namen." in page.text
    assert page.all("footer")[0].all("a")[0].get("href") == "tel:+31401234567"
    assert "Buurthuis De Voorbeeldhoek" in page.all("footer")[0].text
    assert "Koken" in page.all("div", id="services")[0].text
    [how_to_choose] = page.all("p", id="likes-hint")
    assert "hidden" not in how_to_choose.attributes
    assert [row.get("value") for row in page.all("input", name="entry")] == ["woensel"]


def test_a_link_that_leads_nowhere_says_so_in_the_language_of_the_address(
    client: CheckedClient,
) -> None:
    page = client.page("/tr/boyle-bir-yer-yok/", status=404)
    assert "Bu sayfayı bulamıyoruz" in page.text
    assert "088 123 4567" in page.text


@pytest.mark.usefixtures("eindhoven")
def test_only_four_digits_ask_what_there_is_near(client: CheckedClient) -> None:
    response = client.get("/nl/near/5611")
    assert response.headers["Cache-Control"] == "public, max-age=600"
    assert "Trudo" in response.text
    assert "Koken" in response.text
    for wrong in ("5611AB", "561", "0611", "56111"):
        assert client.get(f"/nl/near/{wrong}").status_code == 404


def test_a_neighbourhood_nobody_knows_gets_a_friendly_sentence(client: CheckedClient) -> None:
    assert "Je kunt gewoon verder: er belt een mens." in client.get("/nl/near/9999").text


@pytest.mark.usefixtures("eindhoven")
@pytest.mark.parametrize("path", ["/nl/", "/ar/eindhoven/", "/tr/near/5611", "/nl/sixteen"])
def test_public_pages_are_kept_and_compressed_and_carry_no_cookie(
    visitor: FlaskClient, path: str
) -> None:
    plain = visitor.get(path)
    small = visitor.get(path, headers={"Accept-Encoding": "gzip, br;q=1.0"})
    assert plain.headers["Cache-Control"].startswith("public, max-age=")
    assert "Set-Cookie" not in plain.headers
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    again = visitor.get(path, headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.usefixtures("eindhoven")
def test_a_changed_catalogue_shows_within_seconds(
    client: CheckedClient, database: Database, clock: SettableClock
) -> None:
    client.get("/nl/eindhoven/")
    with database.writing.begin() as db:
        programme = db.scalars(select(Programme)).one()
        programme.phone = "+31401234599"
        bump_version(db)
    clock.advance(minutes=1)
    assert "tel:+31401234599" in client.get("/nl/eindhoven/").text


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_visit_is_small(client: CheckedClient, visitor: FlaskClient, locale: str) -> None:
    page = client.page(f"/{locale}/")
    script = page.all("script")[0].get("src")
    total = 0
    for path in (f"/{locale}/", script):
        answer = visitor.get(path, headers={"Accept-Encoding": "br"}, buffered=True)
        lines = [f"{name}: {value}\r\n" for name, value in answer.headers.items()]
        total += len(answer.data) + len("".join(lines)) + HEADERS
    assert total <= 14_600 - 1_000


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_else_is_fetched_before_the_first_question(
    client: CheckedClient, locale: str
) -> None:
    page = client.page(f"/{locale}/")
    fetched = [element.get("src") for element in page.all("script", "img", "iframe")]
    linked = [link.get("href") for link in page.all("link")]
    assert len(fetched) == 1
    assert linked == ["data:,"]


def _typed(page: Element) -> dict[str, list[str]]:
    return values_of(page.all("form", id="answers")[0])


ANSWERS: dict[str, str | list[str]] = {
    "wish": ["paid_work", "together"],
    "age16": "yes",
    "postcode": "5611 ab",
    "landlord": "trudo",
    "landlord_hidden": "1",
    "like": ["eindhoven-koken"],
    "practical": ["dutch"],
    "phone": "06 1234",
    "email": "x@",
    "drop_by": "de-voorbeeldhoek",
    "shared_phone": "no",
    "times": ["evening"],
    "first_name": '<b>"Samira"</b> \u200f😀',
    "language": "rif",
}


@pytest.mark.usefixtures("eindhoven")
@pytest.mark.parametrize("entry", ["", "woensel"])
def test_another_language_keeps_everything_as_typed(client: CheckedClient, entry: str) -> None:
    page = client.page(f"/nl/{entry}/" if entry else "/nl/")
    data = {**_typed(page), **ANSWERS}
    response = client.post("/ar/change", data=data)
    assert response.headers["Cache-Control"] == "no-store"
    again = _typed(_page(response.text))
    for name, value in ANSWERS.items():
        assert again[name] == (value if isinstance(value, list) else [value]), name
    assert again.get("entry", [""]) == [entry]


def test_the_language_to_be_called_in_follows_the_page_until_it_is_chosen(
    client: CheckedClient,
) -> None:
    page = client.page("/nl/")
    response = client.post("/tr/change", data=_typed(page))
    assert _typed(_page(response.text))["language"] == ["tr"]


def test_change_opens_the_question_it_is_asked_for_and_no_other(client: CheckedClient) -> None:
    for asked, opened in (("reach", "reach"), ('"><script>', ""), ("", "")):
        page = _page(client.post("/nl/change", data={"open": asked}).text)
        assert page.all("form", id="answers")[0].get("data-filled") == opened


def test_a_reload_of_change_leads_to_the_start(client: CheckedClient) -> None:
    response = client.get("/nl/change")
    assert (response.status_code, response.location) == (303, "/nl/")


def test_change_refuses_what_another_site_sends(client: CheckedClient) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/nl/change", headers=headers).status_code == 403


@pytest.mark.parametrize("value", ["", "   ", "x" * 5000, "\x00\x01", "' OR 1=1 --", "\u202eاسم"])
@pytest.mark.parametrize("field", ["wish", "postcode", "landlord", "phone", "first_name", "entry"])
def test_change_takes_any_text_without_an_error(
    client: CheckedClient, field: str, value: str
) -> None:
    response = client.post("/nl/change", data={field: [value, value]})
    assert response.status_code == 200
    assert not re.search(r"[\x00-\x08]", response.text)


def _page(text: str) -> Element:
    return read_html(text)[1]


@pytest.mark.usefixtures("eindhoven")
def test_the_second_visitor_gets_exactly_what_the_first_one_got(
    visitor: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="portal.access")
    for coding in ("br", "gzip", ""):
        asked = [
            visitor.get("/nl/eindhoven/", headers={"Accept-Encoding": coding}) for _ in range(3)
        ]
        assert len({(answer.data, str(answer.headers)) for answer in asked}) == 1
        assert asked[2].headers.get("Content-Encoding", "") == coding
        assert "Content-Security-Policy" in asked[2].headers
    rules = {record.__dict__["rule"] for record in caplog.records}
    assert len(caplog.records) == 9
    assert len(rules) == 1


def test_what_is_not_public_is_never_kept(visitor: FlaskClient) -> None:
    for name in ("Samira", "Piet"):
        page = visitor.post("/nl/change", data={"first_name": name}).text
        assert name in page
    assert "Piet" not in visitor.get("/nl/").text
    for path in ("/nl/bestaat-niet/", "/nl/near/0000"):
        assert {visitor.get(path).status_code for _ in range(2)} == {404}


@pytest.mark.parametrize("locale", LOCALES)
def test_who_has_a_code_finds_the_way_from_the_start(client: CheckedClient, locale: str) -> None:
    page = client.page(f"/{locale}/")
    start = next(each for each in page.all("section") if each.get("id") == "start")
    [back] = start.all("a")
    assert back.get("href") == f"/{locale}/status"

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.catalogue.models import Organization
from portal.db.engine import Database
from portal.registration.answers import FIELD_OF
from portal.registration.models import Registration
from portal.registration.questions import QUESTIONS
from tests.support.application import CheckedClient
from tests.support.html import Element
from tests.walkin.counter import LEAST, add_staff, agree, check, sign_in


def named(page: Element, name: str) -> list[Element]:
    return page.all("input", "select", name=name)


def test_one_page_holds_every_question_of_the_tenant(registrar: CheckedClient) -> None:
    page = registrar.page("/walkin/new")
    asked = {field for question in QUESTIONS for field in question.fields}
    assert asked == {field for field in asked if named(page, field)}
    assert "Wat zou je graag doen?" in page.text


def test_the_tiles_are_those_around_the_counter(registrar: CheckedClient) -> None:
    page = registrar.page("/walkin/new")
    assert {tile.get("value") for tile in named(page, "like")} >= {"athos-eet", "athos-maakt"}
    assert "athos-werkplaats" in {place.get("value") for place in named(page, "drop_by")}


def test_nothing_is_ticked_for_the_person(registrar: CheckedClient) -> None:
    page = registrar.page("/walkin/new")
    ticked = {
        (box.get("name"), box.get("value")) for box in page.all("input") if box.has("checked")
    }
    assert ticked == {("interpreter", "nobody"), ("drop_by", "")}


def test_the_browser_offers_nothing_of_whoever_came_before(registrar: CheckedClient) -> None:
    page = registrar.page("/walkin/new")
    for field in ("first_name", "phone", "email", "postcode"):
        assert [box.get("autocomplete") for box in named(page, field)] == ["off"]


def test_a_postcode_brings_what_is_near_there(registrar: CheckedClient) -> None:
    page = registrar.get("/walkin/near/5621").text
    assert 'value="trudo"' in page
    assert "athos" not in page


def test_without_a_script_a_button_brings_what_is_near(registrar: CheckedClient) -> None:
    page = registrar.page("/walkin/new")
    token = named(page, "csrf_token")[-1].get("value")
    typed = {"csrf_token": token, "postcode": "5621 AB", "first_name": "Voorbeeld-Ravi"}
    headers = {"Origin": "https://localhost", "Referer": "https://localhost/walkin/new"}
    answer = registrar.post("/walkin/new", data=typed, headers=headers)
    assert 'value="trudo"' in answer.text
    assert 'value="Voorbeeld-Ravi"' in answer.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"wish": []}, "wish"),
        ({"first_name": "   "}, "first_name"),
        ({"drop_by": ""}, "phone"),
        ({"postcode": "0000 SS"}, "postcode"),
        ({"phone": "14020"}, "phone"),
        ({"first_name": "<b>x</b>" * 20}, "first_name"),
        ({"first_name": "123456782"}, "first_name"),
        ({"email": "geen adres"}, "email"),
        ({"like": ["weg"], "wish": ["anders"]}, "wish"),
        ({"language": "klingon"}, "language"),
        ({"age16": ["yes", "no?"]}, "age16"),
    ],
)
def test_what_is_wrong_comes_back_as_typed_with_what_to_do(
    registrar: CheckedClient, wrong: dict[str, str | list[str]], field: str
) -> None:
    page = check(registrar, 422, **{**LEAST, **wrong})
    assert page.all("title")[0].text.startswith("Fout:")
    assert [link.get("href") for link in page.all("a") if link.get("href") == f"#{field}"]
    typed = wrong.get("first_name", LEAST["first_name"])
    assert named(page, "first_name")[0].get("value") == typed


def test_younger_than_16_is_called_together_and_nothing_is_kept(
    registrar: CheckedClient, maastricht: Database
) -> None:
    page = check(registrar, **{**LEAST, "age16": "no"})
    assert "ouder" in page.text
    assert "Voorbeeld-Ravi" not in page.text
    with maastricht.reading() as db:
        assert db.query(Registration).count() == 0


def test_who_may_not_register_is_kept_out(maastricht: Database, client: CheckedClient) -> None:
    add_staff(maastricht, "behandelaar@athos.example", ("athos", "handler"))
    sign_in(client, "behandelaar@athos.example")
    for path in ("/walkin/", "/walkin/new", "/walkin/near/6213", "/walkin/here"):
        assert client.get(path).status_code == 403


def test_who_is_not_signed_in_is_led_there_and_back(
    maastricht: Database, client: CheckedClient
) -> None:
    answer = client.get("/walkin/new")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    add_staff(maastricht, "nieuw@athos.example", ("athos", "registrar"))
    page = client.page("/sign-in")
    password = "een lang wachtwoord voor de balie"
    entered = client.submit(page, "/sign-in", email="nieuw@athos.example", password=password)
    assert entered.headers["Location"] == "/walkin/new"


def test_somebody_with_two_counters_says_where_they_are(
    maastricht: Database, client: CheckedClient
) -> None:
    both = (("athos", "registrar"), ("metmet", "registrar"))
    add_staff(maastricht, "rondreizend@athos.example", *both)
    sign_in(client, "rondreizend@athos.example")
    called = {"wish": "learning", "first_name": "Voorbeeld-Ravi", "phone": "06 12345678"}
    agree(client, check(client, **called, counter="metmet"))
    with maastricht.reading() as db:
        metmet = db.scalars(select(Organization.id).where(Organization.slug == "metmet")).one()
        assert db.scalars(select(Registration.registered_at_id)).one() == metmet


def test_every_answer_has_a_field() -> None:
    assert set(FIELD_OF.values()) - {"entry", "rather"} == {
        field for question in QUESTIONS for field in question.fields
    }

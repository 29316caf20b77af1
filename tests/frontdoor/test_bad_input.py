"""Every field with everything that should not be in it: never a 500, always the form as typed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from portal.catalogue.load import load_pack
from portal.catalogue.pack.read import read_pack, shipped_packs
from portal.db.engine import Database
from portal.registration.models import Registration
from tests.frontdoor.visiting import carried, check, post, tree
from tests.registration.people import filled_in
from tests.support.application import CheckedClient
from tests.support.html import Element

pytestmark = pytest.mark.usefixtures("eindhoven")

FIELDS = (
    "wish",
    "age16",
    "postcode",
    "postcode_hidden",
    "landlord",
    "landlord_hidden",
    "like",
    "practical",
    "phone",
    "shared_phone",
    "email",
    "drop_by",
    "times",
    "first_name",
    "language",
    "entry",
    "rather",
    "shown",
    "open",
    "was",
    "consent",
)
BAD: dict[str, list[str]] = {
    "too long": ["x" * 5000],
    "empty": [""],
    "only spaces": ["   \t\r\n\u00a0"],
    "emoji": ["🌷👩‍🍳"],
    "right to left": ["\u202e\u200f\u2067abc"],
    "control characters": ["\u0000\u0001\u001b[31m\u007f"],
    "html": ["<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"],
    "sql": ["'; DROP TABLE registration; --"],
    "template": ["{{ 7919*6007 }}{% raw %}%(name)s %s {0}"],
    "surrogate": ["\udcff".encode("utf-8", "surrogateescape").decode("latin-1")],
    "two values": ["one", "two"],
    "a file name": ["../../../../etc/passwd"],
}


def complaints(page: Element) -> list[str]:
    """What the summary on top says is still to be done."""
    [summary] = page.all("div", id="summary")
    return [link.text for link in summary.all("a")]


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("path", ["/nl/check", "/nl/send", "/nl/change"])
def test_no_field_can_break_a_page(client: CheckedClient, path: str, kind: str) -> None:
    for field in FIELDS:
        answer = post(client, path, filled_in(**{field: BAD[kind]}))
        assert answer.status_code in (200, 303, 409, 422), f"{field}: {answer.status}"
        assert "<script>alert" not in answer.text
        assert "onerror=alert(1)>" not in answer.text
        assert str(7919 * 6007) not in answer.text, "a template was worked out"


@pytest.mark.parametrize("kind", BAD)
def test_no_code_can_break_a_page(client: CheckedClient, kind: str) -> None:
    for text in BAD[kind]:
        assert post(client, "/nl/status", {"code": text}).status_code == 422


@pytest.mark.parametrize(
    ("fields", "question", "said"),
    [
        ({"wish": []}, "wish", "Kies 1 of meer"),
        ({"wish": "riches"}, "wish", "Kies opnieuw"),
        ({"age16": ["yes", "perhaps"]}, "age", "Geef 1 antwoord"),
        ({"postcode": "0000 SS"}, "home", "Schrijf 4 cijfers en 2 letters"),
        ({"practical": "debts"}, "practical", "Kies opnieuw"),
        ({"phone": []}, "reach", "Schrijf je telefoonnummer"),
        ({"phone": "112"}, "reach", "Dit is nog geen telefoonnummer"),
        ({"phone": "123456782"}, "reach", "We willen je BSN niet"),
        ({"email": "sam"}, "reach", "Schrijf je e-mailadres"),
        ({"first_name": " "}, "name", "Schrijf"),
        ({"first_name": "Sam 123456782"}, "name", "We willen je BSN niet"),
        ({"first_name": "x" * 61}, "name", "Schrijf het korter"),
    ],
)
def test_what_is_wrong_comes_back_on_its_question_as_typed(
    client: CheckedClient, fields: dict[str, Any], question: str, said: str
) -> None:
    page = tree(post(client, "/nl/check", filled_in(**fields)), 422)
    [form] = page.all("form", id="answers")
    assert form.get("data-filled") == question
    assert any(said in sentence for sentence in complaints(page))
    assert page.all("title")[0].text.startswith("Fout:")
    typed = {field: text for field, text in fields.items() if isinstance(text, str)}
    boxes = [box for box in page.all("input") if box.get("type") in ("text", "tel", "email")]
    kept = {box.get("name"): box.get("value") for box in boxes}
    assert {field: kept[field] for field in typed if field in kept} == {
        field: text for field, text in typed.items() if field in kept
    }


def test_several_problems_are_told_in_the_order_of_the_questions(client: CheckedClient) -> None:
    page = tree(post(client, "/nl/check", {"email": "x"}), 422)
    [summary] = page.all("div", id="summary")
    assert [link.get("href") for link in summary.all("a")] == [
        "#wish",
        "#phone",
        "#email",
        "#first_name",
    ]


def test_a_name_in_html_is_shown_as_it_was_typed(client: CheckedClient) -> None:
    page = check(client, first_name="<b>Sam</b> & 'Robin'")
    assert "<b>Sam</b> & 'Robin'" in page.text
    assert carried(page)["first_name"] == ["<b>Sam</b> & 'Robin'"]


def test_a_body_of_10_mb_is_too_much(client: CheckedClient) -> None:
    for path in ("/nl/check", "/nl/send", "/nl/status"):
        answer = client.post(path, data={"first_name": "x" * 10_000_000})
        assert answer.status_code == 413
        assert "088 123 45 67" in answer.text or "088 123 4567" in answer.text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", ""])
def test_another_content_type_is_a_form_with_nothing_in_it(
    client: CheckedClient, kind: str
) -> None:
    for path in ("/nl/check", "/nl/send"):
        answer = client.post(path, data=b'{"wish": "paid_work"}', content_type=kind)
        assert answer.status_code in (400, 422), answer.status


def test_a_form_of_many_fields_is_read_all_the_same(client: CheckedClient) -> None:
    many = {f"field{number}": "x" for number in range(900)}
    assert post(client, "/nl/check", {**filled_in(), **many}).status_code == 200


def test_many_answers_to_one_question_are_read_all_the_same(client: CheckedClient) -> None:
    page = check(client, like=[f"service-{number}" for number in range(500)])
    assert "like" not in carried(page)


@pytest.mark.parametrize("path", ["/nl/receipt/", "/nl/mine/", "/xx/check", "/nl/send/x"])
def test_an_unknown_address_is_told_kindly_with_a_phone_number(
    client: CheckedClient, path: str
) -> None:
    page = client.page(path, 404)
    assert "088 123 45" in page.text


@pytest.mark.parametrize("path", ["/nl/check", "/nl/change", "/nl/send"])
def test_of_two_links_neither_counts_and_nothing_typed_is_gone(
    client: CheckedClient, path: str
) -> None:
    page = tree(post(client, path, filled_in(entry=["woensel", "metmet"])), 422)
    assert complaints(page) == ["We kregen hier 2 antwoorden. Geef 1 antwoord."]
    assert carried(page)["first_name"] == filled_in()["first_name"]


def test_the_same_answer_twice_is_one_answer(client: CheckedClient) -> None:
    page = check(client, phone=["06 12345678", "06 12345678"])
    assert carried(page)["phone"] == ["06 12345678"]


def test_a_yes_and_a_no_to_the_consent_store_nothing(
    client: CheckedClient, database: Database
) -> None:
    page = check(client)
    answer = post(client, "/nl/send", {**carried(page), "consent": ["yes", "no"]})
    assert "Geef 1 antwoord." in complaints(tree(answer, 422))[0]
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Registration)) == 0


@pytest.mark.parametrize("hidden", [["on"], ["0"], [""], ["true"]])
def test_a_box_that_is_not_ticked_as_we_tick_it_hides_nothing_anywhere(
    client: CheckedClient, hidden: list[str]
) -> None:
    fields = filled_in(postcode_hidden=hidden, landlord=[])
    page = check(client, postcode_hidden=hidden, landlord=[])
    assert carried(page)["postcode"] == ["5616 AB"]
    assert "postcode_hidden" not in carried(page)
    changed = tree(post(client, "/nl/change", fields))
    assert "Trudo" in changed.all("div", id="landlords")[0].text
    [box] = changed.all("input", name="postcode_hidden")
    assert not box.has("checked")


def test_two_answers_to_one_box_are_asked_about(client: CheckedClient) -> None:
    page = tree(post(client, "/nl/check", filled_in(postcode_hidden=["1", "0"])), 422)
    assert "We kregen hier 2 antwoorden. Geef 1 antwoord." in complaints(page)


def test_what_is_on_offer_belongs_to_the_link_they_came_by(
    client: CheckedClient, database: Database
) -> None:
    [pack] = [path for path in shipped_packs() if path.stem == "den-haag-zuidwest"]
    with database.writing.begin() as db:
        load_pack(db, read_pack(pack))
    page = check(client, entry="moerwijk", postcode="", landlord="haag-wonen")
    assert carried(page)["landlord"] == ["haag-wonen"]
    assert "We hebben het weggehaald" not in page.text

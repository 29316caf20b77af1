from __future__ import annotations

from urllib.parse import quote
from uuid import uuid4

import pytest
from flask import Flask

from portal.web.signing import sign_words
from tests.frontdoor.visiting import check, code_on, link_on, register, send, tree
from tests.support.application import CheckedClient
from tests.support.clock import SettableClock

pytestmark = pytest.mark.usefixtures("eindhoven")


def test_it_says_what_happens_next_and_how_to_come_back(client: CheckedClient) -> None:
    receipt = register(client)
    for said in ("Wat gebeurt er nu?", "Jouw code", "Jouw eigen pagina", "Deel deze link niet"):
        assert said in receipt.text, said
    assert receipt.all("a", href="/nl/status")
    assert link_on(receipt).startswith("/nl/mine/")


def test_the_script_finds_what_it_needs_to_print_and_to_clear_the_phone(
    client: CheckedClient,
) -> None:
    receipt = register(client)
    assert [each for each in receipt if each.has("data-sent")]
    [clear] = [each for each in receipt.all("button") if each.has("data-clear-phone")]
    [cleared] = receipt.all("div", id=clear.get("data-clear-phone"))
    assert "Heb je een foto van je code?" in cleared.text
    [leave] = cleared.all("button")
    assert leave.get("data-leave") == "/nl/"
    assert clear.has("hidden")
    assert [each for each in receipt.all("button") if each.has("data-print")]


def test_who_drops_by_reads_where_when_and_who_to_ask_for(client: CheckedClient) -> None:
    receipt = register(client, phone=[], drop_by="de-voorbeeldhoek")
    code = code_on(receipt)
    for page in (receipt, client.page(f"/nl/status/{code}")):
        assert "Kom naar Buurthuis De Voorbeeldhoek, Voorbeeldplein 1, Eindhoven." in page.text
        assert (
            "Open: dinsdag 09:00–\u206012:00, donderdag 13:00–\u206016:30. Vraag naar" in page.text
        )
        assert "Wil je bellen? Het nummer is" in page.text
        # Sanne of Trudo has the case; at the Voorbeeldhoek it is Noor who is there.
        assert "Vraag naar Noor." in page.text


def test_who_drops_by_at_the_owners_own_place_asks_for_who_has_the_case(
    client: CheckedClient,
) -> None:
    receipt = register(
        client, phone=[], drop_by="springplank040-inloop", rather="springplank040", language="nl"
    )
    assert "Kom naar Inloop Springplank040" in receipt.text
    assert "Vraag naar Rob." in receipt.text


def test_it_shows_nothing_about_the_person(client: CheckedClient) -> None:
    receipt = register(client, email="sam@post.nl")
    for private in ("Voorbeeld-Sam", "12345678", "sam@post.nl", "5616"):
        assert private not in receipt.text


def test_its_address_is_open_for_an_hour(client: CheckedClient, clock: SettableClock) -> None:
    address = send(client, check(client)).headers["Location"]
    clock.advance(minutes=59)
    assert code_on(client.page(address))
    clock.advance(minutes=1)
    late = client.page(address, 410)
    assert "Nu heb je je code nodig" in late.text
    assert late.all("form", action="/nl/status")
    # We know whose receipt it was, so the number is that of their own neighbourhood.
    assert late.all("footer")[0].all("a")[0].get("href") == "tel:+31401234567"


@pytest.mark.parametrize("token", ["x", "x.y", quote("🌷"), "a" * 500])
def test_no_other_address_shows_a_receipt(client: CheckedClient, token: str) -> None:
    client.page(f"/nl/receipt/{token}", 410)


@pytest.mark.parametrize("words", [("x",), ("x", "y", "1"), (uuid4().hex, "y", "1")])
def test_what_an_older_portal_signed_asks_for_the_code(
    client: CheckedClient, app: Flask, words: tuple[str, ...]
) -> None:
    with app.app_context():
        token = sign_words("receipt", "receipt", *words)
    assert "Nu heb je je code nodig" in client.page(f"/nl/receipt/{token}", 410).text


def test_looking_at_it_changes_nothing_and_is_not_kept(client: CheckedClient) -> None:
    address = send(client, check(client)).headers["Location"]
    first, second = (client.get(address) for _ in range(2))
    assert first.text == second.text
    assert first.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("locale", ["en", "tr", "ar"])
def test_it_can_be_read_in_every_language(client: CheckedClient, locale: str) -> None:
    address = send(client, check(client)).headers["Location"]
    there = tree(client.get(address.replace("/nl/", f"/{locale}/", 1)))
    assert there.all("html", lang=locale)
    assert code_on(there)


def test_a_photo_of_the_code_leads_back(client: CheckedClient) -> None:
    receipt = register(client)
    [beside] = [each for each in receipt.all("b") if each.text.endswith("/nl/status")]
    assert "://" not in beside.text
    assert beside.text == "localhost/nl/status"

from __future__ import annotations

import pytest

from portal.db.engine import Database
from portal.registration.models import Registration
from tests.support.application import CheckedClient
from tests.support.html import Element
from tests.walkin.counter import LEAST, add_staff, check, sign_in, tree


def quote(page: Element) -> Element:
    return page.all("blockquote")[0]


def test_it_says_who_gets_this_and_by_when(registrar: CheckedClient) -> None:
    page = check(registrar, **LEAST)
    assert "Jamal van Athos krijgt je antwoorden." in quote(page).text
    assert "vrijdag 20 november" in quote(page).text
    assert "043 123 4502" in quote(page).text
    assert "Wie krijgt dit?" in page.text


def test_the_sentences_are_in_the_language_of_the_person(registrar: CheckedClient) -> None:
    page = check(registrar, **LEAST, language="ar", interpreter="family")
    assert (quote(page).get("lang"), quote(page).get("dir")) == ("ar", "rtl")
    assert "إجاباتك" in quote(page).text
    # Below it stands what it means, for whoever reads it aloud.
    assert "krijgt je antwoorden" in page.text
    assert page.all("html")[0].get("lang") == "nl"


def test_in_the_language_of_the_page_it_stands_there_once(registrar: CheckedClient) -> None:
    page = check(registrar, **LEAST, language="nl")
    assert page.text.count("krijgt je antwoorden") == 1


@pytest.mark.parametrize(("language", "written"), [("ti", "nl"), ("rif", "nl"), ("ary", "ar")])
def test_a_language_without_text_is_read_in_another_and_it_says_so(
    registrar: CheckedClient, language: str, written: str
) -> None:
    page = check(registrar, **LEAST, language=language, interpreter="professional")
    assert quote(page).get("lang") == written
    assert "Er is nog geen tekst in het" in page.text


def test_whoever_works_in_english_reads_english_below(
    maastricht: Database, client: CheckedClient
) -> None:
    add_staff(maastricht, "desk@athos.example", ("athos", "registrar"), locale="en")
    sign_in(client, "desk@athos.example")
    page = check(client, **LEAST, language="tr", interpreter="family")
    assert quote(page).get("lang") == "tr"
    assert "gets your answers" in page.text


def test_saying_yes_is_never_ticked_beforehand(registrar: CheckedClient) -> None:
    page = check(registrar, **LEAST, consent="yes")
    assert not any(box.has("checked") for box in page.all("input", name="consent"))


def test_who_interpreted_comes_along(registrar: CheckedClient) -> None:
    page = check(registrar, **LEAST, interpreter="professional")
    chosen = [box for box in page.all("input", name="interpreter") if box.has("checked")]
    assert [box.get("value") for box in chosen] == ["professional"]


def test_somebody_else_can_be_chosen_who_is_no_landlord(registrar: CheckedClient) -> None:
    page = check(registrar, **LEAST)
    others = [button.get("value") for button in page.all("button", name="rather")]
    assert "vangnet-maastricht" in others
    other = registrar.submit(page, "/walkin/check", at="/walkin/check", rather="vangnet-maastricht")
    assert "Els van Team Athos Maastricht krijgt je antwoorden." in tree(other).text


def test_a_landlord_who_need_not_know_is_not_named(registrar: CheckedClient) -> None:
    told = {**LEAST, "postcode": "6224 AB", "landlord": "servatius"}
    assert "Roos van Servatius" in quote(check(registrar, **told)).text
    hidden = check(registrar, **told, landlord_hidden="1")
    assert "Servatius" not in quote(hidden).text


def test_looking_stores_nothing(registrar: CheckedClient, maastricht: Database) -> None:
    check(registrar, **LEAST)
    with maastricht.reading() as db:
        assert db.query(Registration).count() == 0


def test_what_is_no_longer_on_offer_is_said(registrar: CheckedClient) -> None:
    page = check(registrar, **LEAST, like=["athos-eet", "bestaat-niet-meer"])
    assert "is er niet meer" in page.all("p", role="alert")[0].text


@pytest.mark.parametrize("path", ["/walkin/check", "/walkin/send"])
def test_a_reload_without_answers_begins_anew(registrar: CheckedClient, path: str) -> None:
    answer = registrar.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/walkin/new")

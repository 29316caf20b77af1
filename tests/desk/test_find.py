from __future__ import annotations

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.privacy.models import AuditEvent
from portal.referral.withdraw import stop
from portal.registration.models import Registration
from portal.registration.queries import reference_of
from portal.registration.reference import code_shown
from tests.desk.world import World
from tests.support.application import CheckedClient
from tests.support.html import read_html


def find(client: CheckedClient, words: str) -> TestResponse:
    return client.submit(client.page("/desk/"), "/desk/find", at="/desk/", q=words)


@pytest.mark.parametrize(
    "words", ["Şükran", "sukran  voorbeeld", "0612345678", "+31 6 12 34 56 78"]
)
def test_the_one_who_is_meant_is_opened_at_once(
    world: World, sanne: CheckedClient, words: str
) -> None:
    case = world.register("Şükran Voorbeeld", phone="+31612345678")
    world.register("Bo Proef", phone="+31612345679")
    answer = find(sanne, words)
    assert answer.headers["Location"] == f"/desk/registrations/{case}"


def test_a_code_leads_to_the_case(world: World, sanne: CheckedClient) -> None:
    case = world.register()
    with world.looking() as db:
        code = code_shown(reference_of(db, world.load(case)).code)
    assert find(sanne, code.lower()).headers["Location"] == f"/desk/registrations/{case}"


def test_several_are_listed_with_whom_they_are(world: World, sanne: CheckedClient) -> None:
    world.register("Sam Voorbeeld", phone="+31612345671")
    world.register("Sam Proef", phone="+31612345672", contact="trudo-mo")
    page = read_html(find(sanne, "sam").text)[1]
    assert {heading.text for heading in page.all("h2")} == {"Sam Voorbeeld", "Sam Proef"}
    assert "2 mensen gevonden." in page.text
    assert "bij Mo" in page.text


@pytest.mark.parametrize("words", ["", "   ", "Niemand", "x" * 500, "<b>", "' OR 1=1 --", "\u202e"])
def test_nobody_is_found_for_what_fits_nobody(
    world: World, sanne: CheckedClient, words: str
) -> None:
    world.register("Sam Voorbeeld")
    assert find(sanne, words).status_code == 200


def test_people_of_another_organisation_are_never_found(world: World, sanne: CheckedClient) -> None:
    theirs = world.register("Ali Voorbeeld", contact="woonbedrijf-esra", phone="+31612345699")
    with world.looking() as db:
        code = reference_of(db, world.load(theirs)).code
    for words in ("Ali", "0612345699", code):
        answer = find(sanne, words)
        assert answer.status_code == 200
        assert "Niemand gevonden." in answer.text


def test_a_search_is_on_record_without_its_words(world: World, sanne: CheckedClient) -> None:
    find(sanne, "Voorbeeldgeheim")
    with world.looking() as db:
        searched = db.scalars(select(AuditEvent).where(AuditEvent.action == "search")).one()
    assert searched.registration_id is None


def test_the_words_never_stand_in_an_address(world: World, sanne: CheckedClient) -> None:
    world.register("Sam Voorbeeld")
    page = read_html(find(sanne, "Sam Niemand").text)[1]
    assert not [link for link in page.all("a") if "Niemand" in link.get("href")]
    assert sanne.get("/desk/find?q=Sam").status_code == 200
    assert "Sam Voorbeeld" not in sanne.get("/desk/find?q=Sam").text


@pytest.mark.parametrize("words", ["şü", "SUK", "sukr voorb", "Voor"])
def test_half_a_name_finds_who_begins_like_that(
    world: World, sanne: CheckedClient, words: str
) -> None:
    case = world.register("Şükran Voorbeeld", phone="+31612345678")
    world.register("Bo Proef", phone="+31612345679")
    assert find(sanne, words).headers["Location"] == f"/desk/registrations/{case}"


@pytest.mark.parametrize("words", ["S", "s voorbeeld", "kran", "0612", "su proef"])
def test_one_letter_and_the_middle_of_a_name_find_nobody(
    world: World, sanne: CheckedClient, words: str
) -> None:
    world.register("Şükran Voorbeeld", phone="+31612345678")
    assert "Niemand gevonden." in find(sanne, words).text


def test_half_a_name_never_leads_to_another_organisation(
    world: World, sanne: CheckedClient
) -> None:
    world.register("Şükran Voorbeeld", contact="woonbedrijf-esra")
    answer = find(sanne, "suk")
    assert "Niemand gevonden." in answer.text
    assert "Şükran" not in answer.text
    with world.looking() as db:
        searched = db.scalars(select(AuditEvent).where(AuditEvent.action == "search")).one()
    assert searched.registration_id is None


def test_half_a_name_finds_nobody_whose_case_is_closed(world: World, sanne: CheckedClient) -> None:
    case = world.register("Şükran Voorbeeld")
    with world.writing() as db:
        stop(db, db.get_one(Registration, case), now=world.clock())
    assert "Niemand gevonden." in find(sanne, "suk").text

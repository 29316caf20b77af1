"""Three months into aftercare: the pages of a case of which only name, contact and outcome stay."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from portal.followup.end import settle
from portal.followup.record import add_note
from portal.followup.retention import keep_to_rules
from portal.registration.models import Registration
from portal.registration.queries import reference_of
from tests.desk.world import SANNE, World, sign_in
from tests.support.application import CheckedClient

WORDS = "Wil graag buiten werken."


@pytest.fixture
def sam(world: World) -> UUID:
    """Sam, who found work; it is three months later."""
    sam = world.register(practical=("children",), likes=("eindhoven-koken",))
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        by = world.identity(SANNE)
        add_note(db, registration, WORDS, by=by, now=world.clock())
        registration.state = "picked_up"
        settle(db, registration, "paid_work", by=by, now=world.clock(), hours_a_week=25)
    world.clock.set("2027-02-18T09:00")
    with world.writing() as db:
        keep_to_rules(db, world.clock())
    return sam


def test_the_desk_sees_who_it_is_and_that_words_were_erased(
    world: World, client: CheckedClient, sam: UUID
) -> None:
    sign_in(client, SANNE)
    page = client.page(f"/desk/registrations/{sam}")
    for words in ("Voorbeeld-Sam", "06 12345678", "Notities en antwoorden zijn gewist"):
        assert words in page.text
    for words in (WORDS, "zorgt voor kinderen", "5616", "Wil graag"):
        assert words not in page.text
    found = client.submit(page, "/desk/find", q="voorbeeld-sam")
    assert found.headers["Location"] == f"/desk/registrations/{sam}"


def test_the_person_sees_what_is_left(world: World, client: CheckedClient, sam: UUID) -> None:
    with world.looking() as db:
        link = reference_of(db, db.get_one(Registration, sam)).link
    shown = client.page(f"/nl/mine/{link}").text
    assert "Voorbeeld-Sam" in shown
    for words in (WORDS, "5616", "Koken"):
        assert words not in shown
    copied = json.loads(client.get(f"/nl/mine/{link}/copy").text)
    assert WORDS not in json.dumps(copied)


def test_who_was_not_spoken_to_for_a_year_stands_on_the_list_with_the_question(
    world: World, client: CheckedClient
) -> None:
    sam = world.register()
    world.clock.set("2027-11-18T09:00")
    with world.writing() as db:
        keep_to_rules(db, world.clock())
    sign_in(client, SANNE)
    assert "Vraag vandaag: bewaren we dit?" in client.page("/desk/").text
    case = client.page(f"/desk/registrations/{sam}").text
    assert "Een jaar geen contact: iemand vraagt of we dit bewaren" in case

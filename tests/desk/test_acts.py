"""Every act on a case, from the button to the database and back."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.catalogue.models import Organization
from portal.followup.models import RESULTS, ContactAttempt, Outcome
from portal.registration.models import Note, RegistrationEvent
from tests.desk.world import World, contact_id
from tests.support.application import CheckedClient
from tests.support.html import Element, read_html


@pytest.fixture
def sam(world: World) -> UUID:
    return world.register()


def press(
    client: CheckedClient, sam: UUID, act: str, status: int = 303, **fields: str
) -> TestResponse:
    """Open the case and send the form of this act, filled in."""
    at = f"/desk/registrations/{sam}"
    answer = client.submit(client.page(at), f"{at}/{act}", at=at, **fields)
    assert answer.status_code == status, answer.text
    return answer


def page_of(answer: TestResponse) -> Element:
    return read_html(answer.text)[1]


# Through the registrar is for who came in through one: tests/followup/test_record.py has it.
@pytest.mark.parametrize("result", [each for each in RESULTS if each != "registrar"])
def test_logging_a_call_takes_one_press_on_the_case(
    world: World, sanne: CheckedClient, sam: UUID, result: str
) -> None:
    answer = press(sanne, sam, "attempts", result=result)
    assert answer.headers["Location"] == f"/desk/registrations/{sam}"
    with world.looking() as db:
        assert db.scalars(select(ContactAttempt.result)).one() == result
    assert "Genoteerd" in sanne.page(f"/desk/registrations/{sam}").text


def test_what_was_noted_is_said_once(sanne: CheckedClient, sam: UUID) -> None:
    press(sanne, sam, "attempts", result="no_answer")
    assert "Genoteerd: geen gehoor." in sanne.page(f"/desk/registrations/{sam}").text
    assert "Genoteerd" not in sanne.page(f"/desk/registrations/{sam}").text


@pytest.mark.parametrize(
    "fields", [{"result": "shouted"}, {"result": ""}, {"result": "reached", "wished": "soon"}]
)
def test_an_attempt_that_makes_no_sense_changes_nothing(
    world: World, sanne: CheckedClient, sam: UUID, fields: dict[str, str]
) -> None:
    press(sanne, sam, "attempts", 422, **fields)
    assert world.load(sam).state == "new"


def test_a_note_is_kept_and_shown(sanne: CheckedClient, sam: UUID) -> None:
    press(sanne, sam, "notes", text="Heeft een rijbewijs.")
    assert "Heeft een rijbewijs." in sanne.page(f"/desk/registrations/{sam}").text


def test_whoever_writes_a_note_is_reminded_who_reads_along(sanne: CheckedClient, sam: UUID) -> None:
    assert "Voorbeeld-Sam kan dit lezen." in sanne.page(f"/desk/registrations/{sam}").text


def test_a_word_that_decides_about_somebody_is_asked_about_once(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    text = "Heeft geen Wmo-indicatie."
    asked = page_of(press(sanne, sam, "notes", 422, text=text))
    assert "Je schrijft ‘Wmo, indicatie’." in asked.text
    assert asked.all("textarea", id="text")[0].text == text
    with world.looking() as db:
        assert not db.scalars(select(Note)).all()
    action = f"/desk/registrations/{sam}/notes"
    assert sanne.submit(asked, action, at=action).status_code == 303
    assert text in sanne.page(f"/desk/registrations/{sam}").text


def test_a_note_with_a_bsn_is_refused_with_an_explanation_and_comes_back_as_typed(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    text = "Nummer 111222333, belt terug."
    back = page_of(press(sanne, sam, "notes", 422, text=text))
    assert "Er staan cijfers in die op een BSN lijken." in back.text
    assert back.all("textarea", id="text")[0].text == text
    with world.looking() as db:
        assert not db.scalars(select(Note)).all()


@pytest.mark.parametrize("text", ["", "  \n ", "\u202e"])
def test_an_empty_note_is_not_kept(sanne: CheckedClient, sam: UUID, text: str) -> None:
    assert "Schrijf eerst iets." in page_of(press(sanne, sam, "notes", 422, text=text)).text


def test_picking_up_makes_it_mine(world: World, sanne: CheckedClient, sam: UUID) -> None:
    press(sanne, sam, "take")
    assert world.load(sam).state == "picked_up"
    assert "Jij belt Voorbeeld-Sam voortaan." in sanne.page(f"/desk/registrations/{sam}").text


def test_a_case_goes_to_a_colleague(world: World, sanne: CheckedClient, sam: UUID) -> None:
    with world.looking() as db:
        mo = contact_id(db, "trudo-mo")
    press(sanne, sam, "hand-over", contact=str(mo))
    assert world.load(sam).contact_id == mo


@pytest.mark.parametrize("contact", ["", "mo", "woonbedrijf-esra"])
def test_a_case_goes_nowhere_else(
    world: World, sanne: CheckedClient, sam: UUID, contact: str
) -> None:
    before = world.load(sam).contact_id
    with world.looking() as db:
        value = str(contact_id(db, contact)) if "-" in contact else contact
    press(sanne, sam, "hand-over", 422, contact=value)
    assert world.load(sam).contact_id == before


def test_waiting_and_going_on(world: World, sanne: CheckedClient, sam: UUID) -> None:
    press(sanne, sam, "take")
    early = page_of(press(sanne, sam, "wait", 422, until="2026-12-01"))
    assert "Noteer eerst dat jullie elkaar spraken." in early.text
    press(sanne, sam, "attempts", result="reached")
    press(sanne, sam, "wait", until="2026-12-01")
    assert world.load(sam).state == "waiting"
    press(sanne, sam, "resume")
    assert world.load(sam).state == "picked_up"


@pytest.mark.parametrize("until", ["", "2026-11-18", "2030-01-01", "tomorrow"])
def test_waiting_needs_a_day_that_can_be(
    world: World, sanne: CheckedClient, sam: UUID, until: str
) -> None:
    press(sanne, sam, "take")
    back = page_of(press(sanne, sam, "wait", 422, until=until))
    # A field for a day can hold nothing but a day.
    kept = "" if until == "tomorrow" else until
    assert back.all("input", name="until")[0].get("value") == kept
    assert world.load(sam).state == "picked_up"


def test_settling_keeps_what_it_became(world: World, sanne: CheckedClient, sam: UUID) -> None:
    press(sanne, sam, "take")
    press(sanne, sam, "settle", outcome="paid_work", hours="24", contract="temporary")
    with world.looking() as db:
        outcome = db.scalars(select(Outcome)).one()
    assert (outcome.kind, outcome.hours_a_week, outcome.fixed) == ("paid_work", 24, False)
    assert world.load(sam).state == "aftercare"


def test_who_settles_somebody_is_told_the_day_of_their_own_organisation(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    with world.writing() as db:
        db.get_one(Organization, world.load(sam).owner_id).norms = {"first_check_weeks": 2}
    press(sanne, sam, "take")
    press(sanne, sam, "settle", outcome="paid_work")
    page = sanne.page(f"/desk/registrations/{sam}")
    assert "Hieronder staat wanneer je vraagt hoe het gaat." in page.text
    assert "Vraag hoe het gaat, uiterlijk wo 2 dec" in page.text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"outcome": "not_reached"},
        {"outcome": "paid_work", "hours": "61"},
        {"outcome": "paid_work", "hours": "many"},
    ],
)
def test_settling_needs_an_outcome_and_hours_that_can_be(
    world: World, sanne: CheckedClient, sam: UUID, fields: dict[str, str]
) -> None:
    press(sanne, sam, "take")
    press(sanne, sam, "settle", 422, **fields)
    assert world.load(sam).state == "picked_up"


def test_closing_and_opening_again(world: World, sanne: CheckedClient, sam: UUID) -> None:
    press(sanne, sam, "take")
    press(sanne, sam, "close", reason="moved")
    assert world.load(sam).state == "closed"
    page = sanne.page(f"/desk/registrations/{sam}")
    assert "Dit is afgesloten" in page.text
    assert "Afgesloten: Verhuisd" in page.text
    press(sanne, sam, "reopen")
    assert world.load(sam).state == "picked_up"


def test_closing_as_not_reached_too_soon_is_explained(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    press(sanne, sam, "take")
    back = page_of(press(sanne, sam, "close", 422, reason="not_reached"))
    assert "na 3 pogingen binnen 10 werkdagen, op 2 dagen" in back.text
    assert world.load(sam).state == "picked_up"


def test_the_page_names_the_norms_that_hold_for_its_owner(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    norms = {"attempts": 5, "attempt_days": 4, "plan_days": 1, "first_contact_working_days": 3}
    with world.writing() as db:
        db.get_one(Organization, world.load(sam).owner_id).norms = norms
    press(sanne, sam, "take")
    text = sanne.page(f"/desk/registrations/{sam}").text
    assert "na 5 pogingen binnen 10 werkdagen, op 4 dagen" in text
    assert "Niet bereikt: uiterlijk ma 23 nov. Gesproken: uiterlijk do 19 nov." in text


@pytest.mark.parametrize("reason", ["", "withdrawn", "not_eligible"])
def test_closing_needs_a_reason_of_ours(
    world: World, sanne: CheckedClient, sam: UUID, reason: str
) -> None:
    press(sanne, sam, "take")
    press(sanne, sam, "close", 422, reason=reason)
    assert world.load(sam).state == "picked_up"


def test_an_act_that_the_state_forbids_is_said_and_changes_nothing(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    at = f"/desk/registrations/{sam}"
    page = sanne.page(at)
    token = page.all("input", name="csrf_token")[0].get("value")
    version = page.all("input", name="version")[0].get("value")
    answer = sanne.post(
        f"{at}/close",
        data={"csrf_token": token, "version": version, "reason": "moved"},
        headers={"Referer": f"https://localhost{at}"},
    )
    assert answer.status_code == 422
    assert "Dit kan niet meer." in page_of(answer).text
    assert world.load(sam).state == "new"


def test_nothing_people_write_ends_up_in_an_event(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    press(sanne, sam, "notes", text="Voorbeeldgeheim")
    press(sanne, sam, "attempts", result="reached")
    with world.looking() as db:
        for event in db.scalars(select(RegistrationEvent)):
            assert "Voorbeeld" not in str(event.data)

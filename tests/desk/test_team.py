"""The team at the desk: who is away, how many people each has, how fast we work."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.catalogue.models import Programme
from portal.registration.models import Registration
from tests.desk.teaming import contact, member_at, office_at, organization, page_of, press
from tests.desk.world import COORDINATOR, MO, World, sign_in
from tests.support.application import CheckedClient


@pytest.fixture
def desk(world: World, client: CheckedClient) -> CheckedClient:
    """The browser of the coordinator of Trudo."""
    sign_in(client, COORDINATOR)
    return client


@pytest.fixture
def mo(app: Flask, world: World) -> CheckedClient:
    """The browser of Mo, a handler there."""
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    sign_in(client, MO)
    return client


def test_the_team_says_who_calls_and_how_full_they_are(world: World, desk: CheckedClient) -> None:
    world.register()
    page = desk.page("/desk/team")
    assert "Sanne wijkconsulent" in page.text
    assert "1 van 40 mensen" in page.text
    assert [one.get("value") for one in page.all("meter")] == ["0", "1"]
    assert "Esra" not in page.text


def test_the_team_says_who_is_full_and_how_many_came_all_the_same(
    world: World, desk: CheckedClient
) -> None:
    for who in ("trudo-sanne", "trudo-mo"):
        press(desk, member_at(world, who), "/room", people="1")
    people = [world.register(f"Voorbeeld-{number}") for number in range(2)]
    page = desk.page("/desk/team")
    assert page.text.count("1 van 1 mensen · vol") == 2
    assert "iedereen vol zat" not in page.text
    people.append(world.register("Voorbeeld-Ravi"))
    page = desk.page("/desk/team")
    assert "1 persoon kwam toen iedereen vol zat." in page.text
    # A meter cannot show more than full.
    assert [(one.get("value"), one.get("max")) for one in page.all("meter")] == [("1", "1")] * 2
    with world.writing() as db:
        for sam in people:
            db.get_one(Registration, sam).state = "aftercare"
    page = desk.page("/desk/team")
    assert page.text.count("0 van 1 mensen") == 2
    assert "iedereen vol zat" not in page.text


def test_a_coordinator_says_who_is_away_and_who_stands_in(
    world: World, desk: CheckedClient
) -> None:
    mo = contact(world, "trudo-mo").id
    press(desk, member_at(world), "/absence", first="2026-11-19", last="2026-11-27", deputy=str(mo))
    page = desk.page(member_at(world))
    assert "is weg van donderdag 19 november tot en met vrijdag 27 november" in page.text
    assert "weg vanaf" in desk.page("/desk/team").text
    assert contact(world).deputy_id == mo
    press(desk, member_at(world), "/back")
    assert contact(world).absent_until is None


def test_an_absence_is_on_the_page_until_its_last_day_and_then_gone(
    world: World, desk: CheckedClient
) -> None:
    mo = str(contact(world, "trudo-mo").id)
    press(desk, member_at(world), "/absence", first="2026-11-18", last="2026-11-20", deputy=mo)
    for day, shown in (("2026-11-20T23:00", True), ("2026-11-21T09:00", False)):
        world.clock.set(day)
        sign_in(desk, COORDINATOR)
        assert bool(desk.page("/desk/team").all("li", **{"class": "away"})) is shown
        page = desk.page(member_at(world))
        assert ("is weg" in page.text) is shown
        last = "2026-11-20" if shown else None
        assert (page.all("input", name="last")[0].get("value") or None) == last


def test_a_handler_sets_their_own_absence_and_sees_nobody_else(
    world: World, mo: CheckedClient
) -> None:
    sanne = contact(world).id
    own = member_at(world, "trudo-mo")
    assert own in [link.get("href") for link in mo.page("/desk/").all("a")]
    page = mo.page(own)
    assert "Hoeveel mensen" not in page.text
    assert "stopt" not in page.text
    press(mo, own, "/absence", first="2026-11-18", last="2026-11-20", deputy=str(sanne))
    assert mo.get(member_at(world)).status_code == 404
    assert mo.get("/desk/team").status_code == 403


def test_the_deputy_finds_the_people_on_their_own_list(
    world: World, desk: CheckedClient, mo: CheckedClient
) -> None:
    sam = world.register("Voorbeeld-Sam")
    deputy = str(contact(world, "trudo-mo").id)
    away = {"first": "2026-11-18", "last": "2026-11-20", "deputy": deputy}
    press(desk, member_at(world), "/absence", 303, **away)
    page = mo.page("/desk/")
    assert "Voorbeeld-Sam" in page.text
    assert "voor Sanne" in page.text
    assert "voor Sanne" in mo.page(f"/desk/registrations/{sam}").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"first": "2026-11-10", "last": "2026-11-17"}, "Kies een laatste dag"),
        ({"first": "2026-11-20", "last": "2026-11-19"}, "Kies een laatste dag"),
        ({"first": "", "last": "2026-11-20"}, "Kies een dag"),
        ({"first": "2026-11-20", "last": "morgen"}, "Kies een dag"),
        ({"first": "2026-11-18", "last": "2026-11-20", "deputy": ""}, "Kies een collega"),
        ({"first": "2026-11-18", "last": "2026-11-20", "deputy": "Mo"}, "Kies een collega"),
        (
            {"first": "2026-11-18", "last": "2026-11-20", "deputy": str(UUID(int=1))},
            "Kies een collega",
        ),
    ],
)
def test_days_and_deputies_that_cannot_be_are_said_and_kept_as_typed(
    world: World, desk: CheckedClient, fields: dict[str, str], said: str
) -> None:
    answer = press(desk, member_at(world), "/absence", 422, **fields)
    page = page_of(answer)
    assert said in page.text
    assert page.all("input", name="first")[0].get("value") == fields["first"]
    assert contact(world).absent_until is None


def test_a_coordinator_gives_somebody_room(world: World, desk: CheckedClient) -> None:
    press(desk, member_at(world), "/room", people="25")
    assert contact(world).capacity == 25
    assert "0 van 25 mensen" in desk.page("/desk/team").text


@pytest.mark.parametrize("people", ["", "0", "-3", "201", "9" * 30, "🙂", "veel", "4,5"])
def test_a_room_that_cannot_be_is_said(world: World, desk: CheckedClient, people: str) -> None:
    page = page_of(press(desk, member_at(world), "/room", 422, people=people))
    assert "Schrijf een getal" in page.text
    # Of two forms on this page, the field that is meant says so itself.
    assert [each.get("name") for each in page.all("input") if each.has("aria-invalid")] == [
        "people"
    ]
    assert contact(world).capacity == 40


def test_norms_and_days_off_are_set_for_the_whole_organisation(
    world: World, desk: CheckedClient
) -> None:
    fields = {
        "caseload": "30",
        "first_contact_working_days": "1",
        "plan_days": "",
        "holidays": "2026-11-20\n2026-11-19",
    }
    press(desk, office_at(world), "", 303, **fields)
    found = organization(world)
    assert (found.caseload, found.norms) == (30, {"first_contact_working_days": 1})
    assert found.extra_holidays == ["2026-11-19", "2026-11-20"]
    page = desk.page(office_at(world))
    assert page.all("input", name="first_contact_working_days")[0].get("value") == "1"
    # The next working day on which Trudo is open, by its own norm.
    assert world.load(world.register()).promised_on.isoformat() == "2026-11-23"


def test_beside_each_norm_stands_what_the_programme_has(world: World, desk: CheckedClient) -> None:
    with world.writing() as db:
        programme = db.scalars(select(Programme).where(Programme.slug == "eindhoven")).one()
        programme.norms = {"plan_days": 21}
    page = desk.page(office_at(world))
    assert page.all("p", id="plan_days-hint")[0].text == "gewoonlijk: 21"
    assert page.all("p", id="attempts-hint")[0].text == "gewoonlijk: 3"


def test_how_often_to_try_cannot_be_set_to_once(world: World, desk: CheckedClient) -> None:
    answer = press(desk, office_at(world), "", 422, caseload="40", attempts="1")
    assert "Schrijf een getal van 2 tot en met 20, of niets." in page_of(answer).text
    assert organization(world).norms == {}


@pytest.mark.parametrize(
    "checks",
    [
        {"third_check_months": "2"},  # before the second, which is the programme's
        {"second_check_months": "5", "third_check_months": "5"},
        {"first_check_weeks": "20", "second_check_months": "4"},
        {"fourth_check_months": "8"},  # before the third of this programme
    ],
)
def test_checks_that_do_not_follow_each_other_are_said_and_kept_as_typed(
    world: World, desk: CheckedClient, checks: dict[str, str]
) -> None:
    with world.writing() as db:
        programme = db.scalars(select(Programme).where(Programme.slug == "eindhoven")).one()
        programme.norms = {"third_check_months": 9}
    page = page_of(press(desk, office_at(world), "", 422, caseload="30", **checks))
    assert "Elke keer dat je vraagt hoe het gaat, komt later dan de keer ervoor." in page.text
    for name, typed in checks.items():
        assert page.all("input", name=name)[0].get("value") == typed
    assert (organization(world).norms, organization(world).caseload) == ({}, 40)


def test_checks_that_follow_each_other_are_kept(world: World, desk: CheckedClient) -> None:
    checks = {"first_check_weeks": "2", "second_check_months": "1", "round_off_days": "7"}
    press(desk, office_at(world), "", 303, caseload="40", **checks)
    assert organization(world).norms == {name: int(typed) for name, typed in checks.items()}


@pytest.mark.parametrize(
    "fields",
    [
        {"caseload": "0"},
        {"caseload": "😀"},
        {"plan_days": "0"},
        {"plan_days": "-1"},
        {"plan_days": "366"},
        {"plan_days": "9" * 5000},
        {"holidays": "24-12-2026"},
        {"holidays": "2026-02-30"},
        {"holidays": "2026-12-24 kerst"},
        {"holidays": "\n".join(f"2026-10-{day:02}" for day in range(1, 32)) + "\n2027-10-01" * 40},
    ],
)
def test_a_pace_that_cannot_be_is_said_and_changes_nothing(
    world: World, desk: CheckedClient, fields: dict[str, str]
) -> None:
    answer = press(desk, office_at(world), "", 422, **{"caseload": "40", **fields})
    assert "klopt nog niet" in page_of(answer).text
    assert (organization(world).norms, organization(world).extra_holidays) == ({}, [])


def test_another_organisation_is_not_there(world: World, desk: CheckedClient) -> None:
    assert desk.get(office_at(world, "woonbedrijf")).status_code == 404
    assert desk.get(member_at(world, "woonbedrijf-esra")).status_code == 404

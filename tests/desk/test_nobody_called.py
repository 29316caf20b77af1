"""Somebody said that nobody called: the day they read is the day that stands at the desk."""

from __future__ import annotations

from uuid import UUID

import pytest

from portal.catalogue.models import Organization
from portal.registration.change import say_nobody_called
from portal.registration.models import Registration
from portal.registration.queries import reference_of
from portal.registration.reference import code_shown
from tests.desk.world import SANNE, World, sign_in
from tests.support.application import CheckedClient


@pytest.fixture
def sam(world: World) -> UUID:
    """Promised by Friday 20 November; said on Monday the 23rd that nobody had called."""
    found = world.register()
    world.clock.set("2026-11-23T09:00")
    with world.writing() as db:
        registration = db.get_one(Registration, found)
        say_nobody_called(db, registration, spoken=False, now=world.clock())
    return found


def own_page(world: World, sam: UUID) -> str:
    with world.looking() as db:
        return f"/nl/status/{code_shown(reference_of(db, db.get_one(Registration, sam)).code)}"


@pytest.mark.parametrize(
    ("closed", "days"),
    [
        ([], ("dinsdag 24 november", "di 24 nov")),
        (["2026-11-24"], ("woensdag 25 november", "wo 25 nov")),
    ],
)
def test_the_day_on_their_own_page_stands_on_the_case_and_in_the_list(
    world: World, sam: UUID, sanne: CheckedClient, closed: list[str], days: tuple[str, str]
) -> None:
    day, short = days
    with world.writing() as db:
        db.get_one(Organization, world.load(sam).owner_id).extra_holidays = closed
    assert f"Sanne belt je uiterlijk {day}." in sanne.page(own_page(world, sam)).text
    case = f"/desk/registrations/{sam}"
    told = f"Op de eigen pagina staat: je hoort uiterlijk {day} van ons."
    assert told in sanne.page(case).text
    for page in (sanne.page("/desk/"), sanne.page("/desk/?who=everyone")):
        (step,) = [each for each in page.all("p") if "step" in each.get("class")]
        assert step.text == f"Vandaag bellen beloofd: uiterlijk {short}"


def test_a_day_that_has_passed_is_said_to_be_over(
    world: World, sam: UUID, sanne: CheckedClient
) -> None:
    world.clock.set("2026-11-25T09:00")
    sign_in(sanne, SANNE)
    assert "uiterlijk dinsdag 24 november" not in sanne.page(own_page(world, sam)).text
    over = "je hoort uiterlijk dinsdag 24 november van ons. Die dag is voorbij."
    assert over in sanne.page(f"/desk/registrations/{sam}").text


def test_whoever_did_not_complain_was_promised_no_other_day(
    world: World, sanne: CheckedClient
) -> None:
    world.register()
    assert "beloofd" not in sanne.page("/desk/").text


def test_many_who_complain_take_as_many_queries_as_one(
    world: World, sam: UUID, sanne: CheckedClient
) -> None:
    sanne.page("/desk/")
    with world.counting() as few:
        assert sanne.page("/desk/").text.count("beloofd") == 1
    others = [world.register(f"Voorbeeld-{number}") for number in range(5)]
    world.clock.set("2026-11-27T09:00")
    with world.writing() as db:
        for each in others:
            row = db.get_one(Registration, each)
            say_nobody_called(db, row, spoken=False, now=world.clock())
    sign_in(sanne, SANNE)
    sanne.page("/desk/")
    with world.counting() as many:
        assert sanne.page("/desk/").text.count("beloofd") == 6
    assert len(many) == len(few)

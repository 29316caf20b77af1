from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from portal.accounts.identity import Identity
from portal.followup.agenda import Agenda, load_agenda
from portal.followup.end import close
from portal.followup.handle import wait
from portal.followup.people import Block
from portal.followup.record import record_attempt
from portal.registration.change import say_nobody_called
from portal.registration.models import Registration
from tests.desk.world import COORDINATOR, ESRA, VIEWER, World


def agenda(
    world: World, identity: Identity, *, everyone: bool = False, rest: bool = False
) -> Agenda:
    with world.looking() as db:
        return load_agenda(db, identity, now=world.clock(), everyone=everyone, rest=rest)


def names(found: Agenda, block: Block) -> list[str]:
    return [person.first_name for person in found.of(block)]


def attempt(world: World, who: UUID, by: Identity, result: str = "no_answer") -> None:
    with world.writing() as db:
        record_attempt(db, db.get_one(Registration, who), result, by=by, now=world.clock())


def test_whoever_is_new_stands_under_not_picked_up_also_when_it_is_too_late(
    world: World, sanne: Identity
) -> None:
    world.register("Voorbeeld-Sam")
    assert names(agenda(world, sanne), Block.NOT_PICKED_UP) == ["Voorbeeld-Sam"]
    assert agenda(world, sanne).late == 0
    world.clock.set("2026-11-21T00:00")  # promised by the 20th
    late = agenda(world, sanne)
    assert names(late, Block.NOT_PICKED_UP) == ["Voorbeeld-Sam"]
    assert late.late == 1
    assert late.people[0].late


def test_nobody_called_stands_on_top_of_everything(world: World, sanne: Identity) -> None:
    sam = world.register("Voorbeeld-Sam")
    world.clock.set("2026-11-23T09:00")
    with world.writing() as db:
        say_nobody_called(db, db.get_one(Registration, sam), spoken=False, now=world.clock())
    world.register("Voorbeeld-Bo")
    found = agenda(world, sanne)
    assert [person.first_name for person in found.people] == ["Voorbeeld-Sam", "Voorbeeld-Bo"]
    assert found.people[0].block is Block.NOBODY_CALLED
    assert found.late == 1


def test_a_step_of_today_becomes_too_late_at_midnight(world: World, sanne: Identity) -> None:
    sam = world.register()
    attempt(world, sam, sanne)  # to be tried again on Thursday the 19th
    assert agenda(world, sanne).counts[Block.REST] == 1
    world.clock.set("2026-11-19T23:59")
    assert agenda(world, sanne).counts[Block.DUE_TODAY] == 1
    world.clock.set("2026-11-20T00:00")
    assert agenda(world, sanne).counts[Block.OVERDUE] == 1


def test_who_came_back_has_a_block_of_their_own_until_they_are_spoken_to(
    world: World, sanne: Identity
) -> None:
    sam = world.register()
    attempt(world, sam, sanne)
    with world.writing() as db:
        db.get_one(Registration, sam).came_back = True
    assert agenda(world, sanne).counts[Block.CAME_BACK] == 1
    attempt(world, sam, sanne)
    assert agenda(world, sanne).counts[Block.CAME_BACK] == 1
    attempt(world, sam, sanne, "reached")
    assert agenda(world, sanne).counts[Block.CAME_BACK] == 0


def test_waiting_ends_on_its_day(world: World, sanne: Identity) -> None:
    sam = world.register()
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        record_attempt(db, registration, "reached", by=sanne, now=world.clock())
        wait(db, registration, date(2026, 12, 1), by=sanne, now=world.clock())
    assert agenda(world, sanne).counts[Block.WAITING] == 1
    world.clock.set("2026-12-01T08:00")
    assert agenda(world, sanne).counts[Block.DUE_TODAY] == 1
    world.clock.set("2026-12-02T08:00")
    assert agenda(world, sanne).counts[Block.OVERDUE] == 1


def test_the_rest_is_counted_and_shown_only_when_asked(world: World, sanne: Identity) -> None:
    sam = world.register()
    attempt(world, sam, sanne, "reached")
    folded = agenda(world, sanne)
    assert (folded.counts[Block.REST], list(folded.people)) == (1, [])
    assert names(agenda(world, sanne, rest=True), Block.REST) == ["Voorbeeld-Sam"]


def test_whoever_is_closed_is_on_no_list(world: World, sanne: Identity) -> None:
    sam = world.register()
    attempt(world, sam, sanne, "reached")
    with world.writing() as db:
        close(db, db.get_one(Registration, sam), "moved", by=sanne, now=world.clock())
    assert sum(agenda(world, sanne, everyone=True, rest=True).counts.values()) == 0


def test_within_a_block_who_waits_longest_comes_first(world: World, sanne: Identity) -> None:
    for name in ("Voorbeeld-Een", "Voorbeeld-Twee", "Voorbeeld-Drie"):
        world.register(name)
        world.clock.advance(hours=1)
    expected = ["Voorbeeld-Een", "Voorbeeld-Twee", "Voorbeeld-Drie"]
    assert names(agenda(world, sanne), Block.NOT_PICKED_UP) == expected


def test_my_list_holds_my_people_and_tells_how_many_are_with_colleagues(
    world: World, sanne: Identity, mo: Identity
) -> None:
    world.register("Voorbeeld-Sam")
    world.register("Voorbeeld-Bo", contact="trudo-mo")
    world.clock.set("2026-11-23T09:00")
    mine = agenda(world, sanne)
    assert names(mine, Block.NOT_PICKED_UP) == ["Voorbeeld-Sam"]
    assert (mine.late, mine.elsewhere, mine.late_elsewhere) == (1, 1, 1)
    everybody = agenda(world, mo, everyone=True)
    assert len(everybody.people) == 2
    assert {person.contact for person in everybody.people} == {"Sanne", "Mo"}


@pytest.mark.parametrize(("email", "people"), [(COORDINATOR, 1), (ESRA, 0), (VIEWER, 0)])
def test_only_the_own_organisation_is_on_the_list(world: World, email: str, people: int) -> None:
    world.register()
    found = agenda(world, world.identity(email), everyone=True, rest=True)
    assert len(found.people) == people
    assert sum(found.counts.values()) == people


def test_the_list_takes_three_queries_however_many_people_there_are(
    world: World, sanne: Identity
) -> None:
    world.register()
    with world.counting() as few:
        agenda(world, sanne)
    for number in range(12):
        world.register(f"Voorbeeld-{number}")
    with world.counting() as many:
        assert len(agenda(world, sanne).people) == 13
    assert len(many) == len(few) == 3

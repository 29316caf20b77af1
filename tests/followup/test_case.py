from __future__ import annotations

from uuid import UUID

import pytest

from portal.accounts.identity import Identity
from portal.followup.case import Case, load_case
from portal.followup.handle import hand_over
from portal.followup.record import add_note, record_attempt
from portal.registration.change import add_line
from portal.registration.models import Registration
from tests.desk.world import World, contact_id


@pytest.fixture
def sam(world: World) -> UUID:
    return world.register()


def case(world: World, sam: UUID, by: Identity) -> Case:
    with world.looking() as db:
        return load_case(db, db.get_one(Registration, sam), by=by, now=world.clock())


def test_the_timeline_tells_everything_the_newest_first(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        world.clock.advance(minutes=1)
        record_attempt(db, registration, "no_answer", by=sanne, now=world.clock())
        world.clock.advance(minutes=1)
        add_note(db, registration, "Later proberen.", by=sanne, now=world.clock())
        world.clock.advance(minutes=1)
        add_line(db, registration, "Ik ben er na vieren.", insist=False, now=world.clock())
        world.clock.advance(minutes=1)
        other = contact_id(db, "trudo-mo")
        hand_over(db, registration, other, by=sanne, now=world.clock())
    told = [(entry.code, entry.who, entry.words) for entry in case(world, sam, sanne).timeline]
    assert told == [
        ("other_contact", "", ""),
        ("hand_over", "Sanne Voorbeeld", ""),
        ("note", "", "Ik ben er na vieren."),
        ("note", "Sanne Voorbeeld", "Later proberen."),
        ("attempt", "Sanne Voorbeeld", ""),
        ("pick_up", "Sanne Voorbeeld", ""),
        ("receipt", "", ""),
        ("submit", "", ""),
    ]


def test_what_may_be_done_follows_from_the_table_of_states(
    world: World, sam: UUID, sanne: Identity
) -> None:
    assert case(world, sam, sanne).may == {"pick_up", "hand_over"}


def test_a_case_can_be_handed_to_colleagues_but_not_to_who_has_it_or_handles_rent(
    world: World, sam: UUID, sanne: Identity
) -> None:
    assert [each.first_name for each in case(world, sam, sanne).colleagues] == ["Mo"]


def test_a_long_case_takes_as_many_queries_as_a_short_one(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with world.writing() as db:
        add_note(db, db.get_one(Registration, sam), "Kort.", by=sanne, now=world.clock())
    with world.counting() as few:
        case(world, sam, sanne)
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        for _ in range(10):
            world.clock.advance(minutes=1)
            record_attempt(db, registration, "no_answer", by=sanne, now=world.clock())
            add_note(db, registration, "Nog een.", by=sanne, now=world.clock())
    with world.counting() as many:
        assert len(case(world, sam, sanne).timeline) > 20
    assert len(many) == len(few)


def test_neither_a_case_nor_its_timeline_prints_a_person(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with world.writing() as db:
        add_note(db, db.get_one(Registration, sam), "Geheim.", by=sanne, now=world.clock())
    found = case(world, sam, sanne)
    assert "Voorbeeld" not in repr(found)
    assert "Geheim" not in repr(list(found.timeline))

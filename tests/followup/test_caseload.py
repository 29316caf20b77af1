"""How many people somebody has: the 41st goes to the next; full delays the talk, not the call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from portal.catalogue.models import Contact
from portal.catalogue.snapshot import load_snapshot
from portal.followup.team_settings import WrongNumberError, set_capacity
from portal.followup.tick import tick
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.refusals import NotYoursError
from portal.registration.models import Registration
from tests.desk.world import COORDINATOR, MO, World, contact_id
from tests.registration.people import placed


def next_one(world: World) -> tuple[str, bool, date]:
    """Who would be named to the next tenant of Trudo, whether they are queued, and by when."""
    with world.looking() as db:
        found = placed(db, load_snapshot(db), now=world.clock())
        return found.contact.slug, found.contact.id in found.full, found.promised_on


def room_for(world: World, **people: int) -> None:
    with world.writing() as db:
        by = world.identity(COORDINATOR)
        for name, number in people.items():
            set_capacity(db, db.get_one(Contact, contact_id(db, f"trudo-{name}")), number, by=by)


def queued(world: World) -> list[OutboxMessage]:
    with world.looking() as db:
        query = select(OutboxMessage).where(OutboxMessage.kind == "all_full")
        return list(db.scalars(query.order_by(OutboxMessage.created_at)))


def test_the_forty_first_goes_to_the_next(world: World) -> None:
    for number in range(40):
        world.register(f"Voorbeeld-{number}")
    room_for(world, sanne=40, mo=1)
    assert next_one(world) == ("trudo-mo", False, date(2026, 11, 20))


def test_aftercare_does_not_count(world: World) -> None:
    people = [world.register(f"Voorbeeld-{number}") for number in range(3)]
    room_for(world, sanne=3, mo=1)
    assert next_one(world)[0] == "trudo-mo"
    with world.writing() as db:
        db.execute(
            update(Registration).where(Registration.id.in_(people)).values(state="aftercare")
        )
    assert next_one(world)[0] == "trudo-sanne"


def test_when_nobody_has_room_the_call_is_as_soon_as_ever(world: World) -> None:
    room_for(world, sanne=1, mo=1)
    world.register("Voorbeeld-Sam")
    world.register("Voorbeeld-Bo", contact="trudo-mo")
    slug, full, promised = next_one(world)
    assert (slug.startswith("trudo-"), full, promised) == (True, True, date(2026, 11, 20))
    late = world.load(world.register("Voorbeeld-Kim"))
    assert late.queued
    assert (late.next_action, late.promised_on) == ("call", promised)
    assert late.next_action_at
    assert late.next_action_at.date() == promised


def test_the_coordinator_hears_once_a_day_that_people_are_queued(world: World) -> None:
    room_for(world, sanne=1, mo=1)
    for number in range(4):
        world.register(f"Voorbeeld-{number}")
    for hours in (0, 1, 20, 25):
        with world.writing() as db:
            tick(db, world.clock() + timedelta(hours=hours))
    signals = queued(world)
    assert [each.data["queued"] for each in signals] == [2, 2]
    assert {each.created_at.date() for each in signals} == {date(2026, 11, 18), date(2026, 11, 19)}
    with world.looking() as db:
        assert {unseal(db, each, "recipient") for each in signals} == {COORDINATOR}


def test_while_there_is_room_nobody_hears_anything(world: World) -> None:
    world.register("Voorbeeld-Sam")
    with world.writing() as db:
        tick(db, world.clock())
    assert queued(world) == []


@pytest.mark.parametrize("people", [0, -1, 201, 10**9])
def test_a_number_that_cannot_be_is_refused(world: World, people: int) -> None:
    with pytest.raises(WrongNumberError):
        room_for(world, sanne=people)


def test_only_a_coordinator_gives_room(world: World) -> None:
    with world.writing() as db:
        sanne = db.get_one(Contact, contact_id(db, "trudo-sanne"))
        with pytest.raises(NotYoursError):
            set_capacity(db, sanne, 10, by=world.identity(MO))

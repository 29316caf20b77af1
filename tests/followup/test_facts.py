"""Facts for the figures: they are true, they stay, and they know nobody (rule 9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import DateTime, Uuid, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.db.base import Base
from portal.followup.end import close, reopen, settle
from portal.followup.record import record_attempt
from portal.referral import states as referral_states
from portal.registration import states
from portal.registration.change import say_nobody_called, stop, undo_stop
from portal.registration.erase import erase
from portal.registration.facts import MAKES, ReportFact
from portal.registration.models import Registration, RegistrationEvent
from tests.desk.world import World
from tests.followup.figures import figures

CAME = Counter({"registered self": 1, "wished paid_work": 1})
Act = Callable[[Session, Registration], object]


@pytest.fixture
def sam(world: World) -> UUID:
    """Registered on Wednesday 18 November 2026 at 10:00; promised by Friday the 20th."""
    return world.register()


def let(world: World, sam: UUID, act: Act) -> None:
    with world.writing() as db:
        act(db, db.get_one(Registration, sam))


def try_to_reach(world: World, sam: UUID, by: Identity, result: str) -> None:
    let(world, sam, lambda db, row: record_attempt(db, row, result, by=by, now=world.clock()))


def live(world: World, sam: UUID, by: Identity) -> None:
    """Register, wait, be called, find work, and be done."""
    try_to_reach(world, sam, by, "no_answer")
    let(world, sam, lambda db, row: settle(db, row, "paid_work", by=by, now=world.clock()))
    let(world, sam, lambda db, row: close(db, row, "settled_well", by=by, now=world.clock()))


LIFE = CAME + Counter({"picked_up": 1, "settled paid_work": 1, "closed settled_well": 1})


def facts(world: World) -> list[ReportFact]:
    with world.looking() as db:
        return list(db.scalars(select(ReportFact)))


def test_somebody_who_registers_counts_once_and_so_does_each_wish(world: World) -> None:
    world.register(wishes=("paid_work", "together"))
    assert figures(world) == CAME + Counter({"wished together": 1})
    assert {(fact.day, fact.digits) for fact in facts(world)} == {(date(2026, 11, 18), "5616")}


def test_who_says_no_place_is_counted_without_one(world: World) -> None:
    world.register(postcode=None)
    assert {fact.digits for fact in facts(world)} == {None}


def test_a_life_is_counted_step_by_step(world: World, sam: UUID, sanne: Identity) -> None:
    live(world, sam, sanne)
    assert figures(world) == LIFE


def test_a_fact_holds_the_day_in_amsterdam(world: World, sam: UUID) -> None:
    world.clock.set("2026-11-24T00:30")  # in UTC it is still the 23rd
    let(world, sam, lambda db, row: say_nobody_called(db, row, spoken=False, now=world.clock()))
    assert [fact.day for fact in facts(world) if fact.what == "nobody_called"] == [
        date(2026, 11, 24)
    ]


def test_the_first_talk_says_how_many_working_days_somebody_waited(
    world: World, sam: UUID, sanne: Identity
) -> None:
    world.clock.set("2026-11-23T09:00")
    for result in ("no_answer", "reached", "came_by"):
        try_to_reach(world, sam, sanne, result)
        world.clock.advance(hours=1)
    assert figures(world) == CAME + Counter({"picked_up": 1, "first_talk 3": 1})


def test_a_stop_that_is_taken_back_is_subtracted_on_that_day(world: World, sam: UUID) -> None:
    let(world, sam, lambda db, row: stop(db, row, now=world.clock()))
    assert figures(world) == CAME + Counter({"withdrawn": 1})
    world.clock.advance(days=1)
    let(world, sam, lambda db, row: undo_stop(db, row, now=world.clock()))
    assert figures(world) == CAME
    assert [(fact.day.day, fact.count) for fact in facts(world) if fact.what == "withdrawn"] in (
        [(18, 1), (19, -1)],
        [(19, -1), (18, 1)],
    )


def test_an_end_stays_counted_when_a_case_is_opened_again(
    world: World, sam: UUID, sanne: Identity
) -> None:
    live(world, sam, sanne)
    let(world, sam, lambda db, row: reopen(db, row, by=sanne, now=world.clock()))
    assert figures(world) == LIFE + Counter({"reopened": 1})


def test_facts_stay_when_the_person_goes(world: World, sam: UUID, sanne: Identity) -> None:
    live(world, sam, sanne)
    let(world, sam, lambda db, row: erase(db, row, now=world.clock()))
    assert figures(world) == LIFE


def test_who_erases_what_is_open_is_no_longer_counted_as_open(world: World, sam: UUID) -> None:
    let(world, sam, lambda db, row: erase(db, row, now=world.clock()))
    assert figures(world) == CAME + Counter({"erased": 1})
    assert [fact.digits for fact in facts(world) if fact.what == "erased"] == [None]


def test_event_and_fact_are_one_transaction(world: World, sam: UUID, sanne: Identity) -> None:
    def fall_over(db: Session, row: Registration) -> None:
        record_attempt(db, row, "reached", by=sanne, now=world.clock())
        db.flush()
        assert len(db.scalars(select(ReportFact)).all()) == 4
        raise InterruptedError

    with pytest.raises(InterruptedError):
        let(world, sam, fall_over)
    with world.looking() as db:
        assert db.scalars(select(RegistrationEvent.event)).all() == ["submit"]
    assert figures(world) == CAME


def test_two_people_with_the_same_life_leave_the_same_facts(world: World, sanne: Identity) -> None:
    """So nothing in a fact says whose it is, nor which other fact is about the same person."""
    for person in [world.register(), world.register("Voorbeeld-Noor", phone="+31612345679")]:
        live(world, person, sanne)
    columns = [each for each in ReportFact.__table__.columns if each.name != "id"]
    with world.looking() as db:
        same = Counter(map(tuple, db.execute(select(*columns))))
    assert set(same.values()) == {2}
    assert len(same) == len(LIFE)


def test_no_fact_shares_a_key_with_anything_about_a_person(
    world: World, sam: UUID, sanne: Identity
) -> None:
    live(world, sam, sanne)
    known = {"programme", "organization"}
    mine = ReportFact.__table__
    assert {key.column.table.name for key in mine.foreign_keys} == known
    assert not [each.name for each in mine.columns if isinstance(each.type, DateTime)]
    with world.looking() as db:
        others: set[UUID] = set()
        for table in Base.metadata.sorted_tables:
            keys = [each for each in table.columns if isinstance(each.type, Uuid)]
            if keys and table.name not in {"report_fact", *known}:
                others |= {value for row in db.execute(select(*keys)) for value in row}
    assert others.isdisjoint(fact.id for fact in facts(world))


def test_no_row_is_numbered_in_the_order_in_which_it_came(world: World, sam: UUID) -> None:
    with world.looking() as db, pytest.raises(DBAPIError):
        db.execute(text("SELECT rowid FROM report_fact"))


def test_every_event_that_makes_a_fact_can_happen() -> None:
    mine = {*states.EVENTS, "nobody_called"}
    theirs = {f"referral.{event}" for event in referral_states.EVENTS}
    assert MAKES.keys() <= mine | theirs


def test_whatever_moves_somebody_is_counted_or_said_not_to_be() -> None:
    # They go on where they were, or it is the other half of what is counted.
    uncounted = {"refer", "wait", "resume", "hand_over", "taken_over"}
    assert set(states.EVENTS) - MAKES.keys() == uncounted
    theirs = {f"referral.{event}" for event in referral_states.EVENTS}
    assert theirs - MAKES.keys() == {"referral.hold", "referral.resume"}

"""An attempt that was written down by mistake is taken back as a whole, for a short time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.db.base import Base
from portal.followup.case import load_case
from portal.followup.end import settle
from portal.followup.handle import hand_over, take_over, wait
from portal.followup.models import RESULTS
from portal.followup.one_act import OneAct, do_at_once
from portal.followup.record import add_note, record_attempt
from portal.followup.refusals import AttemptStaysError, SentAlreadyError
from portal.followup.timeline import Entry, timeline_of
from portal.followup.undo import undo_attempt
from portal.notify.models import OutboxMessage
from portal.registration.change import add_line, say_nobody_called
from portal.registration.models import Registration, RegistrationEvent
from tests.desk.world import World, contact_id
from tests.followup.figures import figures

BASE_URL = "https://voordeur.example"
PROMISED = date(2026, 11, 20)


@pytest.fixture
def sam(world: World) -> UUID:
    """Registered on Wednesday 18 November 2026 at 10:00; promised by Friday the 20th."""
    return world.register()


def let(world: World, sam: UUID, act: Callable[[Session, Registration], object]) -> None:
    """Let something happen to Sam, a minute after what happened before."""
    world.clock.advance(minutes=1)
    with world.writing() as db:
        act(db, db.get_one(Registration, sam))


def log(world: World, sam: UUID, by: Identity, result: str = "reached", **more: Any) -> None:
    act = OneAct(result, **more)
    let(
        world,
        sam,
        lambda db, row: do_at_once(db, row, act, by=by, now=world.clock(), base_url=BASE_URL),
    )


def undo(world: World, sam: UUID, by: Identity) -> None:
    let(world, sam, lambda db, row: undo_attempt(db, row, by=by, now=world.clock()))


def rows(world: World, *but: str) -> dict[str, list[Any]]:
    """Everything that is stored, but for these tables and for how often a row was written."""
    with world.looking() as db:
        return {
            table.name: sorted(repr(row) for row in db.execute(select(*without_version(table))))
            for table in Base.metadata.sorted_tables
            if table.name not in but
        }


def without_version(table: Any) -> list[Any]:
    return [column for column in table.columns if column.name != "version"]


def timeline(world: World, sam: UUID) -> list[Entry]:
    with world.looking() as db:
        return timeline_of(db, sam)


def offered(world: World, sam: UUID, to: Identity) -> bool:
    """Whether the case offers to take something back."""
    with world.looking() as db:
        case = load_case(db, db.get_one(Registration, sam), by=to, now=world.clock())
    return case.undoable is not None


def _new(world: World, sam: UUID, by: Identity) -> None:
    """Nobody has done anything yet."""


def _picked_up(world: World, sam: UUID, by: Identity) -> None:
    let(world, sam, lambda db, row: take_over(db, row, by=by, now=world.clock()))


def _complaining(world: World, sam: UUID, by: Identity) -> None:
    world.clock.set("2026-11-23T09:00")
    let(world, sam, lambda db, row: say_nobody_called(db, row, spoken=False, now=world.clock()))


def _flagged(world: World, sam: UUID, by: Identity) -> None:
    _picked_up(world, sam, by)
    with world.writing() as db:
        flags = {"came_back": True, "queued": True, "undelivered_at": world.clock()}
        db.execute(update(Registration).values(**flags))


def _spoken_to(world: World, sam: UUID, by: Identity) -> None:
    log(world, sam, by)
    world.clock.advance(days=3)


def _waiting(world: World, sam: UUID, by: Identity) -> None:
    _spoken_to(world, sam, by)
    let(world, sam, lambda db, row: wait(db, row, date(2026, 12, 1), by=by, now=world.clock()))


def _in_aftercare(world: World, sam: UUID, by: Identity) -> None:
    _picked_up(world, sam, by)
    let(world, sam, lambda db, row: settle(db, row, "paid_work", by=by, now=world.clock()))
    world.clock.advance(days=40)


@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize(
    "before", [_new, _picked_up, _complaining, _flagged, _spoken_to, _waiting, _in_aftercare]
)
def test_everything_is_as_it_was_and_one_more_thing_has_happened(
    world: World,
    sam: UUID,
    sanne: Identity,
    before: Callable[[World, UUID, Identity], None],
    result: str,
) -> None:
    world.at_a_counter(sam)
    before(world, sam, sanne)
    written = "registration_event", "report_fact"
    stored, told, counted = rows(world, *written), timeline(world, sam), figures(world)
    log(world, sam, sanne, result)
    assert rows(world, *written) != stored
    undo(world, sam, sanne)
    assert rows(world, *written) == stored
    assert figures(world) == counted
    newest, *older = timeline(world, sam)
    assert (newest.code, newest.who) == ("attempt_undone", "Sanne Voorbeeld")
    assert newest.data["result"] == result
    assert older == told


def test_what_happened_stays_on_record(world: World, sam: UUID, sanne: Identity) -> None:
    log(world, sam, sanne)
    undo(world, sam, sanne)
    with world.looking() as db:
        found = db.scalars(select(RegistrationEvent.event).order_by(RegistrationEvent.at))
        assert sorted(found) == ["attempt", "attempt_undone", "pick_up", "put_back", "submit"]


def test_the_note_goes_with_it_and_a_message_that_has_not_left_stays_here(
    world: World, sam: UUID, sanne: Identity
) -> None:
    before = rows(world, "registration_event", "report_fact", "outbox")
    more = {"day": PROMISED, "message": "tried_call", "note": "Hoort bij iemand anders."}
    log(world, sam, sanne, "no_answer", **more)
    undo(world, sam, sanne)
    assert rows(world, "registration_event", "report_fact", "outbox") == before
    with world.looking() as db:
        messages = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == "tried_call"))
        assert [(each.state, each.trouble) for each in messages] == [("dropped", "undone")]
        receipts = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == "receipt"))
        assert [each.state for each in receipts] == ["waiting"]


@pytest.mark.parametrize("left", [{"state": "sent"}, {"tries": 1}, {"state": "undelivered"}])
def test_once_the_message_has_left_or_may_have_it_stays(
    world: World, sam: UUID, sanne: Identity, left: dict[str, Any]
) -> None:
    log(world, sam, sanne, "no_answer", day=PROMISED, message="tried_call")
    with world.writing() as db:
        at = {"sent_at": world.clock(), "undelivered_at": world.clock()}
        db.execute(
            update(OutboxMessage).where(OutboxMessage.kind == "tried_call").values(**at, **left)
        )
    before = rows(world)
    with pytest.raises(SentAlreadyError):
        undo(world, sam, sanne)
    assert rows(world) == before


def test_a_message_that_nothing_sends_here_never_left(
    world: World, sam: UUID, sanne: Identity
) -> None:
    log(world, sam, sanne, "no_answer", day=PROMISED, message="tried_call")
    with world.writing() as db:
        kept = update(OutboxMessage).where(OutboxMessage.kind == "tried_call")
        db.execute(kept.values(state="kept"))
    undo(world, sam, sanne)
    assert world.load(sam).state == "new"


def test_a_message_given_up_meanwhile_stays_flagged(
    world: World, sam: UUID, sanne: Identity
) -> None:
    log(world, sam, sanne)
    lost = world.clock()
    with world.writing() as db:
        db.execute(update(Registration).values(undelivered_at=lost))
    undo(world, sam, sanne)
    assert world.load(sam).undelivered_at == lost


def test_it_can_be_undone_for_a_quarter_of_an_hour(
    world: World, sam: UUID, sanne: Identity
) -> None:
    log(world, sam, sanne)
    world.clock.advance(minutes=15)
    assert offered(world, sam, sanne)
    world.clock.advance(minutes=1 / 60)
    assert not offered(world, sam, sanne)
    with pytest.raises(AttemptStaysError):
        undo(world, sam, sanne)


def test_only_who_wrote_it_down_can_undo_it(
    world: World, sam: UUID, sanne: Identity, mo: Identity
) -> None:
    log(world, sam, sanne)
    assert offered(world, sam, sanne)
    assert not offered(world, sam, mo)
    with pytest.raises(AttemptStaysError):
        undo(world, sam, mo)


def test_what_was_undone_is_not_undone_twice_nor_what_came_before_it(
    world: World, sam: UUID, sanne: Identity
) -> None:
    log(world, sam, sanne, "no_answer")
    log(world, sam, sanne)
    undo(world, sam, sanne)
    assert not offered(world, sam, sanne)
    with pytest.raises(AttemptStaysError):
        undo(world, sam, sanne)


LATER: dict[str, Callable[[World, Session, Registration, Identity], object]] = {
    "a colleague gets it": lambda world, db, row, by: hand_over(
        db, row, contact_id(db, "trudo-mo"), by=by, now=world.clock()
    ),
    "a note": lambda world, db, row, by: add_note(db, row, "Later.", by=by, now=world.clock()),
    "a line of the person": lambda world, db, row, _: add_line(
        db, row, "Ik ben er.", insist=False, now=world.clock()
    ),
    "another attempt": lambda world, db, row, by: record_attempt(
        db, row, "no_answer", by=by, now=world.clock()
    ),
}


@pytest.mark.parametrize("later", LATER)
def test_it_cannot_be_undone_once_something_else_has_happened(
    world: World, sam: UUID, sanne: Identity, mo: Identity, later: str
) -> None:
    log(world, sam, sanne)
    let(world, sam, lambda db, row: LATER[later](world, db, row, mo))
    assert not offered(world, sam, sanne)
    before = rows(world)
    with pytest.raises(AttemptStaysError):
        undo(world, sam, sanne)
    assert rows(world) == before


def test_who_waits_too_long_is_late_again(world: World, sam: UUID, sanne: Identity) -> None:
    world.clock.set("2026-11-23T09:00")
    since = world.load(sam).waiting_since
    log(world, sam, sanne)
    assert world.load(sam).waiting_since == world.clock()
    undo(world, sam, sanne)
    row = world.load(sam)
    assert row.waiting_since == since == world.clock() - timedelta(days=4, hours=23, minutes=2)
    assert row.next_action_at
    assert row.next_action_at < world.clock()


def test_what_happened_at_one_moment_with_something_else_stays(
    world: World, sam: UUID, sanne: Identity
) -> None:
    act = OneAct("reached")
    with world.writing() as db:
        row = db.get_one(Registration, sam)
        do_at_once(db, row, act, by=sanne, now=world.clock(), base_url=BASE_URL)
    assert not offered(world, sam, sanne)

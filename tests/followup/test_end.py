from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.accounts.identity import Identity
from portal.catalogue.models import Organization
from portal.clock import due_on
from portal.followup import end
from portal.followup.handle import take_over
from portal.followup.models import Outcome
from portal.followup.record import record_attempt
from portal.registration.change import stop
from portal.registration.models import Registration
from portal.registration.refusals import NoConsentError, TriedTooLittleError
from portal.registration.states import STAFF_CLOSE_REASONS, WrongStateError
from tests.desk.world import World


@pytest.fixture
def sam(world: World, sanne: Identity) -> UUID:
    """Somebody whom Sanne has picked up."""
    made = world.register()
    with world.writing() as db:
        take_over(db, db.get_one(Registration, made), by=sanne, now=world.clock())
    return made


def settle(world: World, sam: UUID, by: Identity) -> Registration:
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        end.settle(db, registration, "paid_work", by=by, now=world.clock(), hours_a_week=24)
    return world.load(sam)


def close(world: World, sam: UUID, reason: str, by: Identity) -> Registration:
    with world.writing() as db:
        end.close(db, db.get_one(Registration, sam), reason, by=by, now=world.clock())
    return world.load(sam)


def test_settling_keeps_the_outcome_and_plans_the_first_check_after_four_weeks(
    world: World, sam: UUID, sanne: Identity
) -> None:
    settled = settle(world, sam, sanne)
    assert (settled.state, settled.next_action) == ("aftercare", "check")
    assert settled.next_action_at
    assert due_on(settled.next_action_at) == date(2026, 12, 16)
    with world.looking() as db:
        outcome = db.scalars(select(Outcome)).one()
        assert (outcome.kind, outcome.hours_a_week) == ("paid_work", 24)


def test_after_a_check_the_next_one_is_planned_and_in_the_end_it_is_rounded_off(
    world: World, sam: UUID, sanne: Identity
) -> None:
    settle(world, sam, sanne)
    seen = []
    for moment in ("2026-12-17T10:00", "2027-02-19T10:00", "2027-05-19T10:00", "2027-11-19T10:00"):
        world.clock.set(moment)
        with world.writing() as db:
            registration = db.get_one(Registration, sam)
            record_attempt(db, registration, "reached", by=sanne, now=world.clock())
            assert registration.next_action_at
            seen.append((registration.next_action, due_on(registration.next_action_at)))
    assert seen == [
        ("check", date(2027, 2, 18)),
        ("check", date(2027, 5, 18)),
        ("check", date(2027, 11, 18)),
        ("round_off", date(2027, 12, 3)),
    ]
    assert world.load(sam).state == "aftercare"


def test_a_check_that_is_not_due_yet_is_not_moved_by_a_call_in_between(
    world: World, sam: UUID, sanne: Identity
) -> None:
    before = settle(world, sam, sanne)
    with world.writing() as db:
        record_attempt(db, db.get_one(Registration, sam), "no_answer", by=sanne, now=world.clock())
    assert world.load(sam).next_action_at == before.next_action_at


@pytest.mark.parametrize("reason", [r for r in STAFF_CLOSE_REASONS if r != "not_reached"])
def test_closing_says_why_and_asks_nothing_more(
    world: World, sam: UUID, sanne: Identity, reason: str
) -> None:
    closed = close(world, sam, reason, sanne)
    assert closed.state == "closed"
    assert closed.next_action_at is None
    assert closed.closed_at == world.clock()


def test_staff_cannot_withdraw_for_somebody(world: World, sam: UUID, sanne: Identity) -> None:
    with pytest.raises(ValueError, match="withdrawn"):
        close(world, sam, "withdrawn", sanne)


def test_nobody_is_closed_before_somebody_picked_them_up(world: World, sanne: Identity) -> None:
    fresh = world.register("Voorbeeld-Bo")
    with pytest.raises(WrongStateError):
        close(world, fresh, "moved", sanne)
    assert world.load(fresh).state == "new"


def test_who_left_only_a_first_name_is_not_reached_through_who_registered_them(
    world: World, sam: UUID, sanne: Identity
) -> None:
    world.at_a_counter(sam)
    for moment in ("2026-11-18T10:30", "2026-11-18T15:00", "2026-11-19T10:00"):
        with pytest.raises(TriedTooLittleError):
            close(world, sam, "not_reached", sanne)
        world.clock.set(moment)
        with world.writing() as db:
            row = db.get_one(Registration, sam)
            record_attempt(db, row, "registrar", by=sanne, now=world.clock())
    assert close(world, sam, "not_reached", sanne).state == "closed"


def test_not_reached_cannot_be_said_too_soon(world: World, sam: UUID, sanne: Identity) -> None:
    with pytest.raises(TriedTooLittleError):
        close(world, sam, "not_reached", sanne)


def try_three_times(world: World, sam: UUID, by: Identity) -> None:
    for moment, result in (
        ("2026-11-18T11:00", "no_answer"),
        ("2026-11-19T14:00", "voicemail"),
        ("2026-11-20T10:00", "message"),
    ):
        world.clock.set(moment)
        with world.writing() as db:
            record_attempt(db, db.get_one(Registration, sam), result, by=by, now=world.clock())


def test_not_reached_can_be_said_after_enough_attempts(
    world: World, sam: UUID, sanne: Identity
) -> None:
    try_three_times(world, sam, sanne)
    assert close(world, sam, "not_reached", sanne).state == "closed"


@pytest.mark.parametrize("norms", [{"attempts": 4}, {"attempt_days": 4}])
def test_an_organisation_may_ask_itself_to_try_more_often(
    world: World, sam: UUID, sanne: Identity, norms: dict[str, int]
) -> None:
    with world.writing() as db:
        owner = db.get_one(Organization, db.get_one(Registration, sam).owner_id)
        owner.norms = norms
    try_three_times(world, sam, sanne)
    with pytest.raises(TriedTooLittleError):
        close(world, sam, "not_reached", sanne)


def test_opening_again_promises_a_new_day(world: World, sam: UUID, sanne: Identity) -> None:
    close(world, sam, "found_self", sanne)
    world.clock.set("2026-11-26T10:00")
    with world.writing() as db:
        end.reopen(db, db.get_one(Registration, sam), by=sanne, now=world.clock())
    opened = world.load(sam)
    assert (opened.state, opened.next_action) == ("picked_up", "call")
    assert opened.promised_on == date(2026, 11, 30)
    assert opened.next_action_at
    assert opened.closed_at is None


def test_whoever_stopped_themselves_is_not_opened_again(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with world.writing() as db:
        stop(db, db.get_one(Registration, sam), now=world.clock())
    with world.writing() as db, pytest.raises(NoConsentError):
        end.reopen(db, db.get_one(Registration, sam), by=sanne, now=world.clock())
    assert world.load(sam).state == "closed"

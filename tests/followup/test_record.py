from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.accounts.identity import Identity
from portal.catalogue.models import Organization, Programme
from portal.clock import DAY, due_on
from portal.followup.end import close
from portal.followup.handle import wait
from portal.followup.models import RESULTS, ContactAttempt
from portal.followup.record import add_note, last_days, record_attempt
from portal.followup.refusals import DayOutOfReachError, NobodyRegisteredThemError
from portal.privacy.encryption import unseal
from portal.registration.change import say_nobody_called, stop
from portal.registration.models import Note, Registration, RegistrationEvent
from portal.registration.refusals import (
    CaseIsClosedError,
    EmptyNoteError,
    HoldsBsnError,
    LongNoteError,
)
from tests.desk.world import World

NOT_REACHED = ("no_answer", "voicemail", "wrong_number", "message", "registrar")


@pytest.fixture
def sam(world: World) -> UUID:
    """Registered on Wednesday 18 November 2026 at 10:00; promised by Friday the 20th."""
    return world.register()


def attempt(
    world: World, sam: UUID, by: Identity, result: str, wished: date | None = None
) -> Registration:
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        record_attempt(db, registration, result, by=by, now=world.clock(), wished=wished)
    return world.load(sam)


@pytest.mark.parametrize("result", RESULTS)
def test_every_attempt_picks_up_who_was_new_and_is_kept_with_an_event(
    world: World, sam: UUID, sanne: Identity, result: str
) -> None:
    world.at_a_counter(sam)
    registration = attempt(world, sam, sanne, result)
    assert registration.state == "picked_up"
    with world.looking() as db:
        kept = db.scalars(select(ContactAttempt)).one()
        assert (kept.result, kept.account_id) == (result, sanne.account_id)
        query = select(RegistrationEvent).where(RegistrationEvent.event == "attempt")
        told = db.scalars(query).one()
        assert (told.actor, told.account_id) == ("account", sanne.account_id)
        assert told.data["result"] == result


def test_nobody_passes_anything_on_to_who_registered_on_their_own(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with pytest.raises(NobodyRegisteredThemError):
        attempt(world, sam, sanne, "registrar")
    assert world.load(sam).state == "new"


@pytest.mark.parametrize("result", ["reached", "came_by"])
def test_only_contact_resets_the_waiting(
    world: World, sam: UUID, sanne: Identity, result: str
) -> None:
    world.clock.advance(days=1)
    assert attempt(world, sam, sanne, result).waiting_since == world.clock()


@pytest.mark.parametrize("result", NOT_REACHED)
def test_whoever_was_not_reached_keeps_waiting(
    world: World, sam: UUID, sanne: Identity, result: str
) -> None:
    world.at_a_counter(sam)
    registered = world.clock()
    world.clock.advance(days=1)
    assert attempt(world, sam, sanne, result).waiting_since == registered


def test_after_contact_a_plan_is_due_within_two_weeks(
    world: World, sam: UUID, sanne: Identity
) -> None:
    registration = attempt(world, sam, sanne, "reached")
    assert registration.next_action == "plan"
    assert registration.next_action_at
    assert due_on(registration.next_action_at) == date(2026, 12, 2)


@pytest.mark.parametrize("whose", ["organisation", "programme"])
def test_whoever_set_a_norm_for_the_plan_gets_that(
    world: World, sam: UUID, sanne: Identity, whose: str
) -> None:
    with world.writing() as db:
        row = db.get_one(Registration, sam)
        owner = db.get_one(Organization, row.owner_id)
        programme = db.get_one(Programme, row.programme_id)
        (owner if whose == "organisation" else programme).norms = {"plan_days": 5}
    registration = attempt(world, sam, sanne, "reached")
    assert registration.next_action_at
    assert due_on(registration.next_action_at) == date(2026, 11, 23)


@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize("beyond", [False, True])
def test_a_day_that_an_attempt_may_not_choose_is_refused_and_nothing_moves(
    world: World, sam: UUID, sanne: Identity, result: str, beyond: bool
) -> None:
    # Two working days after Wednesday, when it was tried: Friday. A plan is due within 14 days.
    last = date(2026, 11, 20) if result in NOT_REACHED else date(2026, 12, 2)
    world.at_a_counter(sam)
    before = world.load(sam).next_action_at
    with pytest.raises(DayOutOfReachError):
        attempt(world, sam, sanne, result, last + DAY if beyond else date(2026, 11, 17))
    after = world.load(sam)
    assert (after.state, after.next_action_at) == ("new", before)
    chosen = attempt(world, sam, sanne, result, last).next_action_at
    assert chosen
    assert due_on(chosen) == last


def test_an_agreed_day_ahead_leaves_nothing_to_choose(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        assert set(last_days(db, registration, world.clock())) == set(RESULTS)
        record_attempt(db, registration, "reached", by=sanne, now=world.clock())
        wait(db, registration, date(2026, 12, 1), by=sanne, now=world.clock())
        assert not last_days(db, registration, world.clock())
        world.clock.set("2026-12-02T09:00")
        assert set(last_days(db, registration, world.clock())) == set(RESULTS)
        close(db, registration, "stopped", by=sanne, now=world.clock())
        assert not last_days(db, registration, world.clock())


def test_the_handler_may_choose_an_earlier_day(world: World, sam: UUID, sanne: Identity) -> None:
    registration = attempt(world, sam, sanne, "no_answer", wished=date(2026, 11, 18))
    assert registration.next_action_at
    assert due_on(registration.next_action_at) == date(2026, 11, 18)


def test_trying_again_and_again_never_moves_the_step_beyond_the_norm(
    world: World, sam: UUID, sanne: Identity
) -> None:
    for _ in range(5):
        registration = attempt(world, sam, sanne, "no_answer", wished=date(2026, 11, 20))
    assert registration.next_action_at
    assert due_on(registration.next_action_at) == date(2026, 11, 20)


def test_an_attempt_answers_the_complaint_that_nobody_called(
    world: World, sam: UUID, sanne: Identity
) -> None:
    world.clock.set("2026-11-23T09:00")
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        say_nobody_called(db, registration, spoken=False, now=world.clock())
    assert attempt(world, sam, sanne, "no_answer").nobody_called_at is None


def test_whoever_stopped_is_not_called(world: World, sam: UUID, sanne: Identity) -> None:
    with world.writing() as db:
        stop(db, db.get_one(Registration, sam), now=world.clock())
    with pytest.raises(CaseIsClosedError):
        attempt(world, sam, sanne, "reached")


def test_a_note_is_sealed_and_says_who_wrote_it(world: World, sam: UUID, sanne: Identity) -> None:
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        add_note(db, registration, "  Houdt van \r\n koken \u202e ", by=sanne, now=world.clock())
    with world.looking() as db:
        note = db.scalars(select(Note)).one()
        assert unseal(db, note, "text") == "Houdt van\nkoken"
        assert b"koken" not in note.text
        assert note.account_id == sanne.account_id


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (" \n \u202e ", EmptyNoteError),
        ("x" * 2001, LongNoteError),
        ("BSN 111222333", HoldsBsnError),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused(
    world: World, sam: UUID, sanne: Identity, text: str, refusal: type[Exception]
) -> None:
    with world.writing() as db, pytest.raises(refusal):
        add_note(db, db.get_one(Registration, sam), text, by=sanne, now=world.clock())
    with world.looking() as db:
        assert not db.scalars(select(Note)).all()

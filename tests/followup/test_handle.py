from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.accounts.identity import Identity
from portal.catalogue.models import Contact
from portal.clock import due_on
from portal.followup import handle
from portal.followup.record import record_attempt
from portal.followup.refusals import AlreadyTheirsError, NoSeatError, NotSpokenYetError
from portal.notify.models import OutboxMessage
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.refusals import NotAColleagueError, WrongDayError
from tests.desk.world import COORDINATOR, World, contact_id
from tests.reply.asking import Asking


@pytest.fixture
def sam(world: World) -> UUID:
    return world.register()


def contact_of(world: World, registration_id: UUID) -> str:
    with world.looking() as db:
        return db.get_one(Contact, db.get_one(Registration, registration_id).contact_id).slug


def events(world: World) -> list[str]:
    with world.looking() as db:
        return list(db.scalars(select(RegistrationEvent.event).order_by(RegistrationEvent.at)))


def test_taking_over_what_is_new_picks_it_up_and_keeps_the_promise(
    world: World, sam: UUID, sanne: Identity
) -> None:
    before = world.load(sam)
    with world.writing() as db:
        handle.take_over(db, db.get_one(Registration, sam), by=sanne, now=world.clock())
    after = world.load(sam)
    assert (after.state, after.next_action_at) == ("picked_up", before.next_action_at)
    assert after.waiting_since == before.waiting_since


def test_a_colleague_who_takes_over_becomes_the_contact_and_the_person_is_told(
    world: World, sam: UUID, mo: Identity
) -> None:
    world.clock.advance(hours=1)
    with world.writing() as db:
        handle.take_over(db, db.get_one(Registration, sam), by=mo, now=world.clock())
    assert contact_of(world, sam) == "trudo-mo"
    assert set(events(world)) == {"submit", "pick_up", "hand_over"}
    with world.looking() as db:
        message = db.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == "other_contact")
        ).one()
        assert message.data["contact"] == str(contact_id(db, "trudo-mo"))


def test_a_coordinator_who_calls_nobody_picks_up_but_does_not_become_the_contact(
    world: World, sam: UUID
) -> None:
    coordinator = world.identity(COORDINATOR)
    with world.writing() as db:
        handle.take_over(db, db.get_one(Registration, sam), by=coordinator, now=world.clock())
    assert world.load(sam).state == "picked_up"
    assert contact_of(world, sam) == "trudo-sanne"


def test_who_begins_with_us_keeps_the_day_that_was_promised(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with world.writing() as db:
        handle.take_over(db, db.get_one(Registration, sam), by=sanne, now=world.clock())
    before = world.load(sam)
    with world.writing() as db:
        handle.start(db, db.get_one(Registration, sam), by=sanne, now=world.clock())
    after = world.load(sam)
    assert after.state == "active"
    assert (after.next_action, after.next_action_at) == ("call", before.next_action_at)


def test_who_begins_with_us_after_a_partner_said_no_needs_a_plan_and_no_other_partner(
    world: World, sam: UUID, sanne: Identity
) -> None:
    asking = Asking(world)
    asking.bring(asking.refer(registration=sam), "rejected")
    before = world.load(sam)
    assert (before.came_back, before.next_action) == (True, "choose_partner")
    with world.writing() as db:
        handle.start(db, db.get_one(Registration, sam), by=sanne, now=world.clock())
    after = world.load(sam)
    assert (after.came_back, after.next_action) == (False, "plan")
    assert after.next_action_at == before.next_action_at


def test_a_coordinator_cannot_take_over_what_somebody_has(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with world.writing() as db:
        handle.take_over(db, db.get_one(Registration, sam), by=sanne, now=world.clock())
    coordinator = world.identity(COORDINATOR)
    with world.writing() as db, pytest.raises(NoSeatError):
        handle.take_over(db, db.get_one(Registration, sam), by=coordinator, now=world.clock())


def test_nobody_takes_over_their_own_case(world: World, sam: UUID, sanne: Identity) -> None:
    for expected in (None, AlreadyTheirsError):
        with world.writing() as db:
            registration = db.get_one(Registration, sam)
            if expected is None:
                handle.take_over(db, registration, by=sanne, now=world.clock())
                continue
            with pytest.raises(expected):
                handle.take_over(db, registration, by=sanne, now=world.clock())


def test_handing_over_leaves_the_state_and_the_date_alone(
    world: World, sam: UUID, sanne: Identity
) -> None:
    before = world.load(sam)
    with world.writing() as db:
        registration, other = db.get_one(Registration, sam), contact_id(db, "trudo-mo")
        handle.hand_over(db, registration, other, by=sanne, now=world.clock())
    after = world.load(sam)
    assert contact_of(world, sam) == "trudo-mo"
    assert (after.state, after.next_action_at) == (before.state, before.next_action_at)


@pytest.mark.parametrize("slug", ["woonbedrijf-esra", "trudo-kees", "trudo-sanne"])
def test_a_case_goes_only_to_a_colleague_who_may_call(
    world: World, sam: UUID, sanne: Identity, slug: str
) -> None:
    with world.writing() as db:
        registration, other = db.get_one(Registration, sam), contact_id(db, slug)
        with pytest.raises((NotAColleagueError, AlreadyTheirsError)):
            handle.hand_over(db, registration, other, by=sanne, now=world.clock())
    assert contact_of(world, sam) == "trudo-sanne"


@pytest.mark.parametrize(
    "unfit", [{"active": False}, {"accepts_referrals": False}, {"handles_rent": True}]
)
def test_a_case_never_goes_to_a_colleague_who_became_unfit(
    world: World, sam: UUID, sanne: Identity, unfit: dict[str, bool]
) -> None:
    with world.writing() as db:
        mo = db.scalars(select(Contact).where(Contact.slug == "trudo-mo")).one()
        for name, value in unfit.items():
            setattr(mo, name, value)
    with world.writing() as db:
        registration, other = db.get_one(Registration, sam), contact_id(db, "trudo-mo")
        with pytest.raises(NotAColleagueError):
            handle.hand_over(db, registration, other, by=sanne, now=world.clock())


def test_waiting_has_an_end_on_which_a_human_acts(world: World, sam: UUID, sanne: Identity) -> None:
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        record_attempt(db, registration, "reached", by=sanne, now=world.clock())
        handle.wait(db, registration, date(2026, 12, 1), by=sanne, now=world.clock())
    waiting = world.load(sam)
    assert (waiting.state, waiting.next_action) == ("waiting", "resume")
    assert waiting.next_action_at
    assert due_on(waiting.next_action_at) == date(2026, 12, 1)


@pytest.mark.parametrize("until", [date(2026, 11, 18), date(2026, 11, 1), date(2027, 2, 19)])
def test_nobody_waits_until_today_or_for_longer_than_three_months(
    world: World, sam: UUID, sanne: Identity, until: date
) -> None:
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        handle.take_over(db, registration, by=sanne, now=world.clock())
        with pytest.raises(WrongDayError):
            handle.wait(db, registration, until, by=sanne, now=world.clock())


def test_whoever_nobody_spoke_to_is_not_laid_to_rest(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        for result in ("no_answer", "voicemail", "message"):
            record_attempt(db, registration, result, by=sanne, now=world.clock())
        due = registration.next_action_at
        with pytest.raises(NotSpokenYetError):
            handle.wait(db, registration, date(2026, 12, 1), by=sanne, now=world.clock())
        assert (registration.state, registration.next_action_at) == ("picked_up", due)
        record_attempt(db, registration, "came_by", by=sanne, now=world.clock())
        handle.wait(db, registration, date(2026, 12, 1), by=sanne, now=world.clock())


def test_a_rest_follows_a_rest_only_after_another_talk(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with world.writing() as db:
        registration, now = db.get_one(Registration, sam), world.clock()
        record_attempt(db, registration, "reached", by=sanne, now=now)
        handle.wait(db, registration, date(2026, 12, 1), by=sanne, now=now)
        handle.resume(db, registration, by=sanne, now=now + timedelta(days=10))
        record_attempt(db, registration, "no_answer", by=sanne, now=now + timedelta(days=10))
        with pytest.raises(NotSpokenYetError):
            handle.wait(
                db, registration, date(2026, 12, 20), by=sanne, now=now + timedelta(days=10)
            )
        record_attempt(db, registration, "reached", by=sanne, now=now + timedelta(days=11))
        handle.wait(db, registration, date(2026, 12, 20), by=sanne, now=now + timedelta(days=11))
        assert registration.state == "waiting"


def test_going_on_leads_back_to_where_it_was_with_a_call_for_today(
    world: World, sam: UUID, sanne: Identity
) -> None:
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        record_attempt(db, registration, "reached", by=sanne, now=world.clock())
        handle.wait(db, registration, date(2026, 12, 1), by=sanne, now=world.clock())
        handle.resume(db, registration, by=sanne, now=world.clock())
    after = world.load(sam)
    assert (after.state, after.next_action) == ("picked_up", "call")
    assert after.next_action_at
    assert due_on(after.next_action_at) == date(2026, 11, 18)

"""How many people somebody has: the 41st goes to the next; full delays the talk, not the call."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.accounts.manage import add_account, add_membership
from portal.catalogue.load import load_pack
from portal.catalogue.models import Contact, Organization
from portal.catalogue.pack.read import read_pack
from portal.catalogue.snapshot import SnapshotCache, load_snapshot
from portal.followup import taking_over
from portal.followup.end import reopen, settle
from portal.followup.handle import take_over
from portal.followup.heir import with_room
from portal.followup.record import record_attempt
from portal.followup.team_settings import WrongNumberError, set_capacity, set_pace
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.refusals import NotYoursError
from portal.registration.change import stop
from portal.registration.models import Registration, RoutingDecision
from portal.settings import ROOT
from tests.desk.world import (
    COORDINATOR,
    ESRA,
    MO,
    PASSWORD,
    World,
    contact_id,
    organization_id,
)
from tests.registration.people import placed
from tests.support.passwords import hashed
from tests.support.tick import tick

OTHER = "other.coordinator@trudo.example"


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


@pytest.mark.parametrize("state", ["new", "picked_up", "referred", "active", "waiting"])
def test_everybody_who_is_open_counts(world: World, state: str) -> None:
    sam = world.register()
    room_for(world, sanne=2, mo=1)
    with world.writing() as db:
        db.execute(update(Registration).where(Registration.id == sam).values(state=state))
    # Of equals Mo comes first, by name; without Sam there would be more room with Sanne.
    assert next_one(world)[0] == "trudo-mo"


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


def test_when_nobody_has_room_it_stays_with_who_was_named(world: World) -> None:
    for name, contact in (("Sam", "sanne"), ("Kim", "sanne"), ("Bo", "mo")):
        world.register(f"Voorbeeld-{name}", contact=f"trudo-{contact}")
    room_for(world, sanne=1, mo=1)
    assert next_one(world)[:2] == ("trudo-mo", True)
    late = world.load(world.register("Voorbeeld-Ravi"))
    with world.looking() as db:
        assert (late.queued, late.contact_id) == (True, contact_id(db, "trudo-sanne"))
        query = select(RoutingDecision).where(RoutingDecision.registration_id == late.id)
        assert db.scalars(query).one().data["queued"]


@pytest.mark.parametrize("spoken", [True, False])
def test_whoever_was_spoken_to_or_stopped_waits_in_no_queue(world: World, spoken: bool) -> None:
    room_for(world, sanne=1, mo=1)
    people = [world.register(f"Voorbeeld-{number}") for number in range(4)]
    for sam in people[2:]:
        with world.writing() as db:
            row, by, at = db.get_one(Registration, sam), world.identity(MO), world.clock()
            assert row.queued
            record_attempt(db, row, "reached", by=by, now=at) if spoken else stop(db, row, now=at)
    with world.writing() as db:
        tick(db, world.clock())
    assert queued(world) == []


def test_whoever_settled_waits_in_no_queue(world: World) -> None:
    room_for(world, sanne=1, mo=1)
    people = [world.register(f"Voorbeeld-{number}") for number in range(3)]
    with world.writing() as db:
        row, by = db.get_one(Registration, people[2]), world.identity(MO)
        take_over(db, row, by=by, now=world.clock())
        settle(db, row, "paid_work", by=by, now=world.clock())
        assert not row.queued
        reopen(db, row, by=by, now=world.clock())
        assert not row.queued


def test_whom_another_organisation_took_over_waits_in_no_queue(world: World) -> None:
    room_for(world, sanne=1, mo=1)
    people = [world.register(f"Voorbeeld-{number}") for number in range(3)]
    with world.writing() as db:
        row = db.get_one(Registration, people[2])
        assert row.queued
        taking_over.take_over(db, row, world.identity(ESRA), now=world.clock())
        assert not row.queued


@pytest.mark.parametrize("norms", [{"attempts": 1}, {"fourth_check_months": 25}, {"hours": 3}])
def test_norms_beyond_their_limits_are_refused_in_the_room_too(
    world: World, norms: dict[str, int]
) -> None:
    with world.writing() as db:
        trudo = db.get_one(Organization, organization_id(db, "trudo"))
        by = world.identity(COORDINATOR)
        with pytest.raises(WrongNumberError):
            set_pace(db, trudo, caseload=40, norms=norms, holidays=(), by=by)


def test_a_pack_leaves_room_caseload_and_norms_alone_and_routing_hears_of_them(
    world: World,
) -> None:
    known = SnapshotCache()

    def rooms() -> tuple[int, int]:
        with world.looking() as db:
            found = known.current(db)
            trudo = next(row for row in found.organizations.values() if row.slug == "trudo")
            sanne = found.contacts[contact_id(db, "trudo-sanne")]
            return sanne.capacity, trudo.norms.get("first_contact_working_days", 0)

    before = rooms()
    room_for(world, sanne=7)
    assert rooms() == (7, before[1])
    norms = {"first_contact_working_days": 5}
    with world.writing() as db:
        trudo, by = (
            db.get_one(Organization, organization_id(db, "trudo")),
            world.identity(COORDINATOR),
        )
        set_pace(db, trudo, caseload=33, norms=norms, holidays=(), by=by)
    assert rooms() == (7, 5)
    with world.writing() as db:
        load_pack(db, read_pack(ROOT / "portal" / "packs" / "eindhoven.toml"))
        trudo = db.get_one(Organization, organization_id(db, "trudo"))
        assert (trudo.caseload, trudo.norms) == (33, norms)
    assert rooms() == (7, 5)


def test_each_coordinator_hears_it_at_seven_on_a_working_day(world: World) -> None:
    """And of who is late as well: one thing told is not the other."""
    room_for(world, sanne=1, mo=1)
    for number in range(3):
        world.register(f"Voorbeeld-{number}")
    with world.writing() as db:
        other = add_account(
            db, OTHER, "Coör Voorbeeld", password_hash=hashed(PASSWORD), now=world.clock()
        )
        add_membership(db, other, organization_id(db, "trudo"), "coordinator")
    for moment in ("2026-11-21T10:00", "2026-11-22T10:00", "2026-11-23T06:59"):
        world.clock.set(moment)
        with world.writing() as db:
            tick(db, world.clock())
        assert queued(world) == []
    world.clock.set("2026-11-23T07:00")
    with world.writing() as db:
        tick(db, world.clock())
    with world.looking() as db:
        told = db.scalars(
            select(OutboxMessage).where(OutboxMessage.kind.in_(("all_full", "overdue_digest")))
        )
        heard = sorted((each.kind, unseal(db, each, "recipient")) for each in told)
    assert heard == [
        (kind, email) for kind in ("all_full", "overdue_digest") for email in (COORDINATOR, OTHER)
    ]


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


def test_200_people_are_the_most(world: World) -> None:
    room_for(world, sanne=200)
    with world.looking() as db:
        assert db.get_one(Contact, contact_id(db, "trudo-sanne")).capacity == 200


def test_who_takes_over_is_whoever_has_most_room_and_not_who_had_them(world: World) -> None:
    room_for(world, sanne=40, mo=5)
    people = [world.register(f"Voorbeeld-{number}") for number in range(3)]
    for number in range(2):
        world.register(f"Voorbeeld-Mo-{number}", contact="trudo-mo")
    with world.writing() as db:
        trudo = organization_id(db, "trudo")
        sanne, mo = contact_id(db, "trudo-sanne"), contact_id(db, "trudo-mo")

        def heir(*, without: UUID | None = None) -> UUID | None:
            found = with_room(db, trudo, without=without)
            return found.id if found else None

        assert (heir(), heir(without=sanne)) == (sanne, mo)  # 37 against 3
        db.get_one(Contact, sanne).capacity = 5
        db.flush()
        assert heir() == mo  # 2 against 3
        db.execute(
            update(Registration).where(Registration.id.in_(people)).values(state="aftercare")
        )
        assert heir() == sanne  # 5 against 3


@pytest.mark.parametrize("people", [0, -1, 201, 10**9])
def test_a_number_that_cannot_be_is_refused(world: World, people: int) -> None:
    with pytest.raises(WrongNumberError):
        room_for(world, sanne=people)


def test_only_a_coordinator_gives_room(world: World) -> None:
    with world.writing() as db:
        sanne = db.get_one(Contact, contact_id(db, "trudo-sanne"))
        with pytest.raises(NotYoursError):
            set_capacity(db, sanne, 10, by=world.identity(MO))

"""Whoever takes over was not told that somebody waits: found while it is so, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.catalogue.load import load_pack
from portal.catalogue.models import Programme
from portal.catalogue.pack.read import read_pack
from portal.followup.end import settle
from portal.followup.handle import take_over as pick_up
from portal.followup.record import record_attempt
from portal.followup.taking_over import take_over
from portal.notify.models import OutboxMessage
from portal.referral.undelivered import see_to_it
from portal.registration.change import say_nobody_called, stop
from portal.registration.consent import revoke
from portal.registration.happen import account
from portal.registration.models import Registration
from portal.reports.coverage_evidence import FIX, Finding
from portal.settings import ROOT
from portal.web.coverage_words import about
from tests.desk.world import SANNE, World, organization_id
from tests.reports.conftest import Look
from tests.support.tick import tick

Mend = Callable[[World, UUID], None]


def found(look: Look) -> list[Finding]:
    return [each for each in look().findings if each.code == "takeover_not_told"]


def lose(world: World, kind: str = "fallback_overdue") -> None:
    """Let what was told to whoever takes over have been tried for 72 hours."""
    with world.writing() as db:
        for message in db.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)):
            message.state, message.undelivered_at = "undelivered", world.clock()


@pytest.fixture
def sam(world: World) -> UUID:
    """Somebody whose owner is silent; Noor takes over, and her mail was lost."""
    made = world.register("Voorbeeld-Sam")
    world.clock.set("2026-11-25T09:00")
    with world.writing() as db:
        tick(db, world.clock())
    lose(world)
    return made


def reach(world: World, sam: UUID) -> None:
    with world.writing() as db:
        by, row = world.identity(SANNE), db.get_one(Registration, sam)
        record_attempt(db, row, "reached", by=by, now=world.clock())


def try_again(world: World, sam: UUID) -> None:
    with world.writing() as db:
        by, row = world.identity(SANNE), db.get_one(Registration, sam)
        record_attempt(db, row, "no_answer", by=by, now=world.clock())


def see_to(world: World, sam: UUID) -> None:
    with world.writing() as db:
        by, row = account(world.identity(SANNE)), db.get_one(Registration, sam)
        assert see_to_it(db, row, again=False, by=by, now=world.clock())


def takes_over(world: World, sam: UUID) -> None:
    with world.writing() as db:
        take_over(db, db.get_one(Registration, sam), world.identity(SANNE), now=world.clock())


def stops(world: World, sam: UUID) -> None:
    with world.writing() as db:
        stop(db, db.get_one(Registration, sam), now=world.clock())


def takes_back(world: World, sam: UUID) -> None:
    with world.writing() as db:
        place = organization_id(db, "voorbeeldhoek")
        revoke(db, db.get_one(Registration, sam), place, now=world.clock())


@pytest.mark.usefixtures("sam")
def test_that_who_takes_over_was_not_told_is_to_be_mended_and_names_no_person(look: Look) -> None:
    [finding] = found(look)
    assert (finding.level, about(finding)) == (FIX, "Noor (Buurthuis De Voorbeeldhoek)")
    assert "Voorbeeld-Sam" not in str(look().findings)


def test_what_arrived_is_nothing_to_mend(world: World, look: Look) -> None:
    world.register()
    world.clock.set("2026-11-25T09:00")
    with world.writing() as db:
        tick(db, world.clock())
    lose(world, "receipt")
    assert found(look) == []


def test_nobody_takes_over_whoever_has_settled(world: World, look: Look, sam: UUID) -> None:
    with world.writing() as db:
        row, by = db.get_one(Registration, sam), world.identity(SANNE)
        pick_up(db, row, by=by, now=world.clock())
        settle(db, row, "paid_work", by=by, now=world.clock())
    world.clock.advance(days=60)
    assert found(look) == []


def test_that_somebody_said_nobody_called_and_it_was_lost_is_found_too(
    world: World, look: Look
) -> None:
    sam = world.register()
    world.clock.set("2026-11-21T09:00")
    with world.writing() as db:
        row = db.get_one(Registration, sam)
        say_nobody_called(db, row, spoken=False, now=world.clock())
        # Somebody there has set another day meanwhile; the person still says so.
        row.next_action_at = world.clock() + timedelta(days=3)
    assert found(look) == []
    lose(world, "nobody_called")
    assert [each.people for each in found(look)] == [("Noor",)]


@pytest.mark.parametrize(
    "mend",
    [
        reach,
        try_again,
        see_to,
        takes_over,
        takes_back,
        stops,
    ],
)
def test_it_is_over_once_somebody_acted(world: World, look: Look, sam: UUID, mend: Mend) -> None:
    mend(world, sam)
    assert found(look) == []


def test_a_mail_lost_in_an_earlier_wait_says_nothing_about_this_one(
    world: World, look: Look, sam: UUID
) -> None:
    world.clock.advance(hours=1)
    reach(world, sam)
    world.clock.advance(days=30)
    assert found(look) == []


def test_it_is_said_of_the_programme_of_the_person_only(
    world: World, look: Look, sam: UUID
) -> None:
    with world.writing() as db:
        load_pack(db, read_pack(ROOT / "portal" / "packs" / "maastricht.toml"))
        db.flush()
        other = db.scalars(select(Programme.id).where(Programme.slug == "maastricht")).one()
        db.get_one(Registration, sam).programme_id = other
    assert found(look) == []

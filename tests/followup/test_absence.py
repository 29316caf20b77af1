"""Somebody is away: a colleague does their work meanwhile, and on return nothing has to be done."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Role
from portal.catalogue.away import stood_in_for, who_is_in
from portal.catalogue.known import is_away
from portal.catalogue.load import load_pack
from portal.catalogue.models import Contact
from portal.catalogue.pack.read import read_pack
from portal.catalogue.snapshot import SnapshotCache
from portal.followup.absence import come_back, go_away
from portal.followup.agenda import Agenda, load_agenda
from portal.followup.switch_refusals import AwayError, NobodyNamedError
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.refusals import NotYoursError
from portal.registration.refusals import NotAColleagueError, WrongDayError
from portal.registration.tell_staff import tell_contact
from portal.settings import ROOT
from tests.desk.world import COORDINATOR, ESRA, MO, World, contact_id

TODAY, FRIDAY, LATER = date(2026, 11, 18), date(2026, 11, 20), date(2026, 12, 4)


def contact(db: Session, slug: str) -> Contact:
    return db.get_one(Contact, contact_id(db, slug))


def away(
    world: World,
    who: str = "trudo-sanne",
    deputy: str | None = "trudo-mo",
    *,
    first: date = TODAY,
    last: date = FRIDAY,
    by: str = COORDINATOR,
) -> None:
    with world.writing() as db:
        go_away(
            db,
            contact(db, who),
            first,
            last,
            contact_id(db, deputy) if deputy else None,
            by=world.identity(by),
            now=world.clock(),
        )


def mine(world: World, identity: Identity) -> Agenda:
    with world.looking() as db:
        return load_agenda(db, identity, now=world.clock(), everyone=False, rest=False)


def test_the_deputy_has_the_people_of_who_is_away_and_sees_whose_they_are(
    world: World, sanne: Identity, mo: Identity
) -> None:
    sam, own = world.register("Voorbeeld-Sam"), world.register("Voorbeeld-Bo", contact="trudo-mo")
    away(world)
    found = {person.id: person for person in mine(world, mo).people}
    assert (found[sam].mine, found[sam].instead, found[sam].contact) == (True, True, "Sanne")
    assert (found[own].mine, found[own].instead) == (True, False)
    assert world.load(sam).contact_id in sanne.contact_ids
    world.clock.set("2026-11-20T23:59")
    assert {person.id for person in mine(world, mo).people} == {sam, own}
    world.clock.set("2026-11-21T00:00")
    assert {person.id for person in mine(world, mo).people} == {own}


def test_before_it_begins_nothing_changes(world: World, mo: Identity) -> None:
    world.register("Voorbeeld-Sam")
    away(world, first=FRIDAY, last=LATER)
    assert mine(world, mo).people == []
    world.clock.set("2026-11-20T00:00")
    assert len(mine(world, mo).people) == 1


def test_who_is_back_sooner_has_everybody_again(world: World, mo: Identity) -> None:
    world.register("Voorbeeld-Sam")
    away(world)
    with world.writing() as db:
        come_back(db, contact(db, "trudo-sanne"), by=world.identity(COORDINATOR))
    assert mine(world, mo).people == []


def test_a_message_about_somebody_goes_to_who_does_the_work(world: World, mo: Identity) -> None:
    sam = world.register("Voorbeeld-Sam")
    away(world)
    with world.writing() as db:
        at = world.clock()
        tell_contact(
            db, contact_id(db, "trudo-sanne"), "nobody_called", registration_id=sam, now=at
        )
        db.flush()
        rows = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == "nobody_called"))
        assert [unseal(db, row, "recipient") for row in rows] == [MO]


def test_a_deputy_who_is_away_hands_on_and_a_circle_ends(world: World) -> None:
    with world.writing() as db:
        sanne, mo = contact(db, "trudo-sanne"), contact(db, "trudo-mo")
        third = contact_id(db, "woonbedrijf-esra")
        sanne.absent_from = mo.absent_from = TODAY
        sanne.deputy_id, mo.deputy_id = mo.id, sanne.id
        db.flush()
        assert who_is_in(db, sanne.id, TODAY) == sanne.id
        assert stood_in_for(db, {mo.id}, TODAY) == frozenset()
        mo.absent_from = None
        db.flush()
        assert who_is_in(db, sanne.id, TODAY) == mo.id
        # Somebody of another organisation was never agreed to.
        sanne.deputy_id = third
        db.flush()
        assert who_is_in(db, sanne.id, TODAY) == sanne.id
        assert stood_in_for(db, {third}, TODAY) == frozenset()


def test_a_circle_of_others_ends_too(world: World) -> None:
    with world.writing() as db:
        sanne, mo = contact(db, "trudo-sanne"), contact(db, "trudo-mo")
        third = contact(db, "woonbedrijf-esra")
        third.organization_id = sanne.organization_id
        sanne.absent_from = mo.absent_from = third.absent_from = TODAY
        sanne.deputy_id, mo.deputy_id, third.deputy_id = mo.id, third.id, mo.id
        db.flush()
        assert who_is_in(db, sanne.id, TODAY) == sanne.id


@pytest.mark.parametrize("unfit", [{"active": False}, {"handles_rent": True}])
def test_who_became_unfit_meanwhile_stands_in_for_nobody(
    world: World, unfit: dict[str, bool]
) -> None:
    away(world)
    with world.writing() as db:
        sanne, mo = contact(db, "trudo-sanne"), contact(db, "trudo-mo")
        assert who_is_in(db, sanne.id, TODAY) == mo.id
        for name, value in unfit.items():
            setattr(mo, name, value)
        db.flush()
        assert who_is_in(db, sanne.id, TODAY) == sanne.id
        assert stood_in_for(db, {mo.id}, TODAY) == frozenset()


def test_a_deputy_who_is_full_does_the_work_all_the_same(world: World, mo: Identity) -> None:
    """Full delays the talk, not the call: whoever waits is called by who is there."""
    sam = world.register("Voorbeeld-Sam")
    world.register("Voorbeeld-Bo", contact="trudo-mo")
    with world.writing() as db:
        contact(db, "trudo-mo").capacity = 1
    away(world)
    assert sam in {person.id for person in mine(world, mo).people}


def test_an_absence_without_a_first_day_counts_as_well(world: World) -> None:
    away(world)
    with world.writing() as db:
        contact(db, "trudo-sanne").absent_from = None
        db.flush()
        sanne, mo = contact_id(db, "trudo-sanne"), contact_id(db, "trudo-mo")
        assert stood_in_for(db, {mo}, TODAY) == {sanne}


def test_routing_hears_at_once_of_an_absence_and_of_its_end(world: World) -> None:
    known = SnapshotCache()

    def is_out() -> bool:
        with world.looking() as db:
            sanne = contact_id(db, "trudo-sanne")
            return is_away(known.current(db).contacts[sanne], TODAY)

    assert not is_out()
    away(world)
    assert is_out()
    with world.writing() as db:
        sanne = contact(db, "trudo-sanne")
        come_back(db, sanne, by=world.identity(COORDINATOR))
        assert (sanne.absent_from, sanne.absent_until) == (None, None)
    assert not is_out()


def test_a_pack_leaves_the_deputy_alone_that_was_named_here(world: World) -> None:
    with world.writing() as db:
        kees = contact(db, "trudo-kees")
        kees.handles_rent, kees.accepts_referrals = False, True
    away(world, deputy="trudo-kees")
    with world.writing() as db:
        load_pack(db, read_pack(ROOT / "portal" / "packs" / "eindhoven.toml"))
        assert contact(db, "trudo-sanne").deputy_id == contact_id(db, "trudo-kees")


def test_handlers_set_their_own_absence_and_nobody_else_s(world: World) -> None:
    away(world, "trudo-mo", "trudo-sanne", by=MO)
    with pytest.raises(NotYoursError):
        away(world, "trudo-sanne", "trudo-mo", by=MO)
    with pytest.raises(NotYoursError):
        away(world, "trudo-sanne", "trudo-mo", by=ESRA)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (TODAY, date(2026, 11, 17)),
        (FRIDAY, TODAY),
        (TODAY, date(2027, 11, 20)),
        (date(2026, 11, 16), date(2026, 11, 17)),
        (date(2025, 11, 16), FRIDAY),
    ],
)
def test_days_that_cannot_be_are_refused(world: World, first: date, last: date) -> None:
    with pytest.raises(WrongDayError):
        away(world, first=first, last=last)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (TODAY, TODAY),
        (date(2026, 11, 2), TODAY),
        (TODAY, date(2027, 11, 19)),
        (date(2025, 11, 17), FRIDAY),
    ],
)
def test_today_may_be_the_only_day_or_the_last_and_a_year_is_the_longest(
    world: World, first: date, last: date
) -> None:
    away(world, first=first, last=last)
    with world.looking() as db:
        sanne = contact(db, "trudo-sanne")
        assert (sanne.absent_from, sanne.absent_until) == (first, last)


@pytest.mark.parametrize(("first", "last"), [(LATER, LATER), (FRIDAY, FRIDAY)])
def test_who_is_away_on_one_day_of_it_does_not_stand_in(
    world: World, first: date, last: date
) -> None:
    away(world, "trudo-mo", "trudo-sanne", first=FRIDAY, last=LATER)
    with pytest.raises(AwayError):
        away(world, first=first, last=last)


def test_somebody_stands_in_who_can(world: World) -> None:
    with pytest.raises(NobodyNamedError):
        away(world, deputy=None)
    for stranger in ("trudo-sanne", "woonbedrijf-esra"):
        with pytest.raises(NotAColleagueError):
            away(world, deputy=stranger)
    away(world, "trudo-mo", "trudo-sanne", first=FRIDAY, last=LATER)
    with pytest.raises(AwayError):
        away(world, first=TODAY, last=FRIDAY)


def test_who_works_alone_can_be_away(world: World) -> None:
    with world.writing() as db:
        noor = contact(db, "voorbeeldhoek-noor")
        alone = [each for each in noor.organization.contacts if each.id != noor.id]
        for each in alone:
            each.active = False
        sign = world.identity("registrar@voorbeeldhoek.example")
        with pytest.raises(NotYoursError):
            go_away(db, noor, TODAY, FRIDAY, None, by=sign, now=world.clock())
        own = Identity(sign.account_id, "", "nl", (_seat(noor),))
        go_away(db, noor, TODAY, FRIDAY, None, by=own, now=world.clock())
        assert noor.deputy_id is None


def _seat(row: Contact) -> Role:
    return Role(row.organization_id, "handler", None, row.id)

"""Loading a pack: repeatable, reported, whole, and never beyond what is the programme's own."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.kept import keep
from portal.catalogue.load import Change, load_pack
from portal.catalogue.models import (
    Contact,
    Holding,
    Location,
    Organization,
    Programme,
    ProgrammeMember,
    Schedule,
    Service,
)
from portal.catalogue.pack import PackError, read_pack, shipped_packs
from portal.catalogue.version import bump_version, current_version
from tests.catalogue.broken import pack, pack_elsewhere, without

SHARED = ('name = "Werkplaats"', 'name = "Werkplaats"\nshared = true')
DEFAULT = ('name = "Buurt aan zet"', 'name = "Buurt aan zet"\nis_default = true')


def lines(changes: list[Change]) -> set[str]:
    return {str(change) for change in changes}


def test_a_first_load_reports_everything_as_added(db: Session) -> None:
    changes = load_pack(db, pack())
    assert {change.kind for change in changes} == {"added"}
    assert {
        "added programme buurt",
        "added contact thuis-sanne",
        "added area_postcode 5613",
        "added holding thuis 5611",
        "added programme_member werk",
        "added entry_link noord",
    } <= lines(changes)


def test_a_second_load_changes_nothing(db: Session) -> None:
    load_pack(db, pack())
    before = current_version(db)
    assert load_pack(db, pack()) == []
    assert current_version(db) == before


def test_every_shipped_pack_loads_twice_beside_the_others(db: Session) -> None:
    packs = [read_pack(path) for path in shipped_packs()]
    assert all(load_pack(db, each) for each in packs)
    assert [load_pack(db, each) for each in packs] == [[] for _ in packs]
    assert db.scalar(select(func.count()).select_from(Programme)) == len(packs)


def test_the_version_rises_by_one_with_a_load_that_changes_something(db: Session) -> None:
    assert current_version(db) == 0
    load_pack(db, pack())
    assert current_version(db) == 1
    load_pack(db, pack(("+31401234501", "+31401234599")))
    assert current_version(db) == 2
    bump_version(db)
    assert current_version(db) == 3


@pytest.mark.parametrize(
    ("swap", "line"),
    [
        (("+31401234501", "+31401234599"), "changed contact thuis-sanne: phone"),
        (('deputy = "thuis-mo"\n', ""), "changed contact thuis-sanne: deputy"),
        (('"Werkplaats"', '"De Werkplaats"'), "changed organization werk: name"),
        (('["13:00-16:00", "', '["13:00-17:00", "'), "changed location buurthuis: open"),
        (
            ('kind = "partner"', 'kind = "partner"\nnorms = { plan_days = 7 }'),
            "changed organization werk: norms",
        ),
        (
            ('"+31401234501"', '"+31401234501"\nemail = "sanne@thuis.example"'),
            "changed contact thuis-sanne: email",
        ),
        (("plan_days = 21", "plan_days = 10"), "changed programme buurt: norms"),
        (("Koken tr", "Yemek"), "changed service koken: words"),
        (('areas = ["zuid"]', 'areas = ["noord"]'), "changed service fietsen: areas"),
        (('digits = "5611"\norg', 'digits = "5612"\norg'), "changed entry_link noord: digits"),
        (('homes_in = ["5611", "5613"]', 'homes_in = ["5611"]'), "removed holding thuis 5613"),
        (without("services", "koken"), "removed service koken"),
        (without("locations", "buurthuis"), "removed location buurthuis"),
        (without("contacts", "thuis-kees"), "removed contact thuis-kees"),
        (without("entry_links", "noord"), "removed entry_link noord"),
        (('["5611", "5612"]', '["5611"]'), "removed area_postcode 5612"),
    ],
)
def test_one_change_is_one_line_of_the_report(
    db: Session, swap: tuple[str, str], line: str
) -> None:
    load_pack(db, pack())
    assert lines(load_pack(db, pack(swap))) == {line}
    assert load_pack(db, pack(swap)) == []
    back = load_pack(db, pack())
    assert len(back) == 1
    assert load_pack(db, pack()) == []


def test_postcodes_that_move_to_another_area_are_reported(db: Session) -> None:
    load_pack(db, pack())
    moved = pack(('["5611", "5612"]', '["5611"]'), ('["5613"]', '["5612", "5613"]'))
    assert lines(load_pack(db, moved)) == {"changed area_postcode 5612: area"}


def test_what_is_gone_is_switched_off_and_keeps_its_row(db: Session) -> None:
    load_pack(db, pack())
    smaller = pack(
        without("organizations", "werk"),
        without("contacts", "werk-rob"),
        without("services", "koken"),
        ('alternative = "werk-rob"', 'alternative = "huis-noor"'),
        ('digits = "5611"\norganization = "werk"', 'digits = "5611"'),
    )
    report = lines(load_pack(db, smaller))
    assert {
        "removed programme_member werk",
        "removed organization werk",
        "removed contact werk-rob",
        "removed service koken",
    } <= report
    for model, slug in ((Organization, "werk"), (Contact, "werk-rob"), (Service, "koken")):
        assert db.scalars(select(model.active).where(model.slug == slug)).one() is False
    assert load_pack(db, smaller) == []
    assert "changed contact werk-rob: active" in lines(load_pack(db, pack()))


def test_a_corporation_that_leaves_takes_its_homes_and_places_along(db: Session) -> None:
    here = ('"huis"\nname = "Buurthuis"\naddress', '"thuis"\nname = "Buurthuis"\naddress')
    load_pack(db, pack(here))
    load_pack(
        db,
        pack(
            without("organizations", "thuis"),
            without("contacts", "thuis-sanne"),
            without("contacts", "thuis-mo"),
            without("contacts", "thuis-kees"),
            without("locations", "buurthuis"),
        ),
    )
    assert db.scalars(select(Holding)).all() == []
    assert db.scalars(select(Location.active)).all() == [False]


def test_what_the_desk_keeps_is_left_alone(db: Session) -> None:
    load_pack(db, pack())
    sanne = db.scalars(select(Contact).where(Contact.slug == "thuis-sanne")).one()
    sanne.absent_from = date(2026, 12, 21)
    db.flush()
    assert load_pack(db, pack()) == []
    assert sanne.absent_from == date(2026, 12, 21)


def test_what_people_have_switched_off_no_pack_switches_on_again(db: Session) -> None:
    load_pack(db, pack())
    before = current_version(db)
    rows: tuple[Organization | Contact | Service, ...] = (
        db.scalars(select(Organization).where(Organization.slug == "werk")).one(),
        db.scalars(select(Contact).where(Contact.slug == "thuis-sanne")).one(),
        db.scalars(select(Service).where(Service.slug == "koken")).one(),
    )
    for row in rows:
        row.active = False
        keep(row, "active")
    assert lines(load_pack(db, pack())) == {
        "kept organization werk: active",
        "kept contact thuis-sanne: active",
        "kept service koken: active",
    }
    assert current_version(db) == before
    for model in (Organization, Contact, Service):
        assert db.scalar(select(func.count()).where(model.active.is_(False))) == 1


def test_the_room_and_the_deputy_of_a_handler_are_kept_too(db: Session) -> None:
    load_pack(db, pack())
    sanne = db.scalars(select(Contact).where(Contact.slug == "thuis-sanne")).one()
    sanne.capacity, sanne.deputy_id = 12, None
    keep(sanne, "capacity", "deputy_id")
    load_pack(db, pack())
    assert (sanne.capacity, sanne.deputy_id) == (12, None)


def test_a_contact_without_a_room_of_their_own_has_what_is_usual_there(db: Session) -> None:
    load_pack(db, pack(('name = "Werkplaats"', 'name = "Werkplaats"\ncaseload = 25')))
    rob = db.scalars(select(Contact).where(Contact.slug == "werk-rob")).one()
    assert rob.capacity == 25


def test_a_week_is_replaced_not_added_to(db: Session) -> None:
    load_pack(db, pack())
    load_pack(db, pack(("13:00-16:00", "13:00-15:00")))
    found = db.execute(select(Schedule.weekday, Schedule.opens, Schedule.closes))
    assert sorted(found) == [(2, "09:00", "12:00"), (2, "13:00", "15:00")]


def test_another_programme_may_not_take_over_what_is_here(db: Session) -> None:
    load_pack(db, pack())
    with pytest.raises(PackError) as refusal:
        load_pack(db, pack(('slug = "buurt"', 'slug = "elders"')))
    keys = {problem.key for problem in refusal.value.problems}
    assert {
        "organizations.thuis.slug",
        "areas.noord.slug",
        "areas.noord.postcodes",
        "services.koken.slug",
        "entry_links.buurt.slug",
    } <= keys
    assert db.scalar(select(func.count()).select_from(Programme)) == 1


def test_a_contact_never_changes_employer(db: Session) -> None:
    load_pack(db, pack())
    moved = pack(('"thuis-kees"\norganization = "thuis"', '"thuis-kees"\norganization = "werk"'))
    with pytest.raises(PackError, match="belongs to organisation thuis"):
        load_pack(db, moved)


def test_only_one_programme_serves_everybody_else(db: Session) -> None:
    load_pack(db, pack(DEFAULT))
    with pytest.raises(PackError, match="programme buurt already serves everybody"):
        load_pack(db, pack_elsewhere(DEFAULT, SHARED))


def test_a_shared_organisation_serves_two_programmes(db: Session) -> None:
    load_pack(db, pack(SHARED))
    load_pack(db, pack_elsewhere(SHARED))
    members = (
        select(Programme.slug)
        .join(ProgrammeMember, ProgrammeMember.programme_id == Programme.id)
        .join(Organization, Organization.id == ProgrammeMember.organization_id)
        .where(Organization.slug == "werk")
    )
    assert sorted(db.scalars(members)) == ["buurt", "elders"]
    assert load_pack(db, pack(SHARED)) == []


def test_a_shared_organisation_keeps_the_people_of_the_other_programme(db: Session) -> None:
    load_pack(db, pack(SHARED))
    load_pack(db, pack_elsewhere(SHARED))
    on = select(Contact.slug).where(Contact.slug.startswith("werk-"), Contact.active)
    assert sorted(db.scalars(on)) == ["werk-ria", "werk-rob"]


def test_a_shared_organisation_that_leaves_one_programme_stays_on(db: Session) -> None:
    load_pack(db, pack(SHARED))
    load_pack(db, pack_elsewhere(SHARED))
    gone = pack(
        without("organizations", "werk"),
        without("contacts", "werk-rob"),
        without("services", "koken"),
        ('alternative = "werk-rob"', 'alternative = "huis-noor"'),
        ('digits = "5611"\norganization = "werk"', 'digits = "5611"'),
    )
    report = lines(load_pack(db, gone))
    assert "removed programme_member werk" in report
    assert "removed organization werk" not in report
    assert db.scalars(select(Organization.active).where(Organization.slug == "werk")).one()

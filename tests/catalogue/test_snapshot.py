"""The snapshot answers what doors ask, and is read again only when the catalogue changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from portal.catalogue.known import in_locale, is_away
from portal.catalogue.load import load_pack
from portal.catalogue.models import Contact
from portal.catalogue.snapshot import EmptyCatalogueError, SnapshotCache, load_snapshot
from portal.db.engine import Database
from portal.routing.decide import route
from portal.routing.facts import Facts
from portal.routing.reasons import Reason
from tests.catalogue.broken import pack, pack_elsewhere, without

TODAY = date(2026, 12, 22)
DEFAULT = ('name = "Buurt aan zet"', 'name = "Buurt aan zet"\nis_default = true')
SHARED = ('name = "Werkplaats"', 'name = "Werkplaats"\nshared = true')


def test_without_a_pack_there_is_no_programme(db: Session) -> None:
    with pytest.raises(EmptyCatalogueError):
        load_snapshot(db).programme_at("5611")


def test_a_postcode_belongs_to_its_programme_and_elsewhere_to_the_default(db: Session) -> None:
    load_pack(db, pack(SHARED))
    load_pack(db, pack_elsewhere(DEFAULT, SHARED))
    found = load_snapshot(db)
    assert found.programme_at("5613").slug == "buurt"
    assert found.programme_at("1013").slug == "elders"
    assert found.programme_at("9999").slug == "elders"
    assert found.programme_at(None).slug == "elders"
    assert found.serves("5613")
    assert not found.serves("9999")


def test_landlords_are_those_with_homes_there(db: Session) -> None:
    load_pack(db, pack())
    found = load_snapshot(db)
    assert [row.slug for row in found.landlords_at("5611")] == ["thuis"]
    assert found.landlords_at("5612") == ()
    assert found.landlords_at(None) == ()
    assert [row.slug for row in found.landlords_of(found.programme_at(None))] == ["thuis"]


def test_tiles_are_those_near_the_postcode(db: Session) -> None:
    load_pack(db, pack())
    found = load_snapshot(db)
    programme = found.programme_at("5611")
    assert [row.slug for row in found.services_at(programme, "5611")] == ["koken"]
    assert [row.slug for row in found.services_at(programme, "5613")] == ["fietsen", "koken"]
    assert [row.slug for row in found.services_at(programme)] == ["koken"]


def test_a_place_to_walk_in_knows_its_week(db: Session) -> None:
    load_pack(db, pack())
    found = load_snapshot(db)
    (place,) = found.locations_of(found.programme_at("5611"), "5611")
    assert [(row.weekday, row.opens, row.closes) for row in place.openings] == [
        (2, "09:00", "12:00"),
        (2, "13:00", "16:00"),
    ]
    assert found.location("buurthuis") == place


def test_a_place_nearby_comes_first(db: Session) -> None:
    nearer = '[[locations]]\nslug = "a"\norganization = "huis"\nname = "A"\naddress = "A"\n\n'
    load_pack(db, pack(("[[locations]]", nearer + "[[locations]]")))
    found = load_snapshot(db)
    programme = found.programme_at("5611")
    assert [row.slug for row in found.locations_of(programme)] == ["a", "buurthuis"]
    assert [row.slug for row in found.locations_of(programme, "5611")] == ["buurthuis", "a"]


def test_what_is_switched_off_is_not_found_but_still_known(db: Session) -> None:
    load_pack(db, pack())
    load_pack(db, pack(without("services", "koken"), without("locations", "buurthuis")))
    found = load_snapshot(db)
    assert found.service("koken") is None
    assert found.location("buurthuis") is None
    assert "koken" in {row.slug for row in found.services.values()}


def test_nobody_who_handles_rent_is_among_those_who_call(db: Session) -> None:
    load_pack(db, pack())
    found = load_snapshot(db)
    landlord = found.organization("thuis")
    assert landlord is not None
    assert [row.slug for row in found.contacts_of(landlord.id)] == ["thuis-mo", "thuis-sanne"]


def test_an_entry_link_brings_programme_place_and_organisation(db: Session) -> None:
    load_pack(db, pack())
    found = load_snapshot(db)
    link = found.entry_link("noord")
    assert link is not None
    assert found.programmes[link.programme_id].slug == "buurt"
    assert link.digits == "5611"
    assert link.organization_id is not None
    assert found.organizations[link.organization_id].slug == "werk"
    assert found.entry_link("weg") is None


def test_words_come_in_the_language_or_in_dutch(db: Session) -> None:
    load_pack(db, pack())
    found = load_snapshot(db)
    programme = found.programme("buurt")
    assert programme is not None
    assert programme.sentence("ar") == "De gemeente ziet aantallen ar"
    assert programme.phone_hours("pl") == "maandag 9 tot 17 uur nl"
    assert in_locale({"tr": {"name": "Yemek"}}, "name", "nl") == "Yemek"
    assert in_locale({}, "name", "nl") == ""


def test_norms_are_complete(db: Session) -> None:
    load_pack(db, pack())
    programme = load_snapshot(db).programme_at("5611")
    assert programme.norms["plan_days"] == 21
    assert programme.norms["first_contact_working_days"] == 2
    assert programme.retention == {
        "not_reached_weeks": 4,
        "aftercare_notes_months": 3,
        "closed_months": 18,
        "silent_months": 12,
    }


@pytest.mark.parametrize(
    ("absent", "away"),
    [
        ((None, None), False),
        ((TODAY, TODAY), True),
        ((TODAY, None), True),
        ((None, TODAY), True),
        ((date(2026, 12, 23), None), False),
        ((None, date(2026, 12, 21)), False),
    ],
)
def test_absence_counts_both_of_its_ends(
    db: Session, absent: tuple[date | None, date | None], away: bool
) -> None:
    load_pack(db, pack())
    sanne = db.scalars(select(Contact).where(Contact.slug == "thuis-sanne")).one()
    sanne.absent_from, sanne.absent_until = absent
    db.flush()
    assert is_away(load_snapshot(db).contacts[sanne.id], TODAY) is away
    assert is_away(sanne, TODAY) is away


def test_the_deputy_is_named_while_somebody_is_away(db: Session) -> None:
    load_pack(db, pack())
    for each in db.scalars(select(Contact).where(Contact.slug == "thuis-sanne")):
        each.absent_from = TODAY
    db.flush()
    found = load_snapshot(db)
    landlord = found.organization("thuis")
    assert landlord is not None
    routes = found.routing_catalogue(found.programme_at("5611"), TODAY)
    advice = route(Facts(landlord=landlord.id, language="en"), routes)
    assert found.contacts[advice.contact].slug == "thuis-mo"
    assert routes is found.routing_catalogue(found.programme_at("5611"), TODAY)


def test_outside_every_area_the_desk_of_last_resort_takes_over(db: Session) -> None:
    load_pack(db, pack())
    found = load_snapshot(db)
    programme = found.programme_at("9999")
    outside = found.routing_catalogue(programme, TODAY, outside=True)
    inside = found.routing_catalogue(programme, TODAY)
    assert found.contacts[route(Facts(), outside).contact].slug == "vangnet-ans"
    assert found.contacts[route(Facts(), inside).contact].slug == "huis-noor"


def test_a_liked_service_leads_to_its_organisation(db: Session) -> None:
    load_pack(db, pack())
    found = load_snapshot(db)
    routes = found.routing_catalogue(found.programme_at("5612"), TODAY)
    advice = route(Facts(likes=frozenset({"koken"}), digits="5612"), routes)
    assert advice.reason is Reason.FITS_INTEREST
    assert found.contacts[advice.contact].slug == "werk-rob"


def test_the_cache_asks_once_and_reads_again_after_a_change(db: Session) -> None:
    load_pack(db, pack())
    cache, statements = SnapshotCache(), list[str]()
    first = cache.current(db)
    event.listen(db.connection(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert cache.current(db) is first
    assert len(statements) == 1
    load_pack(db, pack(("+31401234501", "+31401234599")))
    second = cache.current(db)
    assert second is not first
    assert second.version == first.version + 1


class LateSession(Session):
    """Gets its connection only when it is let, as when all others are in use."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.engine)
        self.asked, self.let = Event(), Event()

    def connection(self, *args: Any, **kwargs: Any) -> Connection:
        """Wait until it is let; raises when nobody lets it."""
        self.asked.set()
        assert self.let.wait(30), "nobody else got through"
        return super().connection(*args, **kwargs)


def test_whoever_waits_for_a_connection_stops_nobody_who_has_one(database: Database) -> None:
    with database.writing.begin() as db:
        load_pack(db, pack())
    cache, late = SnapshotCache(), LateSession(database)
    with database.reading() as db:
        cache.current(db)
    with ThreadPoolExecutor(1) as pool, late, database.reading() as db:
        waiting = pool.submit(cache.current, late)
        assert late.asked.wait(30)
        ours = cache.current(db)
        late.let.set()
        assert waiting.result() is ours

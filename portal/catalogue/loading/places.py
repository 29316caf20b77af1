"""Areas with their postcodes, where corporations rent out homes, and places to walk in."""

from __future__ import annotations

from sqlalchemy import delete, select

from portal.catalogue.loading.ledger import Ledger
from portal.catalogue.loading.people import Cast
from portal.catalogue.models import Area, AreaPostcode, Holding, Location, Schedule
from portal.catalogue.pack.shapes import LocationEntry, Pack

Week = list[tuple[int, str, str]]


def settle_places(ledger: Ledger, pack: Pack, cast: Cast) -> None:
    """Bring areas, holdings and locations to what the pack says."""
    mine = select(AreaPostcode.digits).join(Area).where(Area.programme_id == cast.programme.id)
    before = set(ledger.db.scalars(mine))
    _areas(ledger, pack, cast)
    after = {digits for area in pack.areas for digits in area.postcodes}
    _holdings(ledger, pack, cast, before | after)
    _locations(ledger, pack, cast)


def _areas(ledger: Ledger, pack: Pack, cast: Cast) -> None:
    found = ledger.db.scalars(select(Area).where(Area.programme_id == cast.programme.id))
    known = {row.slug: row for row in found}
    for entry in pack.areas:
        values = {
            "slug": entry.slug,
            "programme_id": cast.programme.id,
            "name": entry.name,
            "source": entry.source,
        }
        known[entry.slug] = ledger.settle(known.get(entry.slug), Area, entry.slug, values)
    ledger.db.flush()
    # An area that is no longer named keeps its row, but no postcode leads there any more.
    _postcodes(ledger, pack, known)


def _postcodes(ledger: Ledger, pack: Pack, areas: dict[str, Area]) -> None:
    identities = [area.id for area in areas.values()]
    found = ledger.db.scalars(select(AreaPostcode).where(AreaPostcode.area_id.in_(identities)))
    known = {row.digits: row for row in found}
    for entry in pack.areas:
        area_id = areas[entry.slug].id
        for digits in entry.postcodes:
            row = known.pop(digits, None)
            if row is None:
                ledger.db.add(AreaPostcode(digits=digits, area_id=area_id))
                ledger.note("added", "area_postcode", digits)
            elif row.area_id != area_id:
                row.area_id = area_id
                ledger.note("changed", "area_postcode", digits, "area")
    for digits, row in known.items():
        ledger.db.delete(row)
        ledger.note("removed", "area_postcode", digits)
    ledger.db.flush()


def _holdings(ledger: Ledger, pack: Pack, cast: Cast, mine: set[str]) -> None:
    # A shared corporation may have homes in another programme's postcodes: those stay.
    for entry in pack.organizations:
        identity = cast.organizations[entry.slug].id
        held = select(Holding.digits).where(Holding.organization_id == identity)
        known = set(ledger.db.scalars(held)) & mine
        for digits in sorted(set(entry.homes_in) - known):
            ledger.db.add(Holding(organization_id=identity, digits=digits))
            ledger.note("added", "holding", f"{entry.slug} {digits}")
        for digits in sorted(known - set(entry.homes_in)):
            gone = (Holding.organization_id == identity) & (Holding.digits == digits)
            ledger.db.execute(delete(Holding).where(gone))
            ledger.note("removed", "holding", f"{entry.slug} {digits}")
    ledger.db.flush()


def _locations(ledger: Ledger, pack: Pack, cast: Cast) -> None:
    owners = {row.id: row.slug for row in cast.organizations.values()}
    shared = {row.slug for row in pack.organizations if row.shared}
    found = ledger.db.scalars(select(Location).where(Location.organization_id.in_(owners)))
    known = {row.slug: row for row in found}
    for entry in pack.locations:
        values = {
            "slug": entry.slug,
            "organization_id": cast.organizations[entry.organization].id,
            "name": entry.name,
            "address": entry.address,
            "digits": entry.digits,
            "active": entry.active,
        }
        row = ledger.settle(known.pop(entry.slug, None), Location, entry.slug, values)
        ledger.db.flush()
        _week(ledger, row, entry)
    for gone in known.values():
        if owners[gone.organization_id] not in shared:
            ledger.switch_off(gone)


def _week(ledger: Ledger, location: Location, entry: LocationEntry) -> None:
    found = ledger.db.scalars(select(Schedule).where(Schedule.location_id == location.id)).all()
    known: Week = sorted((row.weekday, row.opens, row.closes) for row in found)
    wanted: Week = [(row.weekday, row.opens, row.closes) for row in entry.openings]
    if known == sorted(wanted):
        return
    for row in found:
        ledger.db.delete(row)
    for weekday, opens, closes in wanted:
        ledger.db.add(
            Schedule(location_id=location.id, weekday=weekday, opens=opens, closes=closes)
        )
    if known:
        ledger.note("changed", "location", entry.slug, "open")
    ledger.db.flush()

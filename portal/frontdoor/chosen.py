"""What was chosen before, offered again: an answer never vanishes from a form that comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from portal.catalogue.nearby import Nearby, NearLandlord, NearLocation, NearService, hours_shown
from portal.catalogue.snapshot import Snapshot


class _Chosen(Protocol):
    @property
    def slug(self) -> str: ...


Near = TypeVar("Near", bound=_Chosen)


def with_chosen(
    near: Nearby | None, values: Mapping[str, Sequence[str]], known: Snapshot, locale: str
) -> Nearby | None:
    """Return what is near, and besides what was chosen elsewhere; None when there is neither."""
    found = near or Nearby()
    whole = replace(
        found,
        landlords=_more(found.landlords, _landlords(values, known)),
        services=_more(found.services, _services(values, known, locale)),
        locations=_more(found.locations, _locations(values, known, locale)),
    )
    return near if whole == found else whole


def _more(here: tuple[Near, ...], chosen: Sequence[Near]) -> tuple[Near, ...]:
    slugs = {each.slug for each in here}
    return (*here, *(each for each in chosen if each.slug not in slugs))


def _landlords(values: Mapping[str, Sequence[str]], known: Snapshot) -> list[NearLandlord]:
    rows = [known.organization(slug) for slug in values.get("landlord", ())]
    return [NearLandlord(row.slug, row.name) for row in rows if row and row.is_landlord]


def _services(
    values: Mapping[str, Sequence[str]], known: Snapshot, locale: str
) -> list[NearService]:
    rows = [known.service(slug) for slug in values.get("like", ())]
    return [NearService(row.slug, row.name(locale), row.pictogram) for row in rows if row]


def _locations(
    values: Mapping[str, Sequence[str]], known: Snapshot, locale: str
) -> list[NearLocation]:
    rows = [known.location(slug) for slug in values.get("drop_by", ())]
    return [
        NearLocation(row.slug, row.name, row.address, hours_shown(row.openings, locale))
        for row in rows
        if row
    ]

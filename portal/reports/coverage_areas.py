"""The rows of the report by area, and only for the wish or the language that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.known import KnownProgramme
from portal.catalogue.models import WISHES, Area, AreaPostcode
from portal.reports.coverage import Asked, Landing, landings


@dataclass(frozen=True)
class Place:
    """An area with its postcodes, in order."""

    slug: str
    name: str
    digits: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """Where people of one area land; `place` None: those who live elsewhere, or do not say."""

    place: Place | None
    rows: Sequence[Landing]


def places_of(db: Session, programme: KnownProgramme) -> list[Place]:
    """Return the areas of a programme by name."""
    query = select(Area.slug, Area.name, AreaPostcode.digits).join(
        AreaPostcode, AreaPostcode.area_id == Area.id
    )
    found: dict[tuple[str, str], list[str]] = {}
    for slug, name, digits in db.execute(query.where(Area.programme_id == programme.id)):
        found.setdefault((name, slug), []).append(digits)
    return [Place(slug, name, tuple(sorted(found[name, slug]))) for name, slug in sorted(found)]


def sections(
    asked: Asked, places: Sequence[Place], area: str = "", wish: str = "", language: str = ""
) -> list[Section]:
    """Return each area that is asked for; an empty filter asks for everything."""
    wishes = (wish,) if wish in WISHES else WISHES
    languages = (language,) if language else ()
    shown = [place for place in places if area in ("", place.slug)]
    found = [
        Section(place, landings(asked, place.digits, wishes=wishes, languages=languages))
        for place in shown
    ]
    if not area:
        elsewhere = landings(asked, (None,), wishes=wishes, languages=languages)
        found.append(Section(None, elsewhere))
    return found

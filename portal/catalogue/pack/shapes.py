"""What a pack says, as frozen values. Names follow HSDS 3.0, as in `catalogue/models.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Words = Mapping[str, Mapping[str, str]]
"""Translations as `{locale: {field: text}}`, every offered locale and every field present."""


@dataclass(frozen=True)
class ProgrammeEntry:
    """The programme itself; the three contacts are slugs of contacts in the same pack."""

    slug: str
    name: str
    municipality: str
    municipality_role: str
    phone: str
    words: Words
    norms: Mapping[str, int]
    retention: Mapping[str, int]
    is_default: bool
    fallback: str
    alternative: str
    last_resort: str


@dataclass(frozen=True)
class AreaEntry:
    """A neighbourhood; `source` says where the list of postcodes comes from."""

    slug: str
    name: str
    source: str
    postcodes: tuple[str, ...]


@dataclass(frozen=True)
class OrganizationEntry:
    """An organisation; `homes_in` are the digits where a corporation rents out homes.

    `norms` are only those that differ from the programme's.
    """

    slug: str
    name: str
    kind: str
    website: str | None
    caseload: int
    shared: bool
    active: bool
    homes_in: tuple[str, ...]
    norms: Mapping[str, int]


@dataclass(frozen=True)
class Opening:
    """Open once a week: ISO weekday 1 (Monday) to 7, local times "HH:MM"."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True)
class LocationEntry:
    """A place to walk in."""

    slug: str
    organization: str
    name: str
    address: str
    digits: str | None
    openings: tuple[Opening, ...]
    active: bool


@dataclass(frozen=True)
class ServiceEntry:
    """Something to do, learn or get help with; `areas` empty means the whole programme."""

    slug: str
    organization: str
    pictogram: str
    wishes: tuple[str, ...]
    areas: tuple[str, ...]
    words: Words
    active: bool


@dataclass(frozen=True)
class ContactEntry:
    """A named human who calls; without a `capacity` the organisation's caseload is theirs."""

    slug: str
    organization: str
    first_name: str
    phone: str
    email: str | None
    languages: tuple[str, ...]
    interpreter: bool
    handles_rent: bool
    accepts_referrals: bool
    capacity: int | None
    deputy: str | None
    words: Words
    active: bool


@dataclass(frozen=True)
class EntryLinkEntry:
    """What a poster or QR code brings along."""

    slug: str
    digits: str | None
    organization: str | None


@dataclass(frozen=True)
class Pack:
    """One programme and everything in it. `file` is for messages only."""

    file: str
    programme: ProgrammeEntry
    areas: tuple[AreaEntry, ...]
    organizations: tuple[OrganizationEntry, ...]
    locations: tuple[LocationEntry, ...]
    services: tuple[ServiceEntry, ...]
    contacts: tuple[ContactEntry, ...]
    entry_links: tuple[EntryLinkEntry, ...]

"""The catalogue at one moment: what doors ask a hundred times, answered without a query."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from portal.catalogue import gather
from portal.catalogue.known import (
    KnownContact,
    KnownEntryLink,
    KnownLocation,
    KnownOrganization,
    KnownProgramme,
    KnownService,
)
from portal.catalogue.routes import build_routes
from portal.catalogue.version import current_version
from portal.db.plain import Statements
from portal.routing.catalogue import Catalogue
from portal.routing.facts import Id


class EmptyCatalogueError(LookupError):
    """No pack was ever loaded: there is nobody to send anybody to."""


class _Identified(Protocol):
    @property
    def id(self) -> UUID: ...


Entry = TypeVar("Entry", bound=_Identified)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Snapshot:
    """Everything of one catalogue version; look-ups answer None for what is not (or no longer).

    The mappings are by id (also as routing gives it) and hold what is switched off too, because
    cases still point there. Look-ups by slug and every list leave it out.
    """

    version: int
    programmes: Mapping[Id, KnownProgramme]
    organizations: Mapping[Id, KnownOrganization]
    contacts: Mapping[Id, KnownContact]
    services: Mapping[Id, KnownService]
    locations: Mapping[Id, KnownLocation]
    entry_links: Mapping[str, KnownEntryLink]
    places: Mapping[str, UUID]
    # Filled as it is asked; two threads may make the same, and either will do.
    _made: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def default_programme(self) -> KnownProgramme:
        """The programme for everybody outside every area. Raises EmptyCatalogueError."""
        for programme in sorted(self.programmes.values(), key=lambda row: not row.is_default):
            return programme
        raise EmptyCatalogueError("no pack is loaded")

    def serves(self, digits: str | None) -> bool:
        """Say whether these digits lie in an area of some programme."""
        return digits in self.places

    def programme_at(self, digits: str | None) -> KnownProgramme:
        """Return who serves these digits; outside every area the default programme."""
        identity = self.places.get(digits or "")
        return self.programmes[identity] if identity else self.default_programme

    def programme(self, slug: str) -> KnownProgramme | None:
        """Find a programme by slug."""
        return next((row for row in self.programmes.values() if row.slug == slug), None)

    def entry_link(self, slug: str) -> KnownEntryLink | None:
        """Find what a poster brings along."""
        return self.entry_links.get(slug)

    def organization(self, slug: str) -> KnownOrganization | None:
        """Find an organisation that is on, by slug."""
        found = self.named(slug)
        return found if found and found.active else None

    def named(self, slug: str) -> KnownOrganization | None:
        """Find an organisation by slug, also one that is off."""
        return next((row for row in self.organizations.values() if row.slug == slug), None)

    def service(self, slug: str) -> KnownService | None:
        """Find a service that is on, by slug."""
        found = (row for row in self.services.values() if row.slug == slug and self._is_on(row))
        return next(found, None)

    def location(self, slug: str) -> KnownLocation | None:
        """Find a location that is on, by slug."""
        found = (row for row in self.locations.values() if row.slug == slug and self._is_on(row))
        return next(found, None)

    def members_of(self, programme: KnownProgramme) -> tuple[KnownOrganization, ...]:
        """Return the organisations of a programme that are on, by name."""
        found = self.organizations.values()
        return tuple(row for row in found if row.active and row.id in programme.members)

    def landlords_at(self, digits: str | None) -> tuple[KnownOrganization, ...]:
        """Return who rents out homes there, by name: all are offered, none is guessed."""
        if not self.serves(digits):
            return ()
        programme = self.programme_at(digits)
        return self.once(
            ("landlords", digits),
            lambda: tuple(row for row in self.landlords_of(programme) if digits in row.homes_in),
        )

    def landlords_of(self, programme: KnownProgramme) -> tuple[KnownOrganization, ...]:
        """Return every landlord of a programme, by name."""
        return tuple(row for row in self.members_of(programme) if row.is_landlord)

    def services_at(
        self, programme: KnownProgramme, digits: str | None = None
    ) -> tuple[KnownService, ...]:
        """Return the tiles near these digits; without digits those that are near everybody."""
        found = self.services_of(programme)
        return tuple(row for row in found if not row.places or digits in row.places)

    def services_of(self, programme: KnownProgramme) -> tuple[KnownService, ...]:
        """Return every tile of a programme, wherever in it."""
        found = (row for row in self.services.values() if row.programme_id == programme.id)
        return tuple(row for row in found if self._is_on(row))

    def locations_of(
        self, programme: KnownProgramme, digits: str | None = None
    ) -> tuple[KnownLocation, ...]:
        """Return where people can walk in; a place with the same digits comes first."""
        found = [
            row
            for row in self.locations.values()
            if self._is_on(row) and row.organization_id in programme.members
        ]
        return tuple(sorted(found, key=lambda row: digits is None or row.digits != digits))

    def contacts_of(self, organization_id: UUID) -> tuple[KnownContact, ...]:
        """Return who may call for an organisation, by slug: on, and never about rent."""
        return tuple(
            row
            for row in self.contacts.values()
            if row.organization_id == organization_id and row.active and not row.handles_rent
        )

    def routing_catalogue(
        self, programme: KnownProgramme, today: date, *, outside: bool = False
    ) -> Catalogue:
        """Return what routing decides with, as `routes.build_routes` makes it; kept for the day."""
        return self.once(
            ("routes", programme.id, today, outside),
            lambda: build_routes(
                programme,
                self.organizations.values(),
                self.contacts.values(),
                self.services.values(),
                today=today,
                outside=outside,
            ),
        )

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` returns, kept under `key`: it may depend on nothing else.

        Visitors must not be able to name keys without end.
        """
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made

    def _is_on(self, row: KnownService | KnownLocation) -> bool:
        return row.active and self.organizations[row.organization_id].active


def load_snapshot(db: Session) -> Snapshot:
    """Read the whole catalogue.

    A load may commit between two of these queries. So the version is read first, and what came
    after it will be read again; and what is pointed at is read after what points, so that nothing
    ever points nowhere.
    """
    version = current_version(db)
    entry_links, places = gather.gather_entry_links(db), gather.gather_places(db)
    services, locations = gather.gather_services(db), gather.gather_locations(db)
    programmes = gather.gather_programmes(db)
    contacts = gather.gather_contacts(db)
    return Snapshot(
        version=version,
        programmes=_by_id(programmes),
        organizations=_by_id(gather.gather_organizations(db)),
        contacts=_by_id(contacts),
        services=_by_id(services),
        locations=_by_id(locations),
        entry_links=MappingProxyType({row.slug: row for row in entry_links}),
        places=MappingProxyType(places),
    )


class SnapshotCache:
    """The newest snapshot, read again when the version has risen. One for each application."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._snapshot: Snapshot | None = None

    def current(self, db: Statements) -> Snapshot:
        """Return the snapshot of the version that `db` sees; one cheap query when it is known."""
        # No lock: whoever held one while waiting for a connection would stop all who have one. Two
        # may read the same snapshot at the same moment; either is right.
        found = self._snapshot
        if found is None or found.version != current_version(db):
            with Session(db.connection()) as session:
                found = self._snapshot = load_snapshot(session)
        return found


def _by_id(rows: Iterable[Entry]) -> Mapping[Id, Entry]:
    return MappingProxyType({row.id: row for row in rows})

"""Turn what is known of a programme into the catalogue that routing decides with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from portal.catalogue.known import (
    KnownContact,
    KnownOrganization,
    KnownProgramme,
    KnownService,
    is_away,
)
from portal.routing import offer
from portal.routing.catalogue import Catalogue


def build_routes(
    programme: KnownProgramme,
    organizations: Iterable[KnownOrganization],
    contacts: Iterable[KnownContact],
    services: Iterable[KnownService],
    *,
    today: date,
    outside: bool,
) -> Catalogue:
    """Return routing's catalogue of one programme; `today` (Europe/Amsterdam) decides absence.

    `outside`: the person lives in no area, or did not say where. Then no neighbour can be promised
    and the desk of last resort is the fallback. Raises `routing.catalogue.CatalogueError` when the
    programme cannot keep rule 2.
    """
    desk, last = programme.fallback_contact_id, programme.last_resort_contact_id
    return Catalogue(
        offer.Programme(
            fallback=last if outside else desk,
            alternative=programme.alternative_contact_id,
            last_resort=last,
        ),
        [_organization(row) for row in organizations if row.id in programme.members],
        [_contact(row, today) for row in contacts if row.organization_id in programme.members],
        [_service(row) for row in services if row.programme_id == programme.id],
    )


def _organization(row: KnownOrganization) -> offer.Organization:
    return offer.Organization(row.id, row.slug, row.active, row.is_landlord)


def _contact(row: KnownContact, today: date) -> offer.Contact:
    return offer.Contact(
        id=row.id,
        organization=row.organization_id,
        slug=row.slug,
        languages=frozenset(row.languages),
        interpreter=row.interpreter,
        handles_rent=row.handles_rent,
        accepts=row.accepts_referrals,
        active=row.active,
        absent=is_away(row, today),
        capacity=row.capacity,
        deputy=row.deputy_id,
    )


def _service(row: KnownService) -> offer.Service:
    return offer.Service(row.slug, row.organization_id, row.wishes, row.places, row.active)

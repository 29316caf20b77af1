"""Where the registrar stands: for which organisation, and what there is in that neighbourhood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Right
from portal.catalogue.models import EntryLink, Organization, Programme, ProgrammeMember
from portal.catalogue.nearby import Nearby, near_postcode, near_programme
from portal.catalogue.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Stand:
    """A counter. Whoever walks in there and names no postcode belongs to its programme.

    `entry` is the link of that programme that names no organisation: it says where somebody came
    in, and never who gets their answers.
    """

    id: UUID
    slug: str
    name: str
    programme_id: UUID
    entry: str


def stands_of(db: Session, identity: Identity) -> Sequence[Stand]:
    """Return the counters of a registrar, by name; none when their organisation is switched off."""
    query = (
        select(Organization, Programme.id)
        .join(ProgrammeMember, ProgrammeMember.organization_id == Organization.id)
        .join(Programme, Programme.id == ProgrammeMember.programme_id)
        .where(Organization.id.in_(identity.organizations(Right.REGISTER)), Organization.active)
        .order_by(Programme.slug)
    )
    found: dict[UUID, Stand] = {}
    for organization, programme in db.execute(query):
        if organization.id not in found:
            link = _link_of(db, programme)
            found[organization.id] = Stand(
                organization.id, organization.slug, organization.name, programme, link
            )
    return sorted(found.values(), key=lambda stand: (stand.name.casefold(), stand.slug))


def near_stand(catalogue: Snapshot, stand: Stand, *, locale: str) -> Nearby:
    """Return what there is around the counter, until the postcode of the person is known."""
    ours = {
        row.slug: row.digits
        for row in catalogue.locations.values()
        if row.organization_id == stand.id and row.active and row.digits
    }
    if not ours:
        programme = catalogue.programmes[stand.programme_id]
        return near_programme(catalogue, programme, locale=locale)
    return near_postcode(catalogue, ours[min(ours)], locale=locale)


def _link_of(db: Session, programme_id: UUID) -> str:
    query = select(EntryLink.slug).where(
        EntryLink.programme_id == programme_id, EntryLink.organization_id.is_(None)
    )
    # A link without a postcode says least, so it comes first.
    return db.scalar(query.order_by(EntryLink.digits.is_not(None), EntryLink.slug).limit(1)) or ""

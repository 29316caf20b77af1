"""Organisations, the programme they serve, and the people who call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from portal.catalogue.loading.ledger import Ledger
from portal.catalogue.models import (
    Contact,
    Holding,
    Location,
    Organization,
    Programme,
    ProgrammeMember,
)
from portal.catalogue.pack.shapes import ContactEntry, OrganizationEntry, Pack


@dataclass(frozen=True)
class Cast:
    """The rows that everything else of a pack hangs on; organisations and contacts by slug."""

    programme: Programme
    organizations: dict[str, Organization]
    contacts: dict[str, Contact]


def settle_people(ledger: Ledger, pack: Pack) -> Cast:
    """Bring organisations, contacts, programme and memberships to what the pack says."""
    organizations = _organizations(ledger, pack)
    contacts = _contacts(ledger, pack, organizations)
    programme = _programme(ledger, pack, contacts)
    ledger.db.flush()
    _members(ledger, programme, organizations)
    return Cast(programme, organizations, contacts)


def _organizations(ledger: Ledger, pack: Pack) -> dict[str, Organization]:
    slugs = [row.slug for row in pack.organizations]
    found = ledger.db.scalars(select(Organization).where(Organization.slug.in_(slugs)))
    known = {row.slug: row for row in found}
    settled = {
        row.slug: ledger.settle(known.get(row.slug), Organization, row.slug, _organization(row))
        for row in pack.organizations
    }
    ledger.db.flush()
    return settled


def _organization(row: OrganizationEntry) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": row.name,
        "kind": row.kind,
        "website": row.website,
        "caseload": row.caseload,
        "norms": dict(row.norms),
        "active": row.active,
    }


def _contacts(
    ledger: Ledger, pack: Pack, organizations: dict[str, Organization]
) -> dict[str, Contact]:
    employers = {row.id: row.slug for row in organizations.values()}
    shared = {row.slug for row in pack.organizations if row.shared}
    found = ledger.db.scalars(select(Contact).where(Contact.organization_id.in_(employers)))
    known = {row.slug: row for row in found}
    settled = {}
    for row in pack.contacts:
        employer = organizations[row.organization]
        values = _contact(row) | {"organization_id": employer.id}
        values["capacity"] = employer.caseload if row.capacity is None else row.capacity
        settled[row.slug] = ledger.settle(known.pop(row.slug, None), Contact, row.slug, values)
    for gone in known.values():
        # The other programme of a shared organisation names people that this pack does not.
        if employers[gone.organization_id] not in shared:
            ledger.switch_off(gone)
    # A deputy must exist before anybody can point at them.
    ledger.db.flush()
    _deputies(ledger, pack, settled)
    return settled


def _contact(row: ContactEntry) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "first_name": row.first_name,
        "words": {locale: dict(spoken) for locale, spoken in row.words.items()},
        "phone": row.phone,
        "email": row.email,
        "languages": list(row.languages),
        "interpreter": row.interpreter,
        "handles_rent": row.handles_rent,
        "accepts_referrals": row.accepts_referrals,
        "active": row.active,
    }


def _deputies(ledger: Ledger, pack: Pack, contacts: dict[str, Contact]) -> None:
    new = {change.slug for change in ledger.changes if change.kind == "added"}
    for row in pack.contacts:
        contact = contacts[row.slug]
        deputy_id = contacts[row.deputy].id if row.deputy else None
        if contact.deputy_id != deputy_id and "deputy_id" not in contact.kept:
            contact.deputy_id = deputy_id
            if row.slug not in new:
                ledger.note("changed", "contact", row.slug, "deputy")


def _programme(ledger: Ledger, pack: Pack, contacts: dict[str, Contact]) -> Programme:
    entry = pack.programme
    values = {
        "slug": entry.slug,
        "name": entry.name,
        "municipality": entry.municipality,
        "municipality_role": entry.municipality_role,
        "phone": entry.phone,
        "words": {locale: dict(spoken) for locale, spoken in entry.words.items()},
        "norms": dict(entry.norms),
        "retention": dict(entry.retention),
        "is_default": entry.is_default,
        "fallback_contact_id": contacts[entry.fallback].id,
        "alternative_contact_id": contacts[entry.alternative].id,
        "last_resort_contact_id": contacts[entry.last_resort].id,
    }
    known = ledger.db.scalar(select(Programme).where(Programme.slug == entry.slug))
    return ledger.settle(known, Programme, entry.slug, values)


def _members(ledger: Ledger, programme: Programme, organizations: dict[str, Organization]) -> None:
    mine = ProgrammeMember.programme_id == programme.id
    known = set(ledger.db.scalars(select(ProgrammeMember.organization_id).where(mine)))
    wanted = {row.id: row.slug for row in organizations.values()}
    for identity, slug in wanted.items():
        if identity not in known:
            ledger.db.add(ProgrammeMember(programme_id=programme.id, organization_id=identity))
            ledger.note("added", "programme_member", slug)
    for identity in known - wanted.keys():
        ledger.db.execute(
            delete(ProgrammeMember).where(mine, ProgrammeMember.organization_id == identity)
        )
        _leave(ledger, ledger.db.get_one(Organization, identity))
    ledger.db.flush()


def _leave(ledger: Ledger, organization: Organization) -> None:
    """An organisation left the programme; without another programme it is switched off."""
    db, identity = ledger.db, organization.id
    ledger.note("removed", "programme_member", organization.slug)
    others = select(ProgrammeMember).where(ProgrammeMember.organization_id == identity)
    if db.scalar(others) is not None:
        return
    ledger.switch_off(organization)
    for contact in db.scalars(select(Contact).where(Contact.organization_id == identity)):
        ledger.switch_off(contact)
    for location in db.scalars(select(Location).where(Location.organization_id == identity)):
        ledger.switch_off(location)
    db.execute(delete(Holding).where(Holding.organization_id == identity))

"""Rule 2 in a pack: everybody lands with a human, and never only with their landlord."""

from __future__ import annotations

from collections.abc import Iterator

from portal.catalogue.pack.problems import Problem
from portal.catalogue.pack.shapes import ContactEntry, OrganizationEntry, Pack

NEEDED = ("fallback", "alternative", "last_resort")


def check_promise(pack: Pack) -> Iterator[Problem]:
    """Yield what keeps the programme from always having somebody to name."""
    organizations = {row.slug: row for row in pack.organizations}
    contacts = {row.slug: row for row in pack.contacts}
    for name in NEEDED:
        slug = str(getattr(pack.programme, name))
        contact = contacts.get(slug)
        employer = organizations.get(contact.organization) if contact else None
        reason = f"no contact in this pack is called {slug!r}"
        if contact and employer:
            reason = _unfit(contact, employer) or _not_for(name, employer)
        if reason:
            yield Problem(f"programme.{name}", reason)
    yield from _organizations_that_nobody_answers(pack)


def _unfit(contact: ContactEntry, employer: OrganizationEntry) -> str:
    if contact.handles_rent:
        return f"{contact.slug} handles rent and may never be named to a tenant"
    if not (contact.active and employer.active):
        return f"{contact.slug} is switched off"
    if not contact.accepts_referrals:
        return f"{contact.slug} takes nobody on"
    return ""


def _not_for(name: str, employer: OrganizationEntry) -> str:
    landlord = employer.kind == "corporation"
    if name == "alternative" and landlord:
        return "must not be a landlord: it is for tenants whose landlord need not know"
    if name == "last_resort" and landlord:
        return "must not be a landlord: the last resort is there for every tenant"
    if name == "last_resort" and employer.kind != "last_resort":
        return 'must work for an organisation of the kind "last_resort"'
    return ""


def _organizations_that_nobody_answers(pack: Pack) -> Iterator[Problem]:
    answered = {
        contact.organization
        for contact in pack.contacts
        if contact.active and contact.accepts_referrals and not contact.handles_rent
    }
    for organization in pack.organizations:
        if organization.active and organization.slug not in answered:
            reason = "needs a contact who calls tenants and does not handle rent"
            yield Problem(f"organizations.{organization.slug}", reason)

"""Read each kind of table of a pack into its frozen shape. References are checked afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from portal.catalogue.models import MUNICIPALITY_ROLES, ORGANIZATION_KINDS
from portal.catalogue.norms import LIMITS, LONGEST
from portal.catalogue.pack import fields, shapes
from portal.catalogue.pack.table import Table, wrong_slug
from portal.catalogue.pictograms import PICTOGRAMS


def programme(table: Table) -> shapes.ProgrammeEntry:
    """Read `[programme]`."""
    return shapes.ProgrammeEntry(
        slug=table.slug(),
        name=table.text("name", longest=120),
        municipality=table.text("municipality", longest=80),
        municipality_role=table.choice("municipality_role", MUNICIPALITY_ROLES, "totals"),
        phone=table.text("phone", longest=20, check=fields.wrong_phone),
        words=fields.words(table, {"sentence": 200, "phone_hours": 80}),
        norms=_numbers(table, "norms", LIMITS),
        retention=_numbers(table, "retention", {key: (1, most) for key, most in LONGEST.items()}),
        is_default=table.flag("is_default"),
        fallback=table.slug("fallback"),
        alternative=table.slug("alternative"),
        last_resort=table.slug("last_resort"),
    )


def _numbers(table: Table, name: str, limits: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    numbers = table.table(name)
    found = {
        key: numbers.number(key, default=most, lowest=least, highest=most)
        for key, (least, most) in limits.items()
        if numbers.has(key)
    }
    numbers.close()
    return found


def area(table: Table) -> shapes.AreaEntry:
    """Read one of `[[areas]]`."""
    return shapes.AreaEntry(
        slug=table.slug(),
        name=table.text("name", longest=120),
        source=table.text("source", longest=300),
        postcodes=table.texts("postcodes", fields.wrong_digits, least=1),
    )


def organization(table: Table) -> shapes.OrganizationEntry:
    """Read one of `[[organizations]]`."""
    return shapes.OrganizationEntry(
        slug=table.slug(),
        name=table.text("name", longest=120),
        kind=table.choice("kind", ORGANIZATION_KINDS),
        website=table.optional_text("website", longest=200, check=fields.wrong_website),
        caseload=table.number("caseload", default=40, lowest=1),
        shared=table.flag("shared"),
        active=table.flag("active", default=True),
        homes_in=table.texts("homes_in", fields.wrong_digits),
        norms=_numbers(table, "norms", LIMITS),
    )


def location(table: Table) -> shapes.LocationEntry:
    """Read one of `[[locations]]`."""
    return shapes.LocationEntry(
        slug=table.slug(),
        organization=table.slug("organization"),
        name=table.text("name", longest=120),
        address=table.text("address", longest=200),
        digits=table.optional_text("digits", longest=4, check=fields.wrong_digits),
        openings=fields.openings(table),
        active=table.flag("active", default=True),
    )


def service(table: Table) -> shapes.ServiceEntry:
    """Read one of `[[services]]`; a tile holds at most four words."""
    return shapes.ServiceEntry(
        slug=table.slug(),
        organization=table.slug("organization"),
        pictogram=table.choice("pictogram", PICTOGRAMS),
        wishes=table.texts("wishes", fields.wrong_wish, least=1),
        areas=table.texts("areas", wrong_slug),
        words=fields.words(table, {"name": 40, "description": 160}),
        active=table.flag("active", default=True),
    )


def contact(table: Table) -> shapes.ContactEntry:
    """Read one of `[[contacts]]`."""
    return shapes.ContactEntry(
        slug=table.slug(),
        organization=table.slug("organization"),
        first_name=table.text("first_name", longest=60, check=fields.wrong_first_name),
        phone=table.text("phone", longest=20, check=fields.wrong_phone),
        email=table.optional_text("email", longest=254, check=fields.wrong_email),
        languages=table.texts("languages", fields.wrong_language, least=1),
        interpreter=table.flag("interpreter"),
        handles_rent=table.flag("handles_rent"),
        accepts_referrals=table.flag("accepts_referrals", default=True),
        capacity=table.number("capacity", default=0) if table.has("capacity") else None,
        deputy=table.optional_text("deputy", longest=64, check=wrong_slug),
        words=fields.words(table, {"role": 60, "hours": 80}),
        active=table.flag("active", default=True),
    )


def entry_link(table: Table) -> shapes.EntryLinkEntry:
    """Read one of `[[entry_links]]`."""
    return shapes.EntryLinkEntry(
        slug=table.slug(),
        digits=table.optional_text("digits", longest=4, check=fields.wrong_digits),
        organization=table.optional_text("organization", longest=64, check=wrong_slug),
    )

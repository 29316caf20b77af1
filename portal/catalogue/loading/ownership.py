"""A pack changes only its own: slugs and postcodes of another programme are refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import (
    Area,
    AreaPostcode,
    Contact,
    EntryLink,
    Location,
    Organization,
    Programme,
    ProgrammeMember,
    Service,
)
from portal.catalogue.pack.problems import PackError, Problem
from portal.catalogue.pack.shapes import ContactEntry, LocationEntry, Pack


def refuse_foreign(db: Session, pack: Pack) -> None:
    """Raise PackError when the pack claims what belongs to another programme."""
    rules = (_organizations, _employees, _belongings, _postcodes, _default)
    problems = [problem for rule in rules for problem in rule(db, pack)]
    if problems:
        raise PackError(pack.file, problems)


def _organizations(db: Session, pack: Pack) -> Iterator[Problem]:
    found = db.execute(
        select(Organization.slug, Programme.slug)
        .join(ProgrammeMember, ProgrammeMember.organization_id == Organization.id)
        .join(Programme, Programme.id == ProgrammeMember.programme_id)
        .where(Programme.slug != pack.programme.slug)
    )
    others = dict(found.all())
    for row in pack.organizations:
        if row.slug in others and not row.shared:
            reason = f"takes part in programme {others[row.slug]}; shared = true allows both"
            yield Problem(f"organizations.{row.slug}.slug", reason)


def _employees(db: Session, pack: Pack) -> Iterator[Problem]:
    # Consent is for an organisation: a person who changes employer is a new contact.
    for model, table, rows in (
        (Contact, "contacts", pack.contacts),
        (Location, "locations", pack.locations),
    ):
        yield from _moved(db, model, table, rows)


def _moved(
    db: Session,
    model: type[Contact | Location],
    table: str,
    rows: Iterable[ContactEntry | LocationEntry],
) -> Iterator[Problem]:
    found = db.execute(
        select(model.slug, Organization.slug).join(
            Organization, Organization.id == model.organization_id
        )
    )
    employers = dict(found.all())
    for row in rows:
        if employers.get(row.slug, row.organization) != row.organization:
            reason = f"belongs to organisation {employers[row.slug]}: choose another slug"
            yield Problem(f"{table}.{row.slug}.slug", reason)


def _belongings(db: Session, pack: Pack) -> Iterator[Problem]:
    for model, table, slugs in (
        (Area, "areas", [row.slug for row in pack.areas]),
        (Service, "services", [row.slug for row in pack.services]),
        (EntryLink, "entry_links", [row.slug for row in pack.entry_links]),
    ):
        found = db.execute(
            select(model.slug, Programme.slug)
            .join(Programme, Programme.id == model.programme_id)
            .where(Programme.slug != pack.programme.slug, model.slug.in_(slugs))
        )
        for slug, programme in found:
            yield Problem(f"{table}.{slug}.slug", f"belongs to programme {programme}")


def _postcodes(db: Session, pack: Pack) -> Iterator[Problem]:
    found = db.execute(
        select(AreaPostcode.digits, Area.slug)
        .join(Area, Area.id == AreaPostcode.area_id)
        .join(Programme, Programme.id == Area.programme_id)
        .where(Programme.slug != pack.programme.slug)
    )
    others = dict(found.all())
    for area in pack.areas:
        for digits in area.postcodes:
            if digits in others:
                reason = f"{digits} lies in area {others[digits]} of another programme"
                yield Problem(f"areas.{area.slug}.postcodes", reason)


def _default(db: Session, pack: Pack) -> Iterator[Problem]:
    other = db.scalar(
        select(Programme.slug).where(
            Programme.is_default.is_(True), Programme.slug != pack.programme.slug
        )
    )
    if pack.programme.is_default and other:
        reason = f"programme {other} already serves everybody outside every area"
        yield Problem("programme.is_default", reason)

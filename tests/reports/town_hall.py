"""What a coordinator changes in the catalogue, made short for tests."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from portal.catalogue.models import Contact, Organization, Programme, Service
from portal.catalogue.version import bump_version
from tests.desk.world import World


def change(world: World, slug: str, **values: Any) -> None:
    """Change columns of the contact, organisation, service or programme with this slug."""
    with world.writing() as db:
        tables = (Contact, Organization, Service, Programme)
        found = (db.scalar(select(each).where(each.slug == slug)) for each in tables)
        row = next(each for each in found if each)
        for name, value in values.items():
            setattr(row, name, value)
        bump_version(db)


def away(world: World, *slugs: str) -> None:
    """Let these contacts be away from today."""
    for slug in slugs:
        change(world, slug, absent_from=world.clock().date())

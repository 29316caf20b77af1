"""The database."""

from __future__ import annotations

import click

from portal.cli.opened import opened
from portal.db.migrate import make_revision
from portal.db.migrate import upgrade as upgrade_schema


@click.group()
def group() -> None:
    """The database: upgrade, new revision."""


@group.command()
def upgrade() -> None:
    """Bring the schema up to date."""
    with opened() as database:
        upgrade_schema(database)


@group.command()
@click.argument("number")
@click.argument("message")
def revision(number: str, message: str) -> None:
    """Write a migration (NUMBER such as 0002) from what the models say."""
    with opened() as database:
        make_revision(database, message, number)

"""The database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from alembic.util import CommandError

from portal.cli.opened import opened
from portal.db.engine import Database
from portal.db.migrate import make_revision
from portal.db.migrate import upgrade as upgrade_schema


@click.group()
def group() -> None:
    """The database: upgrade, new revision."""


@group.command()
def upgrade() -> None:
    """Bring the schema up to date."""
    with _fitting() as database:
        upgrade_schema(database)


@group.command()
@click.argument("number")
@click.argument("message")
def revision(number: str, message: str) -> None:
    """Write a migration (NUMBER such as 0002) from what the models say beyond the database."""
    with _fitting() as database:
        make_revision(database, message, number)


@contextmanager
def _fitting() -> Iterator[Database]:
    """Open the database; migrations that do not fit it end the command with one sentence."""
    with opened() as database:
        try:
            yield database
        except CommandError as error:
            sys.exit(
                f"portal: the migrations do not fit this database ({str(error).rstrip('.')});"
                " run 'portal db upgrade' first, unless a newer version of the portal made it."
            )

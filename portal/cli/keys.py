"""Keys: make new ones, bring old data to the current one."""

from __future__ import annotations

import base64
import os

import click

from portal.cli.opened import opened
from portal.privacy.rotate import rotate_sealed
from portal.settings import KEY_BYTES


@click.group()
def group() -> None:
    """Keys: make, rotate, index again."""


@group.command()
@click.option("--version", default="1", help="a name for the key: letters and digits")
def new(version: str) -> None:
    """Print a fresh key for PORTAL_SECRET_KEYS or PORTAL_ENCRYPTION_KEYS."""
    click.echo(make_key(version))


@group.command()
def rotate() -> None:
    """Seal everything again with the first encryption key, so that older ones can go."""
    with opened() as database:
        click.echo(f"{rotate_sealed(database)} values sealed again with the current key.")


@group.command()
def reindex() -> None:
    """Make the search index again with the first secret key, and say which keys must stay."""
    from portal.accounts.manage import reindex_accounts
    from portal.registration.lookup import reindex_all
    from portal.registration.queries import codes_by_key

    with opened() as database:
        click.echo(f"{reindex_accounts(database)} accounts indexed again.")
        click.echo(f"{reindex_all(database)} registrations indexed again.")
        with database.reading() as db:
            for version, codes in codes_by_key(db).items():
                click.echo(f"Key {version} must stay: {codes} codes and links come from it.")


def make_key(version: str) -> str:
    """Return `version:base64` of 32 random bytes."""
    return f"{version}:{base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()}"

"""Area packs: one readable file describes a neighbourhood."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from portal.catalogue.load import load_pack
from portal.catalogue.pack.problems import PackError
from portal.catalogue.pack.read import read_pack
from portal.cli.opened import opened
from portal.registration.promised_role import refuse_other_role

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.group()
def group() -> None:
    """Area packs: check, load."""


@group.command()
@FILES
def check(files: tuple[Path, ...]) -> None:
    """Read packs without loading them; tell everything that is wrong."""
    for file in files:
        try:
            read_pack(file)
        except PackError as error:
            sys.exit(str(error))
        click.echo(f"{file.name}: fine")


@group.command()
@FILES
def load(files: tuple[Path, ...]) -> None:
    """Load packs, as often as you like, and report what changed.

    Each is loaded whole or not at all.
    """
    with opened() as database:
        for file in files:
            try:
                pack = read_pack(file)
                with database.writing.begin() as db:
                    refuse_other_role(db, pack)
                    changes = load_pack(db, pack)
            except PackError as error:
                sys.exit(str(error))
            click.echo(f"{file.name}: {len(changes) or 'no'} changes")
            for change in changes:
                click.echo(f"  {change}")

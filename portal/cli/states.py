"""`portal states`: write docs/states.md from the tables in the code."""

from __future__ import annotations

import click

from portal.referral.diagram import states_document
from portal.settings import ROOT

DOCUMENT = ROOT / "docs" / "states.md"


@click.command()
def states() -> None:
    """Write docs/states.md from the tables of states."""
    DOCUMENT.write_text(states_document(), encoding="utf-8")
    click.echo(f"{DOCUMENT.relative_to(ROOT)} is as the tables say.")

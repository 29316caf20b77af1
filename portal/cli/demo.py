"""A demonstration with invented people: set up once, then only served."""

from __future__ import annotations

import os
import sys
from datetime import datetime

import click
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.cli.beside import worker_beside
from portal.cli.demo_password import NotADemoError, change_demo_password
from portal.cli.demo_setup import fill_in
from portal.cli.opened import opened
from portal.cli.serve import refuse_taken_port, run
from portal.clock import utc_now
from portal.db.engine import Database
from portal.db.migrate import is_current, upgrade
from portal.settings import Settings, from_environment

SHOWN_ROLES = (
    ("handler@trudo.example", "calls tenants of a corporation"),
    ("coordinator@trudo.example", "sees everybody at the corporation"),
    ("handler@springplank040.example", "calls for a partner"),
    ("registrar@voorbeeldhoek.example", "registers people who walk in"),
    ("handler@aan-de-slag040.example", "the desk of last resort"),
    ("viewer@aan-de-slag040.example", "sees totals only"),
    ("administrator@aan-de-slag040.example", "runs the portal, sees nobody"),
)


@click.command()
@click.option("--setup-only", is_flag=True, help="set up, and do not serve")
def demo(*, setup_only: bool) -> None:
    """Set up and serve a demonstration with invented people, on this computer only."""
    fill_in(os.environ)
    settings = from_environment(os.environ)
    refuse_taken_port(settings)
    try:
        with opened(settings) as database:
            prepare(database, settings.demo_password or "", now=utc_now())
    except NotADemoError:
        sys.exit("portal: this database holds real accounts; a demonstration needs its own.")
    _introduce(settings)
    if not setup_only:
        with worker_beside():
            run(settings)


def prepare(database: Database, password: str, *, now: datetime) -> None:
    """Bring schema, packs and people to where a demonstration starts; keeps what is there.

    Raises:
        NotADemoError: somebody real has an account here; nothing was changed.
    """
    if not is_current(database):
        upgrade(database)
    # Everything or nothing: whoever stops the first start half-way gets a whole one next time.
    with database.writing.begin() as db:
        if db.scalar(select(exists(select(Account.id)))):
            change_demo_password(db, password, now=now)
        else:
            _fill(db, password, now)


def _fill(db: Session, password: str, now: datetime) -> None:
    # Imported on the first start only, so that every later one is quick.
    from portal.catalogue.load import load_pack
    from portal.catalogue.pack import read_pack, shipped_packs
    from portal.catalogue.snapshot import load_snapshot
    from portal.cli.demo_accounts import add_demo_accounts
    from portal.cli.demo_story import tell_stories

    for file in shipped_packs():
        load_pack(db, read_pack(file))
    db.flush()
    catalogue = load_snapshot(db)
    add_demo_accounts(db, catalogue, password, now=now)
    tell_stories(db, catalogue, now=now)


def _introduce(settings: Settings) -> None:
    here = f"http://{settings.host}:{settings.port}"
    click.echo(f"\n  For tenants   {here}/nl/")
    click.echo(f"  The desk      {here}/desk/")
    click.echo(f"  Messages      {here}/demo/outbox")
    click.echo(f"\n  Sign in with one of these, and the password {settings.demo_password}\n")
    for email, what in SHOWN_ROLES:
        click.echo(f"  {email:<38}{what}")
    click.echo("\n  Every other organisation has its own, such as handler@woonbedrijf.example.")
    click.echo("  Everybody in this demonstration is invented. Stop with Ctrl+C.\n")

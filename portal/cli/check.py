"""`portal check`: whether everything runs and everybody lands, in sentences."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import click
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.catalogue.snapshot import load_snapshot
from portal.cli.opened import opened
from portal.clock import amsterdam_day, utc_now
from portal.db.engine import Database
from portal.db.migrate import is_current
from portal.followup.alive import last_alive
from portal.i18n import use_locale
from portal.notify.channels import Channel, Envelope, RefusedError, TryAgainError
from portal.notify.configure import channels_of, hours_of
from portal.notify.models import OutboxMessage
from portal.reports.coverage_evidence import FIX, LOOK
from portal.reports.coverage_report import Report, report_on
from portal.settings import Settings, SettingsError, from_environment
from portal.web.coverage_words import about, together, what_it_is, what_to_do

ALIVE = timedelta(minutes=5)
STUCK = timedelta(hours=1)


@dataclass(frozen=True)
class Line:
    """One sentence; `FIX` makes the command fail, `LOOK` is a hint."""

    level: str
    text: str


@click.command()
@click.option("--send-test", metavar="ADDRESS", help="also send a test mail to this address")
def check(*, send_test: str | None) -> None:
    """Look whether the portal can keep its promise; ends with 1 when something must be mended."""
    settings = from_environment(os.environ)
    with opened(settings) as database, use_locale("en"):
        lines = [*_messages(settings, send_test), *_database(database, utc_now())]
    for line in sorted(lines, key=lambda each: each.level != FIX):
        click.echo(f"{'mend' if line.level == FIX else 'look'}  {line.text}")
    broken = sum(line.level == FIX for line in lines)
    if broken:
        sys.exit(f"{broken} to mend, {len(lines) - broken} to look at.")
    click.echo(f"Everybody lands with a human. {len(lines)} to look at.")


def _messages(settings: Settings, send_test: str | None) -> Iterator[Line]:
    """Look at the settings for messages, and perhaps at the mail server itself."""
    try:
        channels, _ = channels_of(settings), hours_of(settings)
    except SettingsError as error:
        yield Line(FIX, str(error))
        return
    for way, name in (("mail", "SMTP_URL"), ("sms", "SMS_URL")):
        if way not in channels:
            yield Line(LOOK, f"Nothing is sent by {way}: {name} is not set.")
    if send_test and "mail" in channels:
        yield from _send(channels["mail"], send_test)
    elif send_test:
        yield Line(FIX, "There is no way to send the test mail.")


def _send(channel: Channel, address: str) -> Iterator[Line]:
    words = "This is a test of the front door. Nobody has to do anything."
    try:
        channel.send(Envelope(uuid4(), address, "en", "A test of the front door", words))
    except (TryAgainError, RefusedError) as error:
        yield Line(FIX, f"The mail server did not take the test mail: {error.code}.")


def _database(database: Database, now: datetime) -> Iterator[Line]:
    try:
        if not is_current(database):
            yield Line(FIX, "The database is not at the newest schema. Run `portal db upgrade`.")
            return
        with database.reading() as db:
            yield from _worker(db, now)
            yield from _catalogue(db, now)
    except OperationalError:
        yield Line(FIX, "The database does not answer.")


def _worker(db: Session, now: datetime) -> Iterator[Line]:
    """Look whether anybody sends messages and minds the clock."""
    seen = last_alive(db)
    if seen is None or seen < now - ALIVE:
        since = f"since {seen:%Y-%m-%d %H:%M} UTC" if seen else "yet"
        yield Line(FIX, f"No worker has looked {since}. Start `portal worker`.")
    waiting = select(func.count()).where(
        OutboxMessage.state == "waiting", OutboxMessage.due_at < now - STUCK
    )
    if stuck := db.scalar(waiting):
        yield Line(FIX, f"{stuck} messages should have left more than an hour ago.")


def _catalogue(db: Session, now: datetime) -> Iterator[Line]:
    snapshot = load_snapshot(db)
    if not snapshot.programmes:
        yield Line(FIX, "No area pack is loaded, so there is nobody to call. See docs/packs.md.")
    members = {each for row in snapshot.programmes.values() for each in row.members}
    for row in snapshot.organizations.values():
        if row.active and row.id not in members:
            yield Line(LOOK, f"{row.name} takes part in no programme, so no way leads there.")
    for programme in snapshot.programmes.values():
        report = report_on(db, snapshot, programme, today=amsterdam_day(now))
        yield from _findings(report)


def _findings(report: Report) -> Iterator[Line]:
    name = report.asked.programme.name
    for alike in together(report.findings):
        first, whom = alike[0], "; ".join(filter(None, map(about, alike)))
        said = f"{what_it_is(first)}: {whom}" if whom else what_it_is(first)
        yield Line(first.level, f"{name}: {said.removesuffix('.')}. {what_to_do(first)}")

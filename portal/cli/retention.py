"""`portal retention`: erase what was kept long enough. The worker does it by itself."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click
from sqlalchemy.orm import Session

from portal.cli.opened import opened
from portal.clock import utc_now
from portal.db.engine import Database, empty_journal
from portal.followup.retention import BATCH, Due, is_finished, keep_to_rules, preview
from portal.notify.chores import Chore
from portal.privacy.erased_list import NAME, add_erased, read_erased
from portal.registration.erase import erase_again, erased
from portal.settings import Settings, from_environment

SENTENCES: Mapping[str, str] = {
    "never_begun": "registrations erased: withdrawn or never reached",
    "closed": "registrations erased: closed long enough",
    "settled": "registrations in aftercare without their notes and answers",
    "silent": "registrations given back to a human: keep this?",
    "addresses": "addresses taken out of messages that were sent",
    "messages": "messages that were about nobody's case",
    "tombstones": "numbers of erased registrations forgotten",
    "sessions": "old sign-ins forgotten",
    "links": "old links of partners forgotten",
    "audit_of_erased": "lines about who looked at a registration that is gone",
    "audit": "lines about who looked or signed in, older than a year",
    "marks": "marks of digests that were sent",
}


@click.command()
@click.option("--dry-run", is_flag=True, help="say what would happen, and change nothing")
@click.option(
    "--reapply",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="after a restore: erase again what this list (erased.txt) says was erased",
)
def retention(*, dry_run: bool, reapply: Path | None) -> None:
    """Erase now what was kept long enough; the worker does the same every few minutes."""
    if dry_run and reapply:
        raise click.UsageError("--dry-run and --reapply do not go together.")
    settings = from_environment(os.environ)
    with opened(settings) as database:
        if dry_run:
            _preview(database)
        elif reapply:
            click.echo(f"{_reapply(database, reapply)} registrations erased again.")
        else:
            _erase(settings, database)
        empty_journal(database)


def retention_chores(settings: Settings) -> tuple[Chore, ...]:
    """Return what the worker does: a batch of every rule, and the list of what was erased."""

    def write_list(db: Session, _now: datetime) -> int:
        return add_erased(list_of(settings), erased(db))

    def keep(db: Session, now: datetime) -> int:
        return sum(keep_to_rules(db, now).values())

    return (
        Chore("retention", timedelta(minutes=5), keep, after=empty_journal),
        Chore("erased list", timedelta(minutes=1), write_list, only_looks=True),
    )


def list_of(settings: Settings) -> Path:
    """Return where the list of what was erased lies."""
    return settings.data / NAME


def _preview(database: Database) -> None:
    with database.reading() as db:
        dues = preview(db, utc_now())
    click.echo("Nothing is changed. This would be done now:")
    _tell(dues)


def _erase(settings: Settings, database: Database) -> None:
    total: Counter[str] = Counter()
    finished = False
    while not finished:
        with database.writing.begin() as db:
            did = keep_to_rules(db, utc_now())
        total.update(did)
        finished = is_finished(did)
    with database.reading() as db:
        add_erased(list_of(settings), erased(db))
    _tell([Due(name, total[name]) for name in SENTENCES])


def _tell(dues: Sequence[Due]) -> None:
    for due in dues:
        if due.count:
            click.echo(f"{due.count:6}  {SENTENCES[due.rule]}")
        if due.codes:
            more = ", …" if due.count > len(due.codes) else ""
            click.echo(f"        {', '.join(due.codes)}{more}")
    if not any(due.count for due in dues):
        click.echo("Nothing is too old.")


def _reapply(database: Database, file: Path) -> int:
    try:
        uuids = list(read_erased(file))
    except ValueError as error:
        sys.exit(f"portal: {error}.")
    again = 0
    for start in range(0, len(uuids), BATCH):
        with database.writing.begin() as db:
            again += erase_again(db, uuids[start : start + BATCH], now=utc_now())
    return again

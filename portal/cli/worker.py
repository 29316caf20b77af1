"""The worker: sends what lies in the outbox, one message after another."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread

import click
from sqlalchemy.orm import Session

from portal.cli.opened import opened
from portal.cli.retention import retention_chores
from portal.db.engine import Database
from portal.followup.alive import say_alive
from portal.followup.letters import all_letters
from portal.followup.tick import STEPS, Step
from portal.notify.chores import Chore, Rounds
from portal.notify.configure import channels_of, hours_of
from portal.notify.post import Post
from portal.notify.worker import drain, work
from portal.registration.undelivered import flag_undelivered
from portal.settings import Settings, from_environment

log = logging.getLogger("portal.worker")

MINUTE = timedelta(minutes=1)


@click.command()
@click.option("--once", is_flag=True, help="do what is due now, and end")
@click.option("--until-input-ends", is_flag=True, hidden=True, help="end with who started it")
def worker(*, once: bool, until_input_ends: bool) -> None:
    """Send messages by mail and SMS, and do what time causes, until stopped.

    Any number of workers may run. A message that is being sent is finished before a worker stops.
    """
    from portal.web.logs import write_json_lines

    settings = from_environment(os.environ)
    write_json_lines()
    with opened(settings) as database:
        post = post_of(settings, database)
        if once:
            Rounds(chores_of(settings)).make(post)
            click.echo(f"{drain(post)} messages dealt with.")
            return
        click.echo(_introduction(settings, post))
        stop = _stop_by_signal()
        if until_input_ends:
            Thread(target=_stop_at_end_of_input, args=(stop,), daemon=True).start()
        work(post, stop, Rounds(chores_of(settings)))


def post_of(settings: Settings, database: Database) -> Post:
    """Return what a worker works with; raises `SettingsError`."""
    return Post(
        database=database,
        channels=channels_of(settings),
        gather=all_letters(settings.base_url),
        flag=flag_undelivered,
        hours=hours_of(settings),
    )


def chores_of(settings: Settings) -> tuple[Chore, ...]:
    """Return what a worker does beside sending; harmless when several do it at the same moment."""
    return (
        *(Chore(name, MINUTE, _taking(name, step)) for name, step in STEPS.items()),
        Chore("alive", MINUTE, _say_alive),
        *retention_chores(settings),
    )


def _taking(name: str, step: Step) -> Callable[[Session, datetime], int]:
    """A step of the clock in a transaction of its own: on SQLite everybody waits for a writer."""

    def take(db: Session, now: datetime) -> int:
        done = step(db, now)
        if done.failed:
            log.warning("left alone", extra={"kind": name, "count": done.failed})
        return done.did

    return take


def _say_alive(db: Session, now: datetime) -> int:
    say_alive(db, now)
    return 0


def _introduction(settings: Settings, post: Post) -> str:
    ways = " and ".join(post.channels) or "no way at all"
    reason = " A demonstration sends nothing." if settings.demo and not post.channels else ""
    return f"The worker sends by {ways}; the rest is kept in the outbox.{reason}"


def _stop_by_signal() -> Event:
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _stop_at_end_of_input(stop: Event) -> None:
    sys.stdin.read()
    stop.set()

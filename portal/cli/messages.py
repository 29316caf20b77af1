"""Messages: what comes back. Mail that bounced, and numbers that want no SMS."""

from __future__ import annotations

import sys

import click

from portal.cli.opened import opened
from portal.clock import utc_now
from portal.notify.bounces import read_bounce, record_bounce
from portal.notify.silence import silence, speak_again
from portal.registration.undelivered import flag_undelivered
from portal.registration.ways import read_email, read_phone
from portal.reports.coverage_lost import see_to_all

MOST_BYTES = 1024 * 1024


@click.group()
def group() -> None:
    """Messages: record a bounce, a stop, and their end."""


@group.command()
def bounce() -> None:
    """Read a mail from standard input, and record it when it says that one of ours came back.

    A mail server hands over whatever arrives at the address in MAIL_FROM. What is no report ends
    with status 1, so that the mail server can pass it on to a human.
    """
    found = read_bounce(sys.stdin.buffer.read(MOST_BYTES))
    if found is None:
        sys.exit("This is not a report about a mail of ours.")
    with opened() as database, database.writing.begin() as db:
        known = record_bounce(db, found, flag_undelivered, utc_now())
    click.echo("Recorded." if known else "That mail is no longer known.")


@group.command()
def seen() -> None:
    """Take what organisations were not told off the list: somebody has told them."""
    with opened() as database, database.writing.begin() as db:
        click.echo(f"Seen to: {see_to_all(db)}.")


@group.command()
@click.argument("address")
def stop(address: str) -> None:
    """Send nothing more to ADDRESS, a number such as +31612345678 or a mail address."""
    address = _as_kept(address)
    with opened() as database, database.writing.begin() as db:
        silence(db, address, "stop", utc_now())
    click.echo("Nothing more is sent there.")


@group.command()
@click.argument("address")
def allow(address: str) -> None:
    """Send to ADDRESS again, after a stop or a bounce."""
    address = _as_kept(address)
    with opened() as database, database.writing.begin() as db:
        speak_again(db, address)
    click.echo("Messages are sent there again.")


def _as_kept(typed: str) -> str:
    """Return the address as we keep it: written in another way, it would be nobody's."""
    try:
        return read_email(typed.strip()) if "@" in typed else read_phone(typed)
    except ValueError:
        sys.exit("This is no phone number and no mail address on which somebody can be reached.")

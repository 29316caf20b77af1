"""The operator's commands. Every mistake is one sentence, never a traceback."""

from __future__ import annotations

import sys

import click

from portal.cli.lazy import LazyGroup
from portal.settings import SettingsError

COMMANDS = {
    "serve": ("portal.cli.serve:serve", "Serve the portal."),
    "worker": ("portal.cli.worker:worker", "Send messages by mail and SMS."),
    "messages": ("portal.cli.messages:group", "Messages: bounces, stops."),
    "demo": ("portal.cli.demo:demo", "Set up and serve a demonstration with invented people."),
    "db": ("portal.cli.db:group", "The database: upgrade, new revision."),
    "keys": ("portal.cli.keys:group", "Keys: make, rotate, index again."),
    "pack": ("portal.cli.pack:group", "Area packs: check, load."),
    "organization": ("portal.cli.organization:group", "Organisations: switch off, switch on."),
    "account": ("portal.cli.account:group", "Accounts: add, list, switch off."),
    "check": ("portal.cli.check:check", "Look whether everything runs and everybody lands."),
    "retention": ("portal.cli.retention:retention", "Erase what was kept long enough."),
    "states": ("portal.cli.states:states", "Write docs/states.md from the tables of states."),
    "translations": ("portal.cli.translations:group", "Words: extract, update, compile, check."),
}


@click.group(cls=LazyGroup, commands_by_name=COMMANDS)
def root() -> None:
    """Run a front door for a neighbourhood.

    Settings come from the environment; docs/operate.md lists them.
    """


def main() -> None:
    """Run a command."""
    try:
        root(prog_name="portal")
    except SettingsError as error:
        sys.exit(f"portal: {error}")

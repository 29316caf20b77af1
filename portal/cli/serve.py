"""Serve with granian."""

from __future__ import annotations

import os
import signal
import socket
import sys
from threading import Thread

import click

from portal.cli.opened import opened
from portal.settings import THREADS, Settings, SettingsError, from_environment

STOP_SECONDS = 5


@click.command()
@click.option("--workers", default=1, show_default=True, help="processes")
def serve(workers: int) -> None:
    """Serve the portal on PORT."""
    settings = from_environment(os.environ)
    if settings.demo:
        raise SettingsError("PORTAL_DEMO=1 is for `portal demo`; take it out to serve for real.")
    with opened(settings):  # What is wrong is said here, and not by every worker.
        pass
    run(settings, workers=workers)


def run(settings: Settings, *, workers: int = 1) -> None:
    """Serve until told to stop; running requests are finished first."""
    refuse_taken_port(settings)
    _let_only_the_parent_hear_ctrl_c()
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "portal.wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=workers,
        workers_kill_timeout=STOP_SECONDS,
        blocking_threads=THREADS,
        log_access=False,  # Our own log line has the rule instead of the address.
        log_level="error",  # type: ignore[arg-type]  # its enum is built from this word
    ).serve()


def _let_only_the_parent_hear_ctrl_c() -> None:
    # The terminal tells every process, and the parent tells its workers again: a granian worker
    # that hears it twice now and then waits for ever. Workers inherit what is blocked here.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    Thread(target=_pass_on, args=(os.getpid(),), daemon=True).start()


def _pass_on(parent: int) -> None:
    signal.sigwait({signal.SIGINT})
    os.kill(parent, signal.SIGTERM)


def refuse_taken_port(settings: Settings) -> None:
    """Stop with a sentence when something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            sys.exit(f"portal: port {settings.port} is taken; choose another with PORT=8001.")

"""A demonstration of its own to photograph: in a folder that goes away, by a clock that we set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from socket import socket
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from limits import RateLimitItem
from sqlalchemy import update

from portal.accounts.manage import add_account, add_membership
from portal.accounts.models import Account
from portal.cli.demo import prepare
from portal.cli.demo_setup import fill_in
from portal.db.engine import open_database
from portal.settings import LOOPBACK, from_environment
from portal.web.limits import spend
from portal.web.state import install
from tests.desk.world import SANNE, World, contact_id, organization_id
from tests.reply.asking import Asking
from tests.support.application import begin_anew, close, make, running
from tests.support.clock import USUAL, SettableClock, amsterdam
from tests.support.passwords import hashed
from tests.support.server import serving

PASSWORD = "a photograph of a door"
# In a demonstration no message bounces, and every organisation takes part in something.
NOT_IN_A_DEMONSTRATION = {"desk/case/undelivered.html", "desk/coverage_nowhere.html"}


@dataclass(frozen=True)
class Stage:
    """A demonstration that is served at `address`, and its people."""

    address: str
    app: Flask
    clock: SettableClock

    @property
    def world(self) -> World:
        """Its database, for what has to happen between two pictures."""
        return World(running(self.app).database, self.clock)

    @property
    def asking(self) -> Asking:
        """Trudo asks partners."""
        return Asking(self.world)

    def forget(self) -> None:
        """Let nobody have tried anything yet."""
        begin_anew(self.app, self.clock)

    def speak(self, locale: str) -> None:
        """Let everybody who signs in read this language."""
        with self.world.writing() as db:
            db.execute(update(Account).values(locale=locale))

    @contextmanager
    def later(self, *, days: float = 0, hours: float = 0) -> Iterator[None]:
        """Be some time ahead."""
        before = self.clock()
        self.clock.advance(days=days, hours=hours)
        try:
            yield
        finally:
            self.clock.set(before)

    @contextmanager
    def asked_too_often(self, limit: RateLimitItem, *what: str) -> Iterator[None]:
        """Let this computer have done something as often as it may."""
        with self.app.test_request_context(environ_base={"REMOTE_ADDR": LOOPBACK}):
            for _ in range(limit.amount):
                spend(limit, *what)
        try:
            yield
        finally:
            self.forget()

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """Let nobody answer where the database should be."""
        vault = running(self.app).vault
        nowhere = open_database(f"postgresql://{LOOPBACK}:1/nowhere", vault=vault)
        with self._with(database=nowhere):
            self.forget()
            yield
        self.forget()

    @contextmanager
    def with_a_mistake(self) -> Iterator[None]:
        """Let the portal have a fault: it cannot tell the time."""

        def stopped() -> datetime:
            raise RuntimeError("the clock has stopped")

        with self._with(clock=stopped):
            yield

    @contextmanager
    def _with(self, **other: Any) -> Iterator[None]:
        there = running(self.app)
        install(self.app, replace(there, **other))
        try:
            yield
        finally:
            install(self.app, there)


@contextmanager
def demonstration() -> Iterator[Stage]:
    """Serve the demonstration as it is on a Wednesday morning."""
    clock = SettableClock(amsterdam(USUAL))
    with TemporaryDirectory() as folder, socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen(128)
        port = listener.getsockname()[1]
        env = {"PORTAL_DATA": folder, "PORTAL_DEMO_PASSWORD": PASSWORD, "PORT": str(port)}
        fill_in(env)
        stage = Stage(f"http://{LOOPBACK}:{port}", make(from_environment(env), clock), clock)
        prepare(stage.world.database, PASSWORD, now=clock())
        _let_sanne_in(stage.world)
        with serving(stage.app, listener, None):
            yield stage
        close(stage.app)


def _let_sanne_in(world: World) -> None:
    """Give `World` and `Asking` the handler whom they act for."""
    with world.writing() as db:
        account = add_account(
            db, SANNE, "Sanne Voorbeeld", password_hash=hashed(PASSWORD), now=world.clock()
        )
        trudo, seat = organization_id(db, "trudo"), contact_id(db, "trudo-sanne")
        add_membership(db, account, trudo, "handler", contact_id=seat)


def never_shown(app: Flask) -> list[str]:
    """Return every template that this application never needed, and so no picture can show."""
    used = {name for _loader, name in app.jinja_env.cache or ()}
    every = app.jinja_env.list_templates(extensions=["html"])
    return sorted(set(every) - used - NOT_IN_A_DEMONSTRATION)

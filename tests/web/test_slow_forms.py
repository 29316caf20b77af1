"""A form that arrives slowly, or never: it is read before anything is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from portal.registration.queries import reference_of
from portal.registration.reference import code_shown
from portal.web.state import Portal
from tests.desk.furniture import prepared, world
from tests.desk.world import SANNE, World, sign_in
from tests.reply.asking import Asking
from tests.support.application import ORIGIN, CheckedClient

__all__ = ["prepared", "world"]

POWERS = ("line", "nobody-called", "stop", "undo-stop")
ONLY_BY_LINK = ("phone", "consent", "erase", "answer", "contacted")


class Slow(BytesIO):
    """A body that writes down when it is read."""

    def __init__(self, body: bytes, order: list[str]) -> None:
        super().__init__(body)
        self.order = order

    def read(self, size: int | None = -1, /) -> bytes:
        self.order.append("body")
        return super().read(size)

    def readinto(self, buffer: Any, /) -> int:
        self.order.append("body")
        return super().readinto(buffer)


@contextmanager
def statements(app: Flask, order: list[str]) -> Iterator[None]:
    """Write down whenever the database is asked something, or a transaction begins."""
    running: Portal = app.extensions["portal"]

    def asked(*_: object) -> None:
        order.append("then the database")

    engines = {running.database.engine, running.database.writer}
    for engine in engines:
        event.listen(engine, "begin", asked)
    try:
        yield
    finally:
        for engine in engines:
            event.remove(engine, "begin", asked)


def addresses(world: World) -> Iterator[str]:
    person = world.register(likes=("eindhoven-koken",))
    with world.looking() as db:
        reference = reference_of(db, world.load(person))
    mine, code = f"/nl/mine/{reference.link}", f"/nl/status/{code_shown(reference.code)}"
    yield from (f"{mine}/{power}" for power in (*POWERS, *ONLY_BY_LINK))
    yield from (f"{code}/{power}" for power in POWERS)
    asking = Asking(world)
    yield f"/reply/{asking.token(asking.refer())}/accept"
    yield from ("/nl/check", "/nl/send", "/nl/change", "/nl/status", "/sign-in")
    yield f"/desk/registrations/{person}/note"


@pytest.mark.parametrize("email", ["", SANNE], ids=["anybody", "a handler"])
def test_a_form_is_read_before_the_database_is_asked(
    app: Flask, client: CheckedClient, world: World, email: str
) -> None:
    paths = [*addresses(world)]
    if email:
        sign_in(client, email)
    for path in paths:
        order: list[str] = []
        with statements(app, order):
            client.post(
                path,
                input_stream=Slow(b"text=Dag&sure=yes", order),
                content_length=17,
                content_type="application/x-www-form-urlencoded",
                headers={"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"},
            )
        assert "body" in order, path
        assert order == sorted(order), path

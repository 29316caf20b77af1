"""The database is gone for a while: what anybody may read stays, and nothing is half taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, make_url

from portal.frontdoor.shelf import LAST_KNOWN, LOOK_AGAIN
from portal.web.state import Portal
from tests.frontdoor.visiting import carried, check, post
from tests.registration.people import filled_in
from tests.support.application import CheckedClient
from tests.support.clock import SettableClock
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.usefixtures("eindhoven")

PHONE = "088 123 4567"


def take_away(engine: Engine, request: pytest.FixtureRequest) -> None:
    """Drop the database under the feet of the portal."""
    engine.dispose()
    url = make_url(engine.url)
    if engine.dialect.name == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        server.drop(str(url.database))
        return
    folder = Path(str(url.database)).parent
    for file in folder.glob("portal.sqlite3*"):
        file.unlink()
    # A folder of this name keeps SQLite from making an empty database in its place.
    (folder / "portal.sqlite3").mkdir()


@pytest.fixture
def engine(app: Flask) -> Engine:
    """What the portal under test speaks to its database with."""
    running: Portal = app.extensions["portal"]
    return running.database.engine


def test_what_was_read_before_is_still_handed_out_for_minutes(
    client: CheckedClient,
    clock: SettableClock,
    engine: Engine,
    request: pytest.FixtureRequest,
) -> None:
    paths = ("/nl/", "/ar/woensel/", "/nl/near/5616", "/nl/sixteen")
    before = [client.get(path).text for path in paths]
    take_away(engine, request)
    for _ in range(3):
        clock.set(clock() + LOOK_AGAIN)
        assert [client.get(path).text for path in paths] == before
    clock.set(clock() + LAST_KNOWN)
    assert [client.get(path).status_code for path in paths] == [503] * len(paths)


def test_what_nobody_read_before_is_a_page_with_a_number(
    client: CheckedClient,
    clock: SettableClock,
    engine: Engine,
    request: pytest.FixtureRequest,
) -> None:
    client.get("/nl/")
    take_away(engine, request)
    clock.set(clock() + LOOK_AGAIN)
    stuck = client.get("/nl/woensel/")
    assert stuck.status_code == 503
    assert PHONE in stuck.text


def test_nothing_is_taken_while_it_cannot_be_kept(
    client: CheckedClient, engine: Engine, request: pytest.FixtureRequest
) -> None:
    page = check(client)
    take_away(engine, request)
    for path, data in (
        ("/nl/check", filled_in()),
        ("/nl/send", {**carried(page), "consent": "yes"}),
        ("/nl/status", {"code": "K7P-3XM-92"}),
    ):
        answer = post(client, path, data)
        assert answer.status_code == 503, path
        assert PHONE in answer.text
        assert answer.headers["Retry-After"] == "60"


def test_when_it_is_back_the_catalogue_is_read_again(
    client: CheckedClient, clock: SettableClock, app: Flask
) -> None:
    client.get("/nl/")
    shelf = app.extensions["shelf"]
    assert shelf.do_without(clock())
    clock.set(clock() + LOOK_AGAIN)
    client.get("/nl/")
    assert shelf.known_at == shelf.looked_at == clock()

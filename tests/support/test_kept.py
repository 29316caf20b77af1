"""What is kept from test to test remembers nothing of the test before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask

from portal.db.engine import Database
from portal.settings import Settings
from tests.frontdoor.conftest import eindhoven_alone
from tests.frontdoor.visiting import register
from tests.support.application import MEMORY, CheckedClient, begin_anew, close, make
from tests.support.clock import SettableClock
from tests.support.databases import hang_up
from tests.support.templates import Preparation

OURS = ("portal", "limits")
COLLECTIONS = (Mapping, list, tuple, set, frozenset)
# Translated templates may stay, and so may what Flask has looked up of itself.
MAY_STAY = ("jinja_env", "error_handler_spec", "_got_first_request")


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, where somebody can register."""
    return eindhoven_alone


def entries(thing: Any, path: str, seen: set[int]) -> Iterator[tuple[str, int]]:
    """Count what is kept in every collection of ours that can be reached from here, by its path."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    inside = dict(_inside(thing))
    if isinstance(thing, COLLECTIONS):
        yield path, len(inside)
    for name, each in inside.items():
        yield from entries(each, f"{path}/{name}", seen)


def _inside(thing: Any) -> Iterator[tuple[object, Any]]:
    if isinstance(thing, Mapping):
        yield from thing.items()
    elif isinstance(thing, COLLECTIONS):
        yield from enumerate(thing)
    elif (type(thing).__module__ or "").split(".")[0] in OURS:
        held = getattr(thing, "__dict__", {})
        yield from ((name, each) for name, each in held.items() if name not in MAY_STAY)
    elif callable(thing):
        cells = getattr(thing, "__closure__", None) or ()
        yield from enumerate(cell.cell_contents for cell in cells)


def test_an_application_that_is_kept_knows_as_much_as_a_fresh_one(
    app: Flask, client: CheckedClient, settings: Settings, clock: SettableClock
) -> None:
    register(client)
    client.get("/nl/")
    assert app.extensions.keys() >= {*MEMORY} - {"last_error"}
    begin_anew(app, clock)
    fresh = make(settings, clock)
    assert dict(entries(app, "", set())) == dict(entries(fresh, "", set()))
    close(fresh)


def test_whoever_still_holds_a_connection_gives_it_to_nobody_else(database: Database) -> None:
    before = database.engine.pool
    held = database.engine.connect()
    hang_up(database)
    held.close()
    assert before not in (database.engine.pool, database.writer.pool)
    before.dispose()

"""Whoever tries a demonstration reads on every page, behind every door, that nobody is real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from portal.settings import Settings
from tests.support.application import CheckedClient, client_of, close, make
from tests.support.clock import SettableClock
from tests.support.html import read_html

DOORS = ("/nl/", "/nl/status", "/nl/nothing/here", "/sign-in", "/reply/cut-off")


@pytest.fixture
def demonstration(settings: Settings, clock: SettableClock) -> Iterator[CheckedClient]:
    """A visitor of a demonstration."""
    app = make(replace(settings, demo=True), clock)
    yield client_of(app)
    close(app)


def bands(client: CheckedClient, path: str) -> list[str]:
    """What the top of a page says besides its links: there a screen reader finds it too."""
    _, page = read_html(client.get(path).text)
    return [band.text for top in page.all("header") for band in top.all("p")]


@pytest.mark.parametrize("path", DOORS)
def test_every_door_of_a_demonstration_says_that_nobody_is_real(
    demonstration: CheckedClient, path: str
) -> None:
    assert bands(demonstration, path) == ["Dit is een demonstratie. De mensen zijn verzonnen."]


@pytest.mark.parametrize(
    ("locale", "words"), [("en", "demonstration"), ("tr", "gösterim"), ("ar", "عرض تجريبي")]
)
def test_a_tenant_reads_it_in_their_own_language(
    demonstration: CheckedClient, locale: str, words: str
) -> None:
    [said] = bands(demonstration, f"/{locale}/")
    assert words in said


@pytest.mark.parametrize("path", DOORS)
def test_where_people_are_real_nothing_says_that_they_are_not(
    client: CheckedClient, path: str
) -> None:
    assert bands(client, path) == []

from __future__ import annotations

import pytest
from flask import Flask
from markupsafe import Markup

from portal.frontdoor.stencil import MOST_STENCILS, OPEN, fill, gap
from tests.frontdoor.visiting import check, code_on, register
from tests.support.application import CheckedClient

pytestmark = pytest.mark.usefixtures("eindhoven")


def letter() -> str:
    return f"<p>Dag {gap('name')}, {gap('name')} en {gap('other')}.</p>"


def test_gaps_are_filled_and_what_is_filled_in_is_escaped(app: Flask) -> None:
    with app.app_context():
        page = fill("letter", letter, {"name": "<b>Sam</b>", "other": Markup("<i>Ro</i>")})
    assert page == "<p>Dag &lt;b&gt;Sam&lt;/b&gt;, &lt;b&gt;Sam&lt;/b&gt; en <i>Ro</i>.</p>"


def test_what_is_filled_in_cannot_open_another_gap(app: Flask) -> None:
    with app.app_context():
        page = fill("letter", letter, {"name": gap("other"), "other": "secret"})
    assert page.count("secret") == 1


def test_a_page_is_written_once_for_the_same_and_again_for_another(app: Flask) -> None:
    written: list[int] = []

    def write() -> str:
        written.append(1)
        return letter()

    with app.app_context():
        for key in ("one", "one", "two"):
            fill(key, write, {"name": "Sam", "other": "Ro"})
    assert len(written) == 2


def test_only_so_many_are_kept_and_nothing_of_a_person(app: Flask, client: CheckedClient) -> None:
    register(client, first_name="Voorbeeldina", phone="06 29384756")
    with app.app_context():
        for number in range(MOST_STENCILS + 1):
            fill(number, letter, {"name": "Voorbeeldina", "other": "Ro"})
    kept = app.extensions["stencils"]
    assert len(kept) <= MOST_STENCILS
    assert "Voorbeeldina" not in str(kept)
    assert "29384756" not in str(kept)


def test_no_page_shows_an_open_gap(client: CheckedClient) -> None:
    assert OPEN not in check(client, first_name=f"Sam {OPEN}shown").text
    assert code_on(register(client, first_name=f"{OPEN}code Sam"))


def test_one_persons_page_is_not_anothers(client: CheckedClient) -> None:
    one, other = check(client, first_name="Voorbeeld-Sam"), check(client, first_name="Robin")
    assert "Voorbeeld-Sam" in one.text
    assert "Voorbeeld-Sam" not in other.text
    assert code_on(register(client)) != code_on(register(client))

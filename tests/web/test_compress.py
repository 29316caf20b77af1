"""Tenants' pages travel small; pages of signed-in people, which echo what is typed, do not."""

from __future__ import annotations

import brotli
import pytest
from flask.testing import FlaskClient

from tests.support.application import ORIGIN, CheckedClient

BR = {"Accept-Encoding": "br", "Origin": ORIGIN}
PAGES = [("POST", "/nl/change"), ("GET", "/nl/status")]


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_a_tenants_page_is_the_same_page_in_fewer_bytes(
    client: CheckedClient, method: str, path: str
) -> None:
    plain = client.open(path, method=method, headers={"Origin": ORIGIN})
    # The client that looks at every page cannot look into a packed one, so Flask's own asks.
    flask = FlaskClient(client.application, client.application.response_class)
    packed = flask.open(path, base_url=ORIGIN, method=method, headers=BR)
    assert packed.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert brotli.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) * 0.6


@pytest.mark.parametrize("coding", ["BR", "*", "gzip, br;q=0"])
def test_what_one_browser_asks_for_is_not_handed_to_another(
    client: CheckedClient, coding: str
) -> None:
    flask = FlaskClient(client.application, client.application.response_class)
    for _ in range(2):
        flask.get("/nl/", base_url=ORIGIN, headers={"Accept-Encoding": coding})
    answer = flask.get("/nl/", base_url=ORIGIN)
    assert "Content-Encoding" not in answer.headers
    assert answer.text.startswith("<!doctype html>")


def test_who_cannot_read_it_gets_it_plain(client: CheckedClient) -> None:
    assert "Content-Encoding" not in client.get("/nl/status").headers


def test_a_page_behind_a_session_token_is_not_compressed(client: CheckedClient) -> None:
    assert "Content-Encoding" not in client.get("/sign-in", headers=BR).headers

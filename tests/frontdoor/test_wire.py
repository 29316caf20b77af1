"""What only a real server shows: a body sent in pieces, a method that nobody knows."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from portal.db.engine import Database
from portal.settings import LOOPBACK, Settings
from tests.frontdoor.served import Served, served
from tests.support.html import read_html

pytestmark = pytest.mark.usefixtures("eindhoven")

LIMIT = 64 * 1024
PIECE = 8000


@pytest.fixture
def portal(settings: Settings, database: Database, tmp_path: Path) -> Iterator[Served]:
    """The portal in a process of its own."""
    with served(settings, tmp_path) as running:
        yield running


def post_in_pieces(portal: Served, body: bytes) -> tuple[int, str]:
    """Send a form without telling its length beforehand; return status and page."""
    pieces = (body[start : start + PIECE] for start in range(0, len(body), PIECE))
    connection = http.client.HTTPConnection(LOOPBACK, portal.port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    # The portal may have read enough and hang up; its answer is there all the same.
    with suppress(BrokenPipeError):
        connection.request("POST", "/nl/status", pieces, headers, encode_chunked=True)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page


def test_a_form_in_pieces_is_read_like_any_other(portal: Served) -> None:
    status, page = post_in_pieces(portal, b"code=K7P")
    assert status == 422
    assert "Een code heeft 8 letters en cijfers" in read_html(page)[1].text


def test_a_form_in_pieces_that_is_too_large_is_refused_and_never_cut(portal: Served) -> None:
    for size in (LIMIT, LIMIT + PIECE):
        status, page = post_in_pieces(portal, b"code=K7P&more=" + b"x" * size)
        assert status == 413, size
        assert "088 123 4567" in page


def test_an_invented_method_is_refused_and_logged_under_one_word(portal: Served) -> None:
    for path in ("/nl/", "/nl/nowhere/at/all"):
        with socket.create_connection((LOOPBACK, portal.port), timeout=30) as wire:
            ask = f"SAMIRA {path} HTTP/1.1\r\nHost: {LOOPBACK}\r\nConnection: close\r\n\r\n"
            wire.sendall(ask.encode())
            assert wire.recv(64).startswith(b"HTTP/1.1 405 "), path
    logged = portal.log.read_text()
    assert "SAMIRA" not in logged
    assert '"method": "other"' in logged

"""Every answer says what a browser may do with it; no page asks anyone else for anything."""

from __future__ import annotations

import re

import pytest

from portal.web.headers import style_hash
from tests.support.application import CheckedClient

PAGES = ("/", "/nl/", "/ar/", "/nl/near/5611", "/nl/sixteen", "/nl/status", "/sign-in", "/nothing")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(client: CheckedClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "max-age" in headers["Strict-Transport-Security"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_another_site_for_anything(client: CheckedClient, path: str) -> None:
    loaded = re.findall(r'(?:src|href|action)="(https?:)?//[^"]*"', client.get(path).text)
    assert loaded == []


@pytest.mark.parametrize("path", ["/", "/nl/", "/nl/near/5611", "/nl/status", "/nl/sixteen"])
def test_a_tenant_never_gets_a_cookie(client: CheckedClient, path: str) -> None:
    answer = client.get(path)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_inline_style_is_exactly_the_one_that_is_allowed(client: CheckedClient) -> None:
    answer = client.get("/nl/")
    blocks = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert len(blocks) == 1
    assert style_hash(blocks[0]) in answer.headers["Content-Security-Policy"]


def test_the_script_is_kept_for_a_year_under_a_name_that_changes_with_it(
    client: CheckedClient,
) -> None:
    page = client.get("/nl/").text
    script = re.search(r'src="(/static/tenant\.[0-9a-f]{12}\.js)"', page)
    assert script
    answer = client.get(script[1], headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "br"

"""A visit without a script: fill in, check, send, look at the receipt and the status page."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from tests.registration.people import filled_in
from tests.support.application import ORIGIN, CheckedClient, values_of
from tests.support.html import Element, read_html

CODE = re.compile(r"[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{2}")


def tree(response: TestResponse, status: int = 200) -> Element:
    """Return the page in an answer that must have this status."""
    assert response.status_code == status, f"{response.status}: {response.text}"
    return read_html(response.text)[1]


def post(client: CheckedClient, path: str, data: dict[str, Any]) -> TestResponse:
    """Post as a browser does from one of our own pages."""
    headers = {"Origin": ORIGIN, "Referer": ORIGIN + "/nl/", "Sec-Fetch-Site": "same-origin"}
    return client.post(path, data=data, headers=headers)


def check(client: CheckedClient, locale: str = "nl", **fields: Any) -> Element:
    """Fill in the form of a tenant of Trudo, and go on to the check page."""
    return tree(post(client, f"/{locale}/check", filled_in(**fields)))


def carried(page: Element) -> dict[str, list[str]]:
    """What the form of a check page holds."""
    [form] = page.all("form", id="answers")
    return values_of(form)


def send(client: CheckedClient, page: Element, locale: str = "nl", **fields: Any) -> TestResponse:
    """Tick "yes" on a check page and send it."""
    return post(client, f"/{locale}/send", {**carried(page), "consent": "yes", **fields})


def register(client: CheckedClient, locale: str = "nl", **fields: Any) -> Element:
    """Go all the way to the receipt."""
    sent = send(client, check(client, locale, **fields), locale)
    assert sent.status_code == 303, sent.text
    return client.page(sent.headers["Location"])


def code_on(receipt: Element) -> str:
    """The code that a receipt shows."""
    [code] = [each.text for each in receipt.all("p") if each.get("class") == "code"]
    assert CODE.fullmatch(code), code
    return code


def link_on(receipt: Element) -> str:
    """The path of the private link that a receipt shows."""
    [link] = [each for each in receipt.all("a") if "/mine/" in each.get("href")]
    return urlsplit(link.get("href")).path


def actions(page: Element) -> set[str]:
    """What a page can post, as the last part of the addresses."""
    return {form.get("action").rpartition("/")[2] for form in page.all("form")}


def heading(page: Element) -> str:
    """The one heading of a page."""
    [found] = page.all("h1")
    return found.text

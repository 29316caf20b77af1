"""One visitor's screen. After every step of a journey it looks at the whole page.

A test says `screen = phone("nl")`, `screen.go("/nl/")`, `screen.step("the start")`, then acts on
`screen.page` and names the next step.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Response, Route

from tests.support.saved_pages import FOLDER, save_page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
NARROWEST = 320
NOSCRIPT = re.compile("</?noscript>")
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEADINGS = (
    "() => [...document.querySelectorAll('h1')].filter(h => h.getClientRects().length).length"
)


class Screen:
    """A page in a browser, with everything that went wrong on it so far."""

    def __init__(self, page: Page, *, scripted: bool = True, folder: Path = FOLDER) -> None:
        self.page = page
        self._folder = folder
        self._scripted = scripted
        self._trouble: list[str] = []
        self._documents: set[str] = set()
        self._offline = False
        page.on("console", self._hear)
        page.on("pageerror", self._fail)
        page.on("response", self._note_document)

    def go(self, path: str) -> Response | None:
        """Open an address of the portal, as typed or scanned."""
        return self.page.goto(path)

    def step(self, name: str) -> None:
        """Look at the page as it is now; fail with `name` when something is wrong with it."""
        self.page.wait_for_load_state("load")
        save_page(self.page.content(), urlsplit(self.page.url).path, self._folder)
        with self._readable() as page:
            found = [*_structure(page), *too_wide(page), *violations(page)]
        self.assert_quiet(name)
        assert not found, f"{name} ({self.page.url}):\n" + "\n".join(found)

    def assert_quiet(self, name: str = "after the last step") -> None:
        """Fail when the console or a script complained."""
        assert not self._trouble, f"{name}:\n" + "\n".join(self._trouble)

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Cut the network; complaints about that alone are expected."""
        self._offline = True
        self.page.context.set_offline(True)
        try:
            yield
        finally:
            self.page.context.set_offline(False)
            self._offline = False

    @contextmanager
    def _readable(self) -> Iterator[Page]:
        """Yield the page, or a copy of it that axe can run in when scripts are switched off."""
        if self._scripted:
            yield self.page
            return
        browser, size = self.page.context.browser, self.page.viewport_size
        assert browser, "a screen lives in a browser"
        context = browser.new_context(viewport=size, ignore_https_errors=True)
        copy, html = context.new_page(), NOSCRIPT.sub("", self.page.content())
        copy.route("**/*", lambda route: _answer(route, self.page.url, html))
        copy.goto(self.page.url)
        yield copy
        context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser reports every answer of 400 and up; wrong input is answered with 422, and
        # what stands on that page is what the journey looks at.
        expected = message.location["url"] in self._documents and "status of 4" in message.text
        if message.type in ("error", "warning") and not expected and not self._is_offline(message):
            self._trouble.append(f"console: {message.text} ({message.location['url']})")

    def _is_offline(self, message: ConsoleMessage) -> bool:
        return self._offline and "ERR_INTERNET_DISCONNECTED" in message.text

    def _fail(self, error: Error) -> None:
        self._trouble.append(f"script: {error.message}")

    def _note_document(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._documents.add(response.url)


def _answer(route: Route, url: str, html: str) -> None:
    """Give the copy its document, keep scripts out, and let styles and pictures through."""
    if route.request.url == url:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif route.request.resource_type == "script":
        route.abort()
    else:
        route.continue_()


def _structure(page: Page) -> Iterator[str]:
    if not page.title().strip():
        yield "the page has no title"
    if (count := page.evaluate(HEADINGS)) != 1:
        yield f"{count} visible h1 on the page"


def too_wide(page: Page) -> Iterator[str]:
    """Complain when a narrow phone would have to scroll sideways (WCAG 1.4.10)."""
    size = page.viewport_size
    assert size, "a screen has a size"
    for width in dict.fromkeys((size["width"], min(size["width"], NARROWEST))):
        page.set_viewport_size({"width": width, "height": size["height"]})
        if (over := page.evaluate(OVERFLOW)) > 0:
            yield f"at {width} pixels the page is {over} pixels too wide"
    page.set_viewport_size(size)


def violations(page: Page) -> Iterator[str]:
    """Run axe on the page as it is (https://www.w3.org/TR/WCAG22/, levels A and AA)."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate(RUN_AXE, AXE_RULES)
    for violation in result["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['html']} {json.dumps(node['failureSummary'])}"

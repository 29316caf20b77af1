"""A phone that nobody updates any more: Chromium 92, built in May 2021.

The npm package `@sparticuz/chromium` carries the program itself, packed. Playwright still speaks
its protocol; what Playwright's own scripts miss is given to them alone, never to the page.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from playwright.sync_api import Browser, Page, Playwright

from portal.settings import ROOT
from tests.support.browser import FLAGS, PHONE, OpenScreen, screens
from tests.support.server import Server

PACKAGE = ROOT / "node_modules" / "@sparticuz" / "chromium"
# Where Playwright looks whether something shows, in a world apart from the scripts of the page.
MISSED = "Element.prototype.checkVisibility = function () { return !!this.getClientRects().length }"
OWN_WORLD = "__playwright_utility_world"


def _unpack() -> Path:
    """Return the program, unpacked once for each version of the package."""
    version = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]
    program = ROOT / ".cache" / f"chromium-{version}" / "chromium"
    if not program.exists():
        program.parent.mkdir(parents=True, exist_ok=True)
        half = program.with_suffix(".half")
        half.write_bytes(brotli.decompress((PACKAGE / "bin" / "chromium.br").read_bytes()))
        half.chmod(0o755)
        half.rename(program)
    return program


@pytest.fixture(scope="module")
def old_chromium(driver: Playwright) -> Iterator[Browser]:
    """The old browser, for as long as a file of tests needs it."""
    machine = platform.machine()
    assert machine == "x86_64", f"Chromium of 2021 is at hand for x86_64 only; this is {machine}."
    browser = driver.chromium.launch(executable_path=_unpack(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def old_phone(old_chromium: Browser, server: Server) -> Iterator[OpenScreen]:
    """Open an old phone of 360 by 740, in the same way as `phone`."""
    with screens(old_chromium, server.url, PHONE, _complete) as open_screen:
        yield open_screen


def _complete(page: Page) -> None:
    """Give Playwright's own world on every document of `page` what it misses."""
    session = page.context.new_cdp_session(page)
    worlds: list[str] = []

    def note(event: dict[str, Any]) -> None:
        worlds.append(event["context"]["name"])

    session.on("Runtime.executionContextCreated", note)
    session.send("Runtime.enable")
    session.send("Page.enable")
    [own] = {world for world in worlds if world.startswith(OWN_WORLD)}
    session.send("Page.addScriptToEvaluateOnNewDocument", {"source": MISSED, "worldName": own})

"""Debian's Chromium, driven by Playwright: a cheap phone, and a computer on a desk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.support.screen import Screen
from tests.support.server import Server

# What Chromium needs to run without a window, as root, and without calling home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}

OpenScreen = Callable[..., Screen]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser: those tests share one browser in one process."""
    for item in items:
        if "driver" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What drives browsers; whoever asks for it needs one."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(driver: Playwright) -> Iterator[Browser]:
    """One browser for the whole run; every screen is a visitor of its own in it."""
    path = shutil.which("chromium")
    assert path, "chromium is missing: install the package chromium"
    browser = driver.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@contextmanager
def screens(
    browser: Browser,
    url: str,
    shape: dict[str, Any],
    prepare: Callable[[Page], None] | None = None,
) -> Iterator[OpenScreen]:
    """Yield a function `(locale="nl", **options) -> Screen`; close what it opened.

    The options are those of Playwright's `new_context`, such as `java_script_enabled=False`.
    Every page is prepared before it goes anywhere. Whatever went wrong on a screen after its last
    step fails the test when it ends.
    """
    opened: list[Screen] = []

    def open_screen(locale: str = "nl", **options: Any) -> Screen:
        context = browser.new_context(
            **{"base_url": url, "locale": locale, "ignore_https_errors": True, **shape, **options}
        )
        page = context.new_page()
        if prepare:
            prepare(page)
        screen = Screen(page, scripted=options.get("java_script_enabled", True))
        opened.append(screen)
        return screen

    try:
        yield open_screen
        for screen in opened:
            screen.assert_quiet()
    finally:
        for screen in opened:
            screen.page.context.close()


@pytest.fixture
def phone(chromium: Browser, server: Server) -> Iterator[OpenScreen]:
    """Open a phone of 360 by 740: `phone("ar")` is a phone set to Arabic."""
    with screens(chromium, server.url, PHONE) as open_screen:
        yield open_screen


@pytest.fixture
def desk_browser(chromium: Browser, server: Server) -> Iterator[OpenScreen]:
    """Open a computer of 1280 by 900: `desk_browser("en")` is set to English."""
    with screens(chromium, server.url, DESK) as open_screen:
        yield open_screen

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.support.screen import Screen

SIZE: ViewportSize = {"width": 360, "height": 740}
GOOD = """<!DOCTYPE html><html lang="nl" dir="ltr"><head><title>Een bladzijde</title></head>
<body><main><h1>Wat wil je doen?</h1><p>Zeg het ons.</p>{more}</main></body></html>"""


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def screen(chromium: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Screen]:
    """A phone without a portal behind it."""
    context = chromium.new_context(viewport=SIZE, java_script_enabled=request.param)
    yield Screen(context.new_page(), scripted=request.param, folder=tmp_path)
    context.close()


def show(screen: Screen, more: str) -> None:
    page = GOOD.format(more=more)
    screen.page.route("**/*", lambda route: route.fulfill(body=page, content_type="text/html"))
    screen.go("https://page.example/")


def test_a_script_that_fails_makes_the_step_fail(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(viewport=SIZE)
    screen = Screen(context.new_page(), folder=tmp_path)
    show(screen, "<script>nobody.home()</script>")
    with pytest.raises(AssertionError, match="nobody is not defined"):
        screen.step("a broken script")
    context.close()


def test_a_good_page_passes(screen: Screen) -> None:
    show(screen, "")
    screen.step("a good page")


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ("<input>", "label"),
        ("<p style='color: #bbb; background: #fff'>Bleek</p>", "color-contrast"),
        ("<a href='/' style='display: inline-block'></a>", "link-name"),
        ("<h1>Nog een kop</h1>", "2 visible h1"),
        ("<p style='width: 340px'>Breed</p>", "too wide"),
    ],
)
def test_a_bad_page_fails_with_the_name_of_the_step(
    screen: Screen, more: str, complaint: str
) -> None:
    show(screen, more)
    with pytest.raises(AssertionError, match=rf"(?s)the third step.*{complaint}"):
        screen.step("the third step")

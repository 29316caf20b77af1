"""axe and the narrowest phone over saved pages: `python -m tests.support.looks`.

A journey looks at what it passes through; most pages of errors and odd states are met by the test
client only. Looking takes long, so it looks at one page of each kind.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Route

from portal.settings import ROOT
from tests.bench.browser import chromium
from tests.support.saved_pages import FOLDER
from tests.support.screen import NARROWEST, too_wide, violations

ADDRESS = "https://saved.example/"
ELEMENT = re.compile(r"<([a-z][a-z0-9]*)((?:\s[^>]*)?)>")
KIND = re.compile(r'\s(class|role|type|lang)="([^"]*)"')
WORDS = re.compile(r"(.*)-\w+")


def one_of_each_kind(files: Sequence[Path]) -> list[Path]:
    """Return pages that together hold every address and every kind of element, the largest first.

    The same element in another language or direction is another kind.
    """
    seen: set[object] = set()
    chosen = []
    for file in sorted(files, key=lambda file: (-file.stat().st_size, file.name)):
        if new := _kinds(file) - seen:
            seen |= new
            chosen.append(file)
    return chosen


def _kinds(file: Path) -> set[object]:
    elements = ELEMENT.findall(file.read_text(encoding="utf-8"))
    language = next((rest for tag, rest in elements if tag == "html"), "")
    return {
        WORDS.sub(r"\1", file.stem),
        *((language, tag, *KIND.findall(rest)) for tag, rest in elements),
    }


def complaints_about_looks(browser: Browser, files: Sequence[Path]) -> Iterator[str]:
    """Show these pages with the portal's styles and no scripts; yield what is wrong with them."""
    context = browser.new_context(viewport={"width": NARROWEST, "height": 640})
    page = context.new_page()
    for file in files:
        page.route("**/*", partial(_answer, file))
        page.goto(ADDRESS)
        yield from (f"{file}: {found}" for found in (*too_wide(page), *violations(page)))
        page.unroute_all()
    context.close()


def _answer(shown: Path, route: Route) -> None:
    """Give the page, and the styles as they are now whatever their address said then."""
    name = route.request.url.removeprefix(f"{ADDRESS}static/").partition(".")[0]
    if route.request.is_navigation_request():
        route.fulfill(path=shown, content_type="text/html; charset=utf-8")
    elif route.request.resource_type == "stylesheet":
        route.fulfill(path=ROOT / "static" / f"{name}.css", content_type="text/css")
    else:
        route.abort()


def main() -> int:
    """Look at one saved page of each kind; fail when there is none."""
    files = one_of_each_kind(sorted(FOLDER.glob("*.html")))
    with chromium() as browser:
        found = list(complaints_about_looks(browser, files))
    total = f"axe and {NARROWEST} pixels: {len(files)} kinds of pages, {len(found)} complaints"
    sys.stdout.write("\n".join([*found, total, ""]))
    return 0 if files and not found else 1


if __name__ == "__main__":
    sys.exit(main())

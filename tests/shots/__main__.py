"""`make shots`: a picture of every page, language and state under shots/, with a page of all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path

import click
from playwright.sync_api import Browser

from portal.i18n import LOCALES
from portal.settings import ROOT
from tests.bench.browser import chromium
from tests.shots import partner, staff, tenant
from tests.shots.camera import Camera
from tests.shots.demo import demonstration

FOLDER = ROOT / "shots"
Walk = Callable[[Camera], None]
TENANT: tuple[tuple[Walk, str, bool], ...] = (
    (tenant.photograph_questions, "phone", True),
    (tenant.photograph_questions, "desk", True),
    (tenant.photograph_others, "phone", True),
    (tenant.photograph_plain, "phone", False),
)
STAFF: tuple[tuple[Walk, str, bool], ...] = tuple(
    (walk, size, True)
    for walk in (
        staff.photograph_desk,
        partner.photograph_cases,
        partner.photograph_asked,
        partner.photograph_links,
        staff.photograph_coordinator,
        staff.photograph_walkin,
        staff.photograph_viewer,
    )
    for size in ("desk", "phone")
)


def main() -> None:
    """Photograph everything."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    taken: list[Path] = []
    with demonstration() as address, chromium() as browser:
        # Staff first: afterwards the desk is full of people who were photographed.
        for number, walk in enumerate(STAFF):
            taken += _walk(browser, address, FOLDER / "staff" / str(number), "nl", walk)
        for locale in LOCALES:
            for number, walk in enumerate(TENANT):
                taken += _walk(browser, address, FOLDER / locale / str(number), locale, walk)
    _write_list(taken)
    click.echo(f"{len(taken)} pictures: {FOLDER.name}/index.html")


def _walk(
    browser: Browser, address: str, folder: Path, locale: str, walk: tuple[Walk, str, bool]
) -> list[Path]:
    photograph, size, scripts = walk
    camera = Camera(browser, address, folder, locale, size, scripts)
    try:
        photograph(camera)
    finally:
        camera.close()
    return camera.taken


def _write_list(taken: list[Path]) -> None:
    pictures = "".join(
        f'<figure><img src="{name}" width="300" alt="{escape(name)}"><figcaption>{escape(name)}'
        "</figcaption></figure>"
        for name in (str(path.relative_to(FOLDER)) for path in taken)
    )
    style = "<style>body{display:flex;flex-wrap:wrap;gap:1rem;align-items:start}</style>"
    page = f'<!doctype html><html lang="en"><title>Every page</title>{style}{pictures}</html>'
    (FOLDER / "index.html").write_text(page)


if __name__ == "__main__":
    main()

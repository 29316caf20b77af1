"""`make shots`: a picture of every page, language and state under shots/, with a page of all.

A part of it: `python -m tests.shots tenant-ar`. All of it fails when a template was never needed:
then there is a page that no picture shows.
"""

from __future__ import annotations

import shutil
import sys
from html import escape
from pathlib import Path
from time import monotonic

import click
from playwright.sync_api import Browser

from portal.settings import ROOT
from tests.bench.browser import chromium
from tests.shots.camera import Camera
from tests.shots.demo import Stage, demonstration, never_shown
from tests.shots.walks import WALKS, Walk

FOLDER = ROOT / "shots"


def main(part: str = "") -> None:
    """Photograph everything, or what is in folders whose name begins with `part`."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    taken: list[Path] = []
    began = monotonic()
    with demonstration() as stage, chromium() as browser:
        for walk in WALKS:
            if walk.folder.startswith(part):
                taken += _walk(browser, stage, walk)
        missing = never_shown(stage.app)
    _write_list(taken)
    click.echo(f"{len(taken)} pictures, {monotonic() - began:.0f} s: {FOLDER.name}/index.html")
    if missing and not part:
        sys.exit(f"No picture shows {', '.join(missing)}: tests/shots must learn to go there.")


def _walk(browser: Browser, stage: Stage, walk: Walk) -> list[Path]:
    stage.forget()
    if walk.staff:
        stage.speak(walk.locale)
    camera = Camera(browser, stage, FOLDER / walk.folder, walk.locale, walk.size, walk.scripts)
    try:
        walk.photograph(camera)
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
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "index.html").write_text(page)


if __name__ == "__main__":
    main(*sys.argv[1:2])

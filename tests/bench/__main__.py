"""`make bench`: every figure of one run in one table, with the limit it must keep."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from portal.cli.keys import make_key
from portal.settings import ROOT
from tests.bench import browser as look
from tests.bench.client import Visitor, insert, register
from tests.bench.load import WARM_UP, by_turns, pages_per_second, run
from tests.bench.servers import CLIENT_CORE, Running, serve
from tests.bench.tenant import registration

FIRST_VISIT = {"nl": 14_600, "en": 14_600, "tr": 16_000, "ar": 16_000}
COUNT = 300


@dataclass(frozen=True)
class Figure:
    """One measured thing and what it may be at most (or at least)."""

    what: str
    value: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the limit is kept."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        sign, mark = ("≥" if self.at_least else "≤"), ("   " if self.kept else " ! ")
        return f"{mark}{self.what:52} {self.value:10,.2f} {self.unit:5} {sign} {self.limit:,.2f}"


def bench(folder: Path) -> Iterator[Figure]:
    """Measure everything against servers on one core, the visitors on the other."""
    env = prepare(folder)
    bare = {"BENCH_FILE": str(folder / "bare.sqlite3")}
    with serve("tests.bench.bare:page", bare, factory=True) as page:
        paint = phone_figures(page, "/")[0]
        rate = pages_per_second(page, "/")
    with (
        serve("tests.bench.bare:insert", bare, factory=True) as form,
        serve("portal.wsgi:app", env) as portal,
    ):
        yield Figure("memory per worker at rest", portal.memory_mb(), 140, "MB")
        yield from byte_figures(portal)
        yield from visit_figures(portal, paint)
        share = pages_per_second(portal, "/nl/") / rate
        yield Figure("pages per second, share of a bare page", share * 100, 40, "%", True)
        yield from registration_figures(portal, form, folder)


def prepare(folder: Path) -> dict[str, str]:
    """Make a portal with the shipped packs and nobody in it."""
    env = {
        "PORTAL_DATA": str(folder),
        "PORTAL_PHONE": "+31881234567",
        "PORTAL_BASE_URL": "http://127.0.0.1",
        "PORTAL_BUSY_PLACES": "127.0.0.1",
        "PORTAL_SECRET_KEYS": make_key("1"),
        "PORTAL_ENCRYPTION_KEYS": make_key("1"),
    }
    command = [sys.executable, "-m", "portal"]
    for words in (["db", "upgrade"], ["pack", "load", *map(str, packs())]):
        subprocess.run(
            [*command, *words],
            cwd=ROOT,
            env={**os.environ, **env},
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return env


def packs() -> list[Path]:
    """Return the shipped packs."""
    return sorted((ROOT / "portal" / "packs").glob("*.toml"))


def byte_figures(portal: Running) -> Iterator[Figure]:
    """Weigh the first visit in every language."""
    for locale, limit in FIRST_VISIT.items():
        visitor = Visitor(portal.port)
        page = visitor.get(f"/{locale}/")
        for name in _parts(page.text):
            visitor.get(name)
        yield Figure(f"first visit, {locale}", visitor.wire, limit, "B")
        yield Figure(f"requests of the first visit, {locale}", visitor.requests, 4)


def _parts(page: str) -> list[str]:
    """Return the addresses of scripts and styles that the document asks for."""
    pieces = page.replace('src="', 'href="').split('href="')[1:]
    return [piece.split('"')[0] for piece in pieces if piece.startswith("/static/")]


def phone_figures(server: Running, path: str) -> tuple[float, float, int]:
    """Return first paint and next question (ms) on a slow phone, and requests."""
    os.sched_setaffinity(0, {int(CLIENT_CORE)})
    address = f"http://127.0.0.1:{server.port}{path}"
    with look.chromium() as browser:
        paint = look.first_paint_ms(browser, address)
        asked = look.requests_of_first_visit(browser, address)
        following = look.next_question_ms(browser, address) if path != "/" else 0.0
    return paint, following, asked


def visit_figures(portal: Running, bare_paint: float) -> Iterator[Figure]:
    """Compare the first visit on a slow phone with a bare page."""
    paint, following, asked = phone_figures(portal, "/nl/")
    yield Figure("requests of the first visit, by a browser", asked, 4)
    yield Figure("first contentful paint, share of a bare page", paint / bare_paint, 1.3, "x")
    yield Figure("next question appears", following, 100, "ms")
    with look.chromium() as browser:
        wire = registration(browser, f"http://127.0.0.1:{portal.port}/nl/")
    yield Figure("whole registration", wire.bytes, 30_000, "B")
    yield Figure("requests of a registration", wire.requests, 8)
    yield Figure("requests between questions", wire.between_questions, 1)


def registration_figures(portal: Running, form: Running, folder: Path) -> Iterator[Figure]:
    """Register many people, alone and together, and count rows and receipts."""
    alone, base = by_turns((portal, register), (form, insert), count=2 * COUNT)
    loads = {1: alone, **{n: run(portal, register, count=COUNT, at_once=n) for n in (8, 32)}}
    yield Figure("server CPU per registration, x bare insert", alone.cpu_ms / base.cpu_ms, 5, "x")
    for at_once, load in loads.items():
        click.echo(
            f"   at {at_once:2} at once: p50 {load.p50_ms:7.1f} ms   p99 {load.p99_ms:7.1f} ms   "
            f"{load.journeys / load.seconds:6.1f} registrations a second"
        )
        yield Figure(f"errors, {at_once} at once", load.errors, 0)
    receipts = 1 + WARM_UP + sum(load.journeys - load.errors for load in loads.values())
    yield Figure("receipts without a row, or rows without", abs(receipts - _rows(folder)), 0)


def _rows(folder: Path) -> int:
    with sqlite3.connect(folder / "portal.sqlite3") as db:
        count: int = db.execute("SELECT count(*) FROM registration").fetchone()[0]
        return count


def main() -> None:
    """Print the table; end with 1 when a limit is broken."""
    broken = False
    with tempfile.TemporaryDirectory() as folder:
        for figure in bench(Path(folder)):
            click.echo(figure)
            broken |= not figure.kept
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()

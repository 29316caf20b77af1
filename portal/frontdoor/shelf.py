"""Public pages, written once and then handed out as bytes: the same for everybody.

A page is kept with its Brotli and gzip forms until the catalogue changes. Whether it did is asked
at most once in a few seconds, so that a visit costs a look in a dictionary. When the database does
not answer, what was right a few minutes ago is still handed out: the questions need no database.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

import brotli
from flask import Request, Response, current_app
from flask.sansio.app import App
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portal.catalogue.version import current_version
from portal.web.compress import best_coding
from portal.web.state import portal
from portal.web.transaction import reading

LOOK_AGAIN = timedelta(seconds=5)
LAST_KNOWN = timedelta(minutes=5)
# Addresses are chosen by visitors, so what is kept must have an end.
MOST_PAGES = 2000
# Under this name a request carries the rule it was answered by, when anybody may get the answer.
PUBLIC = "portal.public"


@dataclass(frozen=True)
class Leaf:
    """One page in every form a browser may ask for, by the name of its encoding."""

    bodies: dict[str, bytes]
    etag: str

    @classmethod
    def of(cls, page: str) -> Leaf:
        """Compress a page."""
        plain = page.encode()
        zipped = gzip.compress(plain, mtime=0)
        bodies = {"br": brotli.compress(plain), "gzip": zipped, "identity": plain}
        return cls(bodies, f'W/"{sha256(plain).hexdigest()[:16]}"')


class Answer(NamedTuple):
    """A whole answer of the application: headers, body, and the rule it is logged as."""

    headers: list[tuple[str, str]]
    body: list[bytes]
    rule: str


@dataclass
class Shelf:
    """The pages of one running portal, and the number of the catalogue they were written from.

    `looked_at` is when the number was asked for, `known_at` when there was an answer.
    """

    number: int = -1
    looked_at: datetime | None = None
    known_at: datetime | None = None
    leaves: dict[Hashable, Leaf] = field(default_factory=dict)
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)  # by path and coding

    def turn_to(self, number: int, now: datetime) -> None:
        """Throw away what was written from another catalogue."""
        if number != self.number:
            self.leaves, self.answers = {}, {}
        self.number, self.looked_at, self.known_at = number, now, now

    def do_without(self, now: datetime) -> bool:
        """Hold on to what is kept, if the catalogue was known not long ago; say whether it was."""
        if self.known_at is None or abs(now - self.known_at) >= LAST_KNOWN:
            return False
        self.looked_at = now
        return True

    def is_fresh(self, now: datetime) -> bool:
        """Whether the catalogue was asked for its number just now."""
        return self.looked_at is not None and abs(now - self.looked_at) < LOOK_AGAIN


def init_shelf(app: App) -> None:
    """Give the application an empty shelf."""
    app.extensions["shelf"] = Shelf()


def take(key: Hashable, write: Callable[[], str]) -> Leaf:
    """Return the page kept under `key`; `write` makes it when the shelf does not have it."""
    shelf: Shelf = current_app.extensions["shelf"]
    now = portal().clock()
    if not shelf.is_fresh(now):
        _look(shelf, now)
    leaves = shelf.leaves
    leaf = leaves.get(key)
    if leaf is None:
        leaf = Leaf.of(write())
        if len(leaves) >= MOST_PAGES:
            leaves.clear()
        # Whoever clears it meanwhile takes it from the shelf, never out of our hands.
        leaves[key] = leaf
    return leaf


def _look(shelf: Shelf, now: datetime) -> None:
    """Ask for the number of the catalogue; do without for a while when nobody answers."""
    try:
        with reading() as db:
            shelf.turn_to(current_version(db), now)
    except (OperationalError, PoolTimeout):
        if not shelf.do_without(now):
            raise


def hand_out(
    leaf: Leaf,
    asked: Request,
    *,
    seconds: int,
    vary: str = "Accept-Encoding",
    mimetype: str = "text/html",
) -> Response:
    """Answer with a page that browsers and proxies may keep for `seconds`."""
    if leaf.etag in asked.headers.get("If-None-Match", ""):
        response = Response(status=304)
    else:
        coding = best_coding(asked.headers.get("Accept-Encoding", ""))
        response = Response(leaf.bodies[coding], mimetype=mimetype)
        if coding != "identity":
            response.headers["Content-Encoding"] = coding
        if vary == "Accept-Encoding" and asked.url_rule:
            asked.environ[PUBLIC] = asked.url_rule.rule
    response.headers["ETag"] = leaf.etag
    response.headers["Vary"] = vary
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response

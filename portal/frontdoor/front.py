"""In front of Flask: a public page that was handed out once is handed out again as it was.

What is kept is the whole answer, headers included, as the application gave it. So a visit costs a
look in a dictionary and a line in the log, and nothing here knows what a page or a header means.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask

from portal.frontdoor.shelf import MOST_PAGES, PUBLIC, Answer, Shelf
from portal.web.compress import best_coding
from portal.web.state import Portal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger("portal.access")


def init_front(app: Flask) -> None:
    """Put the front before everything that was put before the application so far."""
    inside = app.wsgi_app

    def front(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" in environ:
            return inside(environ, start)
        key = environ["PATH_INFO"], best_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        portal: Portal = app.extensions["portal"]
        shelf: Shelf = app.extensions["shelf"]
        # Taken before it is filled: what an older catalogue said ends up on the older shelf.
        answers = shelf.answers
        found = answers.get(key)
        if found is None or not shelf.is_fresh(portal.clock()):
            return _ask(inside, environ, start, answers, key)
        log.info("request", extra={"method": "GET", "rule": found.rule, "status": 200, "ms": 0})
        start("200 OK", found.headers)
        return found.body

    app.wsgi_app = front  # type: ignore[method-assign,assignment]  # Flask's documented way to wrap


def _ask(
    inside: Any,
    environ: WSGIEnvironment,
    start: StartResponse,
    answers: dict[tuple[str, str], Answer],
    key: tuple[str, str],
) -> Iterable[bytes]:
    """Let the application answer; keep what it says is public."""
    headers: list[tuple[str, str]] = []

    def listen(status: str, given: list[tuple[str, str]], *error: Any) -> Any:
        headers[:] = given
        return start(status, given, *error)

    body: Iterable[bytes] = inside(environ, listen)
    if PUBLIC not in environ:
        return body
    whole = list(body)
    if hasattr(body, "close"):
        body.close()
    if len(answers) >= MOST_PAGES:
        answers.clear()
    answers[key] = Answer(list(headers), whole, environ[PUBLIC])
    return whole

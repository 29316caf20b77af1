"""Errors as pages: what happened, what to do, and a phone number. None needs the database."""

from __future__ import annotations

import logging

from flask import Flask, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import LimitedStream

from portal.catalogue.snapshot import EmptyCatalogueError
from portal.i18n import gettext as _
from portal.web.logs import cause_and_place
from portal.web.state import portal

log = logging.getLogger(__name__)
ALLOWED = ("GET", "HEAD", "POST", "OPTIONS")


class TryLaterError(Exception):
    """Too many tries in a short time."""


def init_errors(app: Flask) -> None:
    """Translate every error into a page."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(TryLaterError, lambda _error: error_page(429))
    # A portal without a pack knows nobody who could call: it is not open yet. A database without
    # its tables is none.
    for down in (OperationalError, ProgrammingError, PoolTimeout, EmptyCatalogueError):
        app.register_error_handler(down, database_down)
    app.register_error_handler(Exception, unexpected)
    app.before_request(refuse_other_methods)
    app.before_request(take_the_form)


def refuse_other_methods() -> None:
    """Refuse methods that no page has, also at addresses that do not exist."""
    if request.method not in ALLOWED:
        abort(405)


def take_the_form() -> None:
    """Read the whole form before anything is done with it, and refuse one that is too large.

    A form that arrives slowly then keeps nobody waiting who writes in the database. A body that
    is sent in pieces, without its length, is read up to the limit and the rest left off: half an
    answer is worse than none, so whatever fills the limit is refused.
    """
    if request.method != "POST":
        return
    request.form.keys()
    if request.content_length is not None:
        return
    body = request.stream
    if isinstance(body, LimitedStream) and body.is_exhausted:
        abort(413)


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Show 404, 405, 413 and the like; a redirect passes untouched."""
    code = error.code or 500
    if code < 400:
        return error.get_response()
    return error_page(code)


def database_down(error: Exception) -> ResponseReturnValue:
    """Say that the door is stuck, and who to call."""
    log.error("database", extra={"cause": type(error).__name__})
    return error_page(503)


def unexpected(error: Exception) -> ResponseReturnValue:
    """Say sorry. The log gets the kind and the place of the error, never its words."""
    log.error("unexpected", extra=cause_and_place(error))
    return error_page(500)


def error_page(code: int) -> ResponseReturnValue:
    """Render the page for a status code."""
    title, text = _sentence(code)
    page = render_template(
        "frontdoor/error.html", heading=title, text=text, phone=portal().settings.phone, code=code
    )
    response = make_response(page, code)
    if code == 503:
        response.headers["Retry-After"] = "60"
    if code == 405:
        response.headers["Allow"] = (
            ", ".join(sorted(request.url_rule.methods or ())) if (request.url_rule) else "GET"
        )
    return response


def _sentence(code: int) -> tuple[str, str]:
    sentences = {
        403: (_("This did not come from our page"), _("Go to the start and try again.")),
        404: (_("We cannot find this page"), _("Start again, or call us. We like to help.")),
        413: (_("That is too much text"), _("Go back and write less. Or call us.")),
        429: (_("Please wait a moment"), _("Try again in a few minutes. Or call us.")),
        500: (_("Something went wrong with us"), _("It is not your fault. Try again, or call us.")),
        503: (_("The door is stuck for a moment"), _("Try again in a minute. Or call us.")),
    }
    sentences[405] = sentences[404]
    other = 500 if code >= 500 else 404
    return sentences.get(code, sentences[other])

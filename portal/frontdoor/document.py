"""The first document: start and all questions. Public, and the same for everybody in a language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from flask import Flask, abort, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.catalogue.place import Place, place_of_entry
from portal.frontdoor import bp
from portal.frontdoor.front import init_front
from portal.frontdoor.shelf import hand_out, init_shelf, take
from portal.i18n import LOCALES, current_locale
from portal.i18n.locales import SPOKEN
from portal.registration.questions import QUESTIONS
from portal.settings import ROOT
from portal.web.catalogue import catalogue
from portal.web.minify import minify
from portal.web.transaction import reading

LOCALE = f"<any({','.join(LOCALES)}):locale>"
KEEP_SECONDS = 300
# What can be a link; anything else is not worth a question to the database.
SLUG = re.compile(r"[a-z0-9-]{1,64}")

Values = Mapping[str, Sequence[str]]


@cache
def first_paint_styles() -> tuple[str, ...]:
    """Return the inline style blocks that the content policy allows by hash."""
    return (minify(".css", (ROOT / "static" / "tenant.css").read_bytes()).decode(),)


@bp.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Give the application a shelf for public pages, and templates the questions."""
    init_shelf(state.app)
    init_front(cast("Flask", state.app))
    state.app.jinja_env.globals.update(questions=QUESTIONS, spoken=SPOKEN)


@bp.get("/")
def first() -> ResponseReturnValue:
    """The document in the language of the phone."""
    leaf = take((current_locale(), ""), _write_document)
    return hand_out(leaf, request, seconds=0, vary="Accept-Encoding, Accept-Language")


@bp.get(f"/{LOCALE}/")
def document(locale: str) -> ResponseReturnValue:
    """The document without a place: the portal's own phone number and general sentences."""
    return hand_out(take((locale, ""), _write_document), request, seconds=KEEP_SECONDS)


@bp.get(f"/{LOCALE}/<entry>/")
def document_here(locale: str, entry: str) -> ResponseReturnValue:
    """The document a link or a QR code leads to: the programme's words, its tiles inline."""
    leaf = take((locale, entry), lambda: _write_document(entry))
    return hand_out(leaf, request, seconds=KEEP_SECONDS)


@bp.get(f"/{LOCALE}/sixteen")
def sixteen(locale: str) -> ResponseReturnValue:
    """What somebody younger than 16 is told."""
    leaf = take((locale, "/sixteen"), lambda: render_template("frontdoor/sixteen.html"))
    return hand_out(leaf, request, seconds=KEEP_SECONDS)


def _write_document(entry: str = "") -> str:
    place = find_place(entry)
    if entry and place is None:
        abort(404)
    return write_document({}, entry=entry, place=place, near=place.near if place else None)


def find_place(entry: str) -> Place | None:
    """Return the place of an entry link; None without one, or when it is gone."""
    if not SLUG.fullmatch(entry):
        return None
    with reading() as db:
        return place_of_entry(catalogue(db), entry, locale=current_locale())


def write_document(values: Values, **context: object) -> str:
    """Write the document with these answers in it."""
    return render_template(
        "frontdoor/document.html",
        first_paint=Markup(first_paint_styles()[0]),  # noqa: S704  # our own file
        values=values,
        **{"errors": {}, **context},
    )

"""The check page: the same promise for the registrar to see and for the person to hear."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.i18n import LOCALES, RTL, current_locale, use_locale
from portal.i18n import gettext as _
from portal.i18n.formats import language_here
from portal.registration.answers import Answers
from portal.registration.placing import Placement
from portal.registration.summary import summarize
from portal.walkin.reading import Told, read_interpreter, written_locale
from portal.walkin.words import INTERPRETER_WORDS
from portal.web.shown import sign
from portal.web.state import now


def show_check(
    told: Told,
    answers: Answers,
    placement: Placement,
    *,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    """Write the page, with a fresh promise to agree to; `answers` are what was told."""
    page = render_template(
        "walkin/check.html",
        placement=placement,
        values=told.values,
        errors=errors or {},
        notice=notice or _gone(told),
        shown=sign(placement, door="walkin", now=now()),
        lines=summarize(answers, told.catalogue),
        way=answers.way,
        interpreters=INTERPRETER_WORDS,
        interpreter=read_interpreter(told.values) or "nobody",
        **_aloud(answers, placement),
    )
    return page, status


def _aloud(answers: Answers, placement: Placement) -> dict[str, object]:
    """The sentences in the language of the person, and in that of the registrar."""
    locale, here = written_locale(answers.language), current_locale()
    return {
        "locale": locale,
        "direction": "rtl" if locale in RTL else "ltr",
        "aloud": _sentences(answers, placement, locale),
        "translated": _sentences(answers, placement, here) if locale != here else "",
        # Whoever interprets needs a text that the registrar can read.
        "unwritten": answers.language not in LOCALES,
        "spoken_name": language_here(answers.language),
        "locale_name": language_here(locale),
    }


def _sentences(answers: Answers, placement: Placement, locale: str) -> Markup:
    with use_locale(locale):
        page = render_template("shared/aloud.html", placement=placement, way=answers.way)
    return Markup(page)  # noqa: S704  # our own template, which escapes what it is given


def _gone(told: Told) -> str:
    if not told.parsed.gone:
        return ""
    return _("Something that was chosen is no longer on offer. Look at what is left below.")

"""The check page: the same promise for the registrar to see and for the person to hear."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.i18n import gettext as _
from portal.registration.answers import Answers
from portal.registration.placing import Placement
from portal.registration.summary import summarize
from portal.walkin.reading import Told, read_interpreter
from portal.walkin.words import INTERPRETER_WORDS
from portal.web.aloud import in_both
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
    return in_both(
        answers.language,
        lambda: render_template("shared/aloud.html", placement=placement, way=answers.way),
    )


def _gone(told: Told) -> str:
    if not told.parsed.gone:
        return ""
    return _("Something that was chosen is no longer on offer. Look at what is left below.")

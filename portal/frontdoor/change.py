"""The document again, filled in as typed: another language, or one answer to change."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.catalogue.nearby import Nearby, near_postcode
from portal.frontdoor import bp
from portal.frontdoor.chosen import with_chosen
from portal.frontdoor.document import LOCALE, Values, find_place, write_document
from portal.registration.answers import digits_of, entry_of, two_answers
from portal.registration.questions import QUESTIONS, anchor_of
from portal.registration.reading import Problem
from portal.web.catalogue import catalogue
from portal.web.problems import sentences
from portal.web.transaction import reading

FIELDS = {field for question in QUESTIONS for field in question.fields}
MOST_VALUES = 40


@bp.get(f"/{LOCALE}/change")
def change_again(locale: str) -> ResponseReturnValue:
    """A reload without the answers: the start."""
    return redirect(url_for(".document", locale=locale), code=303)


@bp.post(f"/{LOCALE}/change")
def change(locale: str) -> ResponseReturnValue:
    """Show every answer as it was typed; `open` names the question to show first."""
    if problems := two_answers(request.form.to_dict(flat=False)):
        return show_problems(locale, problems)
    opened = request.form.get("open", "")
    known = {question.key for question in QUESTIONS}
    return fill_document(locale, values_of(), opened=opened if opened in known else "")


def show_problems(locale: str, problems: Sequence[Problem]) -> ResponseReturnValue:
    """Show the questions as they were answered, with what to put right."""
    fields = [problem.field for problem in problems]
    opened = next((each.key for each in QUESTIONS if set(each.fields) & set(fields)), "")
    return fill_document(locale, values_of(), errors=sentences(problems), opened=opened), 422


def values_of() -> Values:
    """Return the answers in this request as typed, without fields that are not questions."""
    values = {name: request.form.getlist(name)[:MOST_VALUES] for name in FIELDS & set(request.form)}
    # The language to be called in was never touched if it is still that of the page left behind.
    if values.get("language") == request.form.getlist("was"):
        del values["language"]
    return values


def fill_document(
    locale: str, values: Values, *, errors: dict[str, str] | None = None, opened: str = ""
) -> str:
    """Write the document with answers in it, and with what is wrong: `{field: sentence}`.

    It holds what a person typed, so it is never kept anywhere.
    """
    entry = entry_of(request.form.to_dict(flat=False)) or ""
    place = find_place(entry)
    return write_document(
        values,
        errors={anchor_of(field): sentence for field, sentence in (errors or {}).items()},
        filled=True,
        open=opened,
        entry=entry if place else "",
        place=place,
        near=_near(locale, values, place.near if place else None),
    )


def _near(locale: str, values: Values, here: Nearby | None) -> Nearby | None:
    """Return what there is near the postcode that was typed, else `here`; and what was chosen."""
    digits = digits_of({"postcode": values.get("postcode", ())})
    with reading() as db:
        known = catalogue(db)
        near = near_postcode(known, digits, locale=locale) if digits else here
        return with_chosen(near, values, known, locale)

"""The dense page: shown empty, or as it was typed with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.catalogue.nearby import Nearby, near_postcode
from portal.catalogue.snapshot import Snapshot
from portal.i18n import current_locale
from portal.registration.answers import FIELD_OF, digits_of
from portal.registration.questions import QUESTIONS
from portal.registration.reading import Problem
from portal.walkin.stand import Stand, near_stand, stands_of
from portal.walkin.words import INTERPRETER_WORDS, language_choices
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.problems import sentences
from portal.web.transaction import reading

Values = Mapping[str, Sequence[str]]

# The link is ours to know, not for the page to say.
ANSWER_FIELDS = tuple(field for field in FIELD_OF.values() if field != "entry")
FIELDS = (*ANSWER_FIELDS, "interpreter", "counter")
MOST_VALUES = 40
# Where the message about a field stands, when that is not the field itself.
BESIDE = {
    "postcode_hidden": "postcode",
    "landlord_hidden": "landlord",
    **dict.fromkeys(("rather", "counter"), "walkin"),
}


def typed() -> Values:
    """Return what was filled in, as typed; fields that are not ours are left out."""
    form = request.form
    return {field: form.getlist(field)[:MOST_VALUES] for field in FIELDS if field in form}


def sent() -> Values:
    """Return every field of this request, also those that are no answer."""
    return request.form.to_dict(flat=False)


def my_stand(db: Session) -> tuple[Stand, Sequence[Stand]]:
    """Return the counter this form is for, and all counters of the registrar."""
    stands = stands_of(db, current_identity())
    if not stands:
        abort(403)
    counter = request.form.get("counter")
    return next((stand for stand in stands if stand.slug == counter), stands[0]), stands


def show_form(values: Values, problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    """Write the page with these answers in it, and what is wrong with them."""
    with reading() as db:
        stand, stands = my_stand(db)
        known = catalogue(db)
        near = _near(known, values) or near_stand(known, stand, locale=current_locale())
    page = render_template(
        "walkin/new.html",
        questions=QUESTIONS,
        values=values,
        errors={_anchor_of(field): words for field, words in sentences(problems).items()},
        stand=stand,
        stands=stands,
        near=near,
        languages=language_choices(),
        interpreters=INTERPRETER_WORDS,
    )
    return page, 422 if problems else 200


def _anchor_of(field: str) -> str:
    """Return the id on the page; what travels along unseen has no place but the whole form."""
    return BESIDE.get(field, field if field in FIELDS else "walkin")


def _near(known: Snapshot, values: Values) -> Nearby | None:
    """Return what there is near the postcode that was typed, if it is one."""
    digits = digits_of(values)
    return near_postcode(known, digits, locale=current_locale()) if digits else None

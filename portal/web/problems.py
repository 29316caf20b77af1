"""What is wrong with an answer, as a sentence that says what to do. Both doors use these words."""

from __future__ import annotations

from collections.abc import Iterable

from portal.i18n import gettext as _
from portal.registration.answers import FIELD_OF
from portal.registration.reading import Problem


def sentences(problems: Iterable[Problem]) -> dict[str, str]:
    """Return `{field: sentence}` in the language of the page, in the order of the questions."""
    order = list(FIELD_OF.values())
    in_order = sorted(problems, key=lambda problem: order.index(problem.field))
    return {problem.field: sentence(problem) for problem in in_order}


def sentence(problem: Problem) -> str:
    """Return what to do about one problem."""
    match problem.code:
        case "bsn":
            return bsn_sentence(problem.field)
        case "long":
            return _("This is too long. Write it shorter.")
        case "two":
            return _("We got 2 answers here. Give 1 answer.")
        case "unknown":
            return _("We do not know this answer. Choose again.")
        case "under_sixteen":
            return _("You are younger than 16. Call us together with a parent or your school.")
    return _by_field(problem.field)


def bsn_sentence(field: str) -> str:
    """Explain that we never want a BSN, and what to do when it is something else."""
    if field == "phone":
        return _(
            "This looks like a BSN. We do not want your BSN. "
            "Is it your phone number? Then begin with 0."
        )
    return _("This looks like a BSN. We do not want your BSN. Please take it out.")


def line_sentence(code: str) -> str:
    """Return what to do about a line of free text.

    Codes are those of `WrongLineError`, and "later": there were too many.
    """
    match code:
        case "bsn":
            return _(
                "Some digits look like a BSN. We do not want your BSN. "
                "Please take it out. Is it something else? Then tick the box."
            )
        case "long":
            return _("This is too long. Write it shorter.")
        case "later":
            return _("It is very busy now. Wait a few minutes and try again. Or call us.")
    return _("Write something first.")


def _by_field(field: str) -> str:
    match field:
        case "wish":
            return _("Choose at least 1 thing. “I don't know yet” is fine too.")
        case "postcode":
            return _(
                "Write 4 digits and 2 letters, for example 5611 AB. Or choose “I'd rather not say”."
            )
        case "phone":
            return _(
                "Write your phone number, for example 06 12345678. "
                "Or your e-mail address, or drop by."
            )
        case "email":
            return _("Write your e-mail address, for example name@post.nl.")
        case "first_name":
            return _("Write the name we may call you.")
    return _("Look at this answer again.")

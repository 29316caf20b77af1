"""What is wrong with an answer, as a sentence that says what to do. Both doors use these words."""

from __future__ import annotations

from collections.abc import Iterable

from portal.i18n import gettext as _
from portal.registration.answers import FIELD_OF
from portal.registration.reading import Problem


def sentences(problems: Iterable[Problem]) -> dict[str, str]:
    """Return `{field: sentence}` in the language of the page, in the order of the questions."""
    order = {field: number for number, field in enumerate(FIELD_OF.values())}
    in_order = sorted(problems, key=lambda problem: order.get(problem.field, len(order)))
    return {problem.field: sentence(problem) for problem in in_order}


def sentence(problem: Problem) -> str:
    """Return what to do about one problem."""
    if problem.code == "bsn":
        return bsn_sentence(problem.field)
    if problem == Problem("phone", "wrong"):
        return _("This is not a phone number yet. Write the whole number.")
    return _by_code(problem.code) or _by_field(problem.field)


def _by_code(code: str) -> str:
    """Return what to do, whatever the field is; "" when that depends on it."""
    words = {
        "both": _("You wrote a postcode and chose “I'd rather not say”. Choose 1 of the 2."),
        "long": _("This is too long. Write it shorter."),
        "two": _("We got 2 answers here. Give 1 answer."),
        "unknown": _("We do not know this answer. Choose again."),
        "under_sixteen": _(
            "You are younger than 16. Call us together with a parent or your school."
        ),
    }
    return words.get(code, "")


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

    Codes are those of `WrongLineError`, "later" (there were too many), and "tomorrow" (too many
    numbers today).
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
        case "tomorrow":
            return _("You changed your number often today. Try again tomorrow, or call us.")
    return _("Write something first.")


def _by_field(field: str) -> str:
    match field:
        case "wish":
            return _("Choose at least 1 thing. “I don't know yet” is fine too.")
        case "postcode":
            return _("This is not a postcode yet. Write 4 digits and 2 letters.")
        case "phone":
            return _("Write your phone number, for example 06 12345678. Or your e-mail address.")
        case "email":
            return _("Write your e-mail address, for example name@post.nl.")
        case "first_name":
            return _("Write the name we may call you.")
    return _("Look at this answer again.")

"""Words of the walk-in door, in English; pages translate them when they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from babel import Locale

from portal.i18n import current_locale
from portal.i18n import gettext as _
from portal.i18n.locales import SPOKEN
from portal.registration.reading import Problem


def N_(message: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark `message` as a sentence to translate, and return it as it is."""
    return message


INTERPRETER_WORDS: Mapping[str, str] = {
    "nobody": N_("Nobody, we understand each other"),
    "family": N_("Family or a friend"),
    "registrar": N_("I do"),
    "professional": N_("A professional interpreter"),
    "other": N_("Somebody else"),
}

# By field and code first, then by code alone: the same code asks for something else per field.
PROBLEM_WORDS: Mapping[tuple[str, str], str] = {
    ("wish", "needed"): N_("Tick at least 1 wish. “I don't know yet” is fine too."),
    ("first_name", "needed"): N_("Write the first name."),
    ("phone", "reach"): N_("Write a phone number or an e-mail address, or choose “drops by”."),
    ("age16", "under_sixteen"): N_("Younger than 16: call together with a parent or school."),
    ("", "postcode"): N_("Write 4 digits and 2 letters, for example 5611 AB. Or leave it empty."),
    ("", "phone"): N_("Write the phone number, for example 06 12345678."),
    ("", "email"): N_("Write the e-mail address, for example name@example.nl. Or leave it empty."),
    ("", "bsn"): N_("This looks like a citizen service number (BSN). We never ask for it."),
    ("", "long"): N_("This is too long. Write less."),
    ("", "two"): N_("There are 2 answers here. Write 1."),
    ("", "unknown"): N_("Choose again here: this answer is not one of ours."),
    ("", "interpreter"): N_("Say who interpreted."),
    ("", "consent"): N_("Read the sentences aloud, and tick what the person answered."),
}
SOMETHING_WRONG = N_("Look at this again.")


def sentences(problems: Iterable[Problem]) -> dict[str, str]:
    """Return what to do about each problem, `{field: sentence}`, in the language of the page."""
    return {problem.field: _(_words_for(problem)) for problem in problems}


def _words_for(problem: Problem) -> str:
    general = PROBLEM_WORDS.get(("", problem.code), SOMETHING_WRONG)
    return PROBLEM_WORDS.get((problem.field, problem.code), general)


def language_choices() -> list[tuple[str, str]]:
    """Return `(code, words)` of every language spoken, in the words of the page and in its own.

    The language of the page comes first: it is the one most people at the counter share.
    """
    names = Locale.parse(current_locale()).languages
    pairs = [(code, names.get(code, own), own) for code, own in SPOKEN.items()]
    here = current_locale()
    ordered = sorted(pairs, key=lambda each: (each[0] != here, each[1].casefold()))
    return [(code, name if name == own else f"{name} · {own}") for code, name, own in ordered]

"""Words of the walk-in door, in English; pages translate them when they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from portal.i18n import current_locale
from portal.i18n.formats import language_here, language_name
from portal.i18n.locales import SPOKEN


def N_(message: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark `message` as a sentence to translate, and return it as it is."""
    return message


INTERPRETER_WORDS: Mapping[str, str] = {
    "nobody": N_("Nobody"),
    "family": N_("Family or a friend"),
    "registrar": N_("I do"),
    "professional": N_("A professional interpreter"),
    "other": N_("Somebody else"),
}


def language_choices() -> list[tuple[str, str]]:
    """Return `(code, words)` of every language spoken, in the words of the page and in its own.

    The language of the page comes first: it is the one most people at the counter share.
    """
    here = current_locale()
    pairs = [(code, language_here(code), language_name(code)) for code in SPOKEN]
    ordered = sorted(pairs, key=lambda each: (each[0] != here, each[1].casefold()))
    return [(code, name if name == own else f"{name} · {own}") for code, name, own in ordered]

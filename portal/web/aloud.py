"""What is read aloud before somebody agrees: in the language of the person, and in one's own."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from portal.i18n import LOCALES, RTL, current_locale, use_locale
from portal.i18n.formats import language_here

# Who speaks one of these reads the other; everybody else whose language we do not write gets
# Dutch on paper, which somebody near them can read.
READS: dict[str, str] = {"ary": "ar"}


def written_locale(language: str) -> str:
    """Return the language in which we write to somebody who speaks `language`."""
    return language if language in LOCALES else READS.get(language, "nl")


def in_both(language: str, render: Callable[[], str]) -> dict[str, object]:
    """Return what `staff/read_aloud.html` shows to whoever reads to somebody of this language.

    `render` writes the sentences in the language that is current, with our own templates.
    """
    locale, here = written_locale(language), current_locale()
    return {
        "locale": locale,
        "direction": "rtl" if locale in RTL else "ltr",
        "aloud": _sentences(render, locale),
        "translated": _sentences(render, here) if locale != here else "",
        # Whoever interprets needs a text that whoever reads can read.
        "unwritten": language not in LOCALES,
        "spoken_name": language_here(language),
        "locale_name": language_here(locale),
    }


def _sentences(render: Callable[[], str], locale: str) -> Markup:
    with use_locale(locale):
        page = render()
    return Markup(page)  # noqa: S704  # our own templates, which escape what they are given

"""Make the words of a message, in a language, at the moment it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape

from portal.i18n import (
    LOCALES,
    RTL,
    STAFF_LOCALES,
    current_locale,
    gettext,
    ngettext,
    npgettext,
    pgettext,
    use_locale,
)
from portal.i18n.formats import phone_shown, weekday_date
from portal.notify.kinds import PERSON, UnknownKindError, kind_of
from portal.settings import ROOT

# Rule 8: somebody else may read an SMS. First names, a day and a number; it knows nothing else.
SMS_WORDS = ("name", "caller", "number", "day")
DEFAULT_LOCALE = "nl"
LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"


class HiddenLink:
    """Stands where a private link will stand, for whoever reads along; in the language written."""

    def __str__(self) -> str:
        """Return what is read instead of the link."""
        return gettext("[their own link]")


class ComposeError(Exception):
    """The words cannot be made: no such kind or template, or a place in it stays open."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Words in one language. An SMS has no subject. Stays out of `repr`, and so out of logs."""

    locale: str
    subject: str
    text: str

    def __repr__(self) -> str:
        return "<Letter>"


def compose(kind: str, way: str, words: Mapping[str, object], locale: str) -> Letter:
    """Write a message of this kind for "mail" or "sms"; raises `ComposeError`.

    Staff read Dutch or English. A language that is not offered becomes Dutch.
    """
    try:
        audience = kind_of(kind).audience
        template = _environment().get_template(f"{audience}/{kind}.{way}.txt")
        known = _for_sms(words) if (audience, way) == (PERSON, "sms") else words
        offered = LOCALES if audience == PERSON else STAFF_LOCALES
        spoken = locale if locale in offered else DEFAULT_LOCALE
        with use_locale(spoken):
            written = template.render(known)
    except (UnknownKindError, TemplateError) as error:
        raise ComposeError(f"{kind}.{way}") from error
    return _letter(written, way, spoken)


def _letter(written: str, way: str, locale: str) -> Letter:
    """The first line of a mail is its subject. An SMS is one paragraph."""
    if way == "sms":
        return Letter(locale, "", " ".join(written.split()))
    subject, _, text = written.strip().partition("\n")
    return Letter(locale, " ".join(subject.split()), text.strip() + "\n")


def _for_sms(words: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in words.items() if key in SMS_WORDS}


@cache
def _environment() -> Environment:
    """Templates of plain text. A name that is not given is an error, never an empty place."""
    made = Environment(
        loader=FileSystemLoader(ROOT / "templates" / "messages"),
        # Nothing is HTML here; a name with an apostrophe stays as it is.
        autoescape=select_autoescape(enabled_extensions=(), default=False),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.filters.update(weekday_date=weekday_date, phone=_phone)
    return made


def _phone(number: str) -> str:
    """Show a number. Among words from right to left a blank or a plus would turn it round."""
    # Of a place that stays open no text can be made; that is the error it should be.
    shown = phone_shown(str(number))
    return LEFT_TO_RIGHT + "".join(shown.split()) if current_locale() in RTL else shown

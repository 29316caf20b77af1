"""Gettext over a context variable: the language of this request, this mail, this line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations

from babel.support import Translations

from portal.settings import ROOT

DOMAINS = ("tenant", "staff")
SOURCE = "en"

_locale: ContextVar[str] = ContextVar("locale", default="nl")


def current_locale() -> str:
    """Return the language that is being written in."""
    return _locale.get()


@contextmanager
def use_locale(locale: str) -> Iterator[None]:
    """Write in `locale` until the block ends."""
    token = _locale.set(locale)
    try:
        yield
    finally:
        _locale.reset(token)


def set_locale(locale: str) -> None:
    """Write in `locale` from here on; for the start of a request, which has its own context."""
    _locale.set(locale)


@cache
def _words(locale: str) -> NullTranslations:
    if locale == SOURCE:
        return NullTranslations()
    both = [Translations.load(ROOT / "translations", [locale], domain) for domain in DOMAINS]
    first, second = both
    if isinstance(first, Translations):
        return first.merge(second) if isinstance(second, Translations) else first
    return second


def gettext(message: str) -> str:
    """Translate `message`."""
    return _words(_locale.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Translate with the plural form that `count` needs."""
    return _words(_locale.get()).ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Translate `message` as it is meant in `context`."""
    return _words(_locale.get()).pgettext(context, message)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """Translate with context and the plural form that `count` needs."""
    return _words(_locale.get()).npgettext(context, one, many, count)

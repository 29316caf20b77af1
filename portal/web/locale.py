"""The language of an answer: from the address for tenants, from the account for staff."""

from __future__ import annotations

from flask import Flask, Request, request
from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from portal.clock import amsterdam_day
from portal.i18n import (
    LOCALES,
    RTL,
    current_locale,
    formats,
    gettext,
    ngettext,
    npgettext,
    pgettext,
)
from portal.i18n.translate import set_locale
from portal.web.pages import as_typed, shown


def best_locale(asked: Request) -> str:
    """Return the offered language this browser likes best, Dutch if none fits."""
    return asked.accept_languages.best_match(LOCALES) or "nl"


def locale_of(path: str) -> str | None:
    """Return the language that an address begins with."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in LOCALES else None


def init_locale(app: Flask) -> None:
    """Write every answer in its language, and teach the templates to translate."""
    teach(app.jinja_env)

    @app.before_request
    def choose() -> None:
        set_locale(locale_of(request.path) or best_locale(request))


def teach(env: Environment) -> None:
    """Give a Jinja environment our words and formats."""
    env.finalize = shown
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    # Most of all words; the extension would look it up anew each time.
    env.globals["_"] = _say
    env.filters.update(
        weekday_date=formats.weekday_date,
        short_date=formats.short_date,
        time_shown=formats.time_shown,
        phone_shown=formats.phone_shown,
        language_name=formats.language_name,
        language_here=formats.language_here,
        listed=formats.listed,
        local_day=amsterdam_day,
        as_typed=as_typed,
    )
    env.globals.update(
        current_locale=current_locale,
        is_rtl=lambda: current_locale() in RTL,
        locales=LOCALES,
    )


@pass_eval_context
def _say(context: EvalContext, message: str, **parts: object) -> str:
    """Translate `message` in a template, and put its parts in, escaped."""
    text = gettext(message)
    if context.autoescape:
        text = Markup(text)  # noqa: S704  # our own words
    return text % parts if "%" in text else text

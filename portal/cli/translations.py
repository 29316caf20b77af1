"""Words: take them from code and templates, bring catalogues up to date, compile, check."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal.i18n import LOCALES, STAFF_LOCALES
from portal.settings import ROOT

FOLDER = ROOT / "translations"
# A door's words belong to whoever stands at it; what doors share is written for tenants, but for
# what is only read at work. The longest path that a file lies in decides.
STAFF_PATHS = (
    "templates/desk",
    "templates/reply",
    "templates/shared/partner",
    "templates/walkin",
    "templates/staff",
    "portal/desk",
    "portal/reply",
    "portal/walkin",
    "portal/web/partner",
    "portal/web/coverage_words.py",
    "portal/web/staff_words.py",
    "templates/messages/staff",
)
TENANT_PATHS = (
    "templates/frontdoor",
    "templates/shared",
    "templates/base.html",
    "portal/frontdoor",
    "portal/web",
    "portal/registration",
    "portal/followup",
    "portal/notify",
    "templates/messages/person",
)
PATHS = {"tenant": TENANT_PATHS, "staff": STAFF_PATHS}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "N_": None,
}
JINJA = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
OPTIONS = {"**.html": JINJA, "**.txt": JINJA}


@click.group()
def group() -> None:
    """Words: extract, update, compile, check."""


def locales_of(domain: str) -> list[str]:
    """Return the languages a domain is translated into; English is the source."""
    offered = LOCALES if domain == "tenant" else STAFF_LOCALES
    return [locale for locale in offered if locale != "en"]


def extract_words(domain: str) -> Catalog:
    """Collect every message of a domain, in a stable order, without line numbers."""
    catalog = Catalog(project="Voordeur", charset="utf-8")
    for path in PATHS[domain]:
        for name, _line, message, comments, context in _messages(ROOT / path):
            if _domain_of(name) != domain:
                continue
            catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def _domain_of(name: str) -> str:
    lies_in = [
        (len(path), domain)
        for domain, paths in PATHS.items()
        for path in paths
        if name == path or name.startswith(f"{path}/")
    ]
    return max(lies_in)[1]


def _messages(path: Path) -> Iterator[tuple[str, int, Any, list[str], str | None]]:
    folder = path if path.is_dir() else path.parent
    for name, line, message, comments, context in extract_from_dir(
        folder, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        if path.is_dir() or name == path.name:
            yield str((folder / name).relative_to(ROOT)), line, message, comments, context


def po_file(locale: str, domain: str) -> Path:
    """Return the catalogue of a language."""
    return FOLDER / locale / "LC_MESSAGES" / f"{domain}.po"


@group.command()
def update() -> None:
    """Extract all words and bring every catalogue up to date; nothing translated is lost."""
    for domain in PATHS:
        words = extract_words(domain)
        _write(FOLDER / f"{domain}.pot", words)
        for locale in locales_of(domain):
            path = po_file(locale, domain)
            with path.open("rb") as file:
                catalog = read_po(file, locale=locale, domain=domain)
            catalog.update(words, no_fuzzy_matching=True, update_creation_date=False)
            _write(path, catalog)


def _write(path: Path, catalog: Catalog) -> None:
    catalog.creation_date = None  # type: ignore[assignment]  # a date would change every run
    with path.open("wb") as file:
        write_po(
            file, catalog, width=100, sort_by_file=True, include_lineno=False, ignore_obsolete=True
        )


@group.command("compile")
def compile_words() -> None:
    """Compile every catalogue for use."""
    for domain in PATHS:
        for locale in locales_of(domain):
            path = po_file(locale, domain)
            target = path.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
                continue
            with path.open("rb") as file:
                catalog = read_po(file, locale=locale, domain=domain)
            with target.open("wb") as file:
                write_mo(file, catalog)


@group.command()
def missing() -> None:
    """List what is not translated; fails when a tenant's word is missing."""
    lost = [
        f"{locale} {domain}: {message.id}"
        for domain in PATHS
        for locale in locales_of(domain)
        for message in _untranslated(locale, domain)
    ]
    click.echo("\n".join(lost) or "Every word is there.")
    sys.exit(1 if lost else 0)


def _untranslated(locale: str, domain: str) -> Iterator[Message]:
    with po_file(locale, domain).open("rb") as file:
        catalog = read_po(file, locale=locale, domain=domain)
    for message in extract_words(domain):
        if not message.id:
            continue
        found = catalog.get(message.id, message.context)
        texts = found.string if found else ""
        if not all(texts if isinstance(texts, tuple | list) else [texts]):
            yield message

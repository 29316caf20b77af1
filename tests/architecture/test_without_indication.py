"""Rule 1: nothing on any screen, pack or table asks for or makes an indication."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from portal.tables import Base
from tests.architecture.layers import ROOT

FORBIDDEN = frozenset(
    """
    benefit benefits income salary debt debts bsn ssn birth birthdate birthday dob age gender sex
    nationality ethnicity religion diagnosis diagnose disability health indication indicatie
    eligible eligibility decision besluit uitkering inkomen schuld geboorte geboortedatum geslacht
    nationaliteit score rating
    """.split()  # noqa: SIM905 -- a list of words reads best as words
)
# Rule 1 allows exactly one question about age: 16 or older, yes or no.
ALLOWED = frozenset({"age16"})
FIELD_NAME = re.compile(r"""\bname=["']([\w-]+)["']""")
FORM_FIELD = re.compile(r"^\s+(\w+) = \w*Field\(", re.MULTILINE)


def forbidden_words(name: str) -> set[str]:
    """Return the words in a name such as `monthly_income` that nobody may be asked about."""
    words = set(re.split(r"[_\-.\s]+|(?<=[a-z])(?=[A-Z0-9])", name)) - {""}
    return set() if name in ALLOWED else {word.lower() for word in words} & FORBIDDEN


def columns() -> Iterator[str]:
    """Name every column of every table."""
    for table in Base.metadata.tables.values():
        yield from (column.name for column in table.columns)


def field_names() -> Iterator[str]:
    """Name every field of every form, in templates and in Python."""
    for template in (ROOT / "templates").rglob("*.html"):
        yield from FIELD_NAME.findall(template.read_text(encoding="utf-8"))
    for module in (ROOT / "portal").rglob("*.py"):
        yield from FORM_FIELD.findall(module.read_text(encoding="utf-8"))


def pack_keys() -> Iterator[str]:
    """Name every key in the packs that ship."""
    for pack in (ROOT / "portal" / "packs").glob("*.toml"):
        yield from _keys(tomllib.loads(pack.read_text(encoding="utf-8")))


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _keys(inner)
    if isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def test_no_table_has_a_column_for_what_nobody_is_asked() -> None:
    names = set(columns())
    assert "first_name" in names
    assert [name for name in sorted(names) if forbidden_words(name)] == []


def test_no_form_has_a_field_for_what_nobody_is_asked() -> None:
    names = set(field_names())
    assert names
    assert [name for name in sorted(names) if forbidden_words(name)] == []


def test_no_pack_has_a_key_for_what_nobody_is_asked() -> None:
    names = set(pack_keys())
    assert "programme" in names
    assert [name for name in sorted(names) if forbidden_words(name)] == []


@pytest.mark.parametrize(
    "name",
    ["monthly_income", "bsn", "date_of_birth", "dateOfBirth", "wmo-indicatie", "age", "age18"],
)
def test_a_planted_word_is_found(name: str) -> None:
    assert forbidden_words(name)


@pytest.mark.parametrize("name", ["language", "postcode", "age16", "decided_at", "phone_hours"])
def test_an_ordinary_word_is_not(name: str) -> None:
    assert not forbidden_words(name)

"""Turn a TOML file into a pack, or refuse it whole with everything that is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from portal.catalogue.pack import entries
from portal.catalogue.pack.check import check_pack
from portal.catalogue.pack.problems import PackError, Problem
from portal.catalogue.pack.shapes import Pack
from portal.catalogue.pack.table import Table
from portal.settings import ROOT

Shape = TypeVar("Shape")


def shipped_packs() -> list[Path]:
    """Return the packs that come with the portal, by name."""
    return sorted((ROOT / "portal" / "packs").glob("*.toml"))


def read_pack(path: Path) -> Pack:
    """Read the pack at `path`.

    Raises PackError when the file cannot be read, is no TOML, or breaks a rule.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(path.name, [Problem("file", f"cannot be read: {error}")]) from error
    return parse_pack(text, path.name)


def parse_pack(text: str, file: str) -> Pack:
    """Read a pack from its `text`; `file` is the name used in messages. Raises PackError."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(file, [Problem("file", f"is not TOML: {error}")]) from error
    except RecursionError as error:
        too_deep = Problem("file", "holds lists in lists, too deep to read")
        raise PackError(file, [too_deep]) from error
    problems: list[Problem] = []
    pack = _pack(Table(values, "", problems), file)
    # References say little while the values themselves are wrong, so they are checked after.
    problems = problems or check_pack(pack)
    if problems:
        raise PackError(file, problems)
    return pack


def _pack(table: Table, file: str) -> Pack:
    programme = Table(table.raw("programme") or {}, "programme", table.problems)
    pack = Pack(
        file=file,
        programme=_closed(programme, entries.programme),
        areas=_each(table, "areas", entries.area),
        organizations=_each(table, "organizations", entries.organization),
        locations=_each(table, "locations", entries.location),
        services=_each(table, "services", entries.service),
        contacts=_each(table, "contacts", entries.contact),
        entry_links=_each(table, "entry_links", entries.entry_link),
    )
    table.close()
    return pack


def _each(table: Table, name: str, read: Callable[[Table], Shape]) -> tuple[Shape, ...]:
    values = table.raw(name)
    if values is None:
        return ()
    if not isinstance(values, list):
        table.wrong(name, f"must be a list of tables: [[{name}]]")
        return ()
    keys = [f"{name}.{_name_of(value, place)}" for place, value in enumerate(values, start=1)]
    return tuple(
        _closed(Table(value, key, table.problems), read)
        for value, key in zip(values, keys, strict=True)
    )


def _name_of(value: object, place: int) -> str:
    slug = value.get("slug") if isinstance(value, dict) else None
    return slug if isinstance(slug, str) and slug else str(place)


def _closed(table: Table, read: Callable[[Table], Shape]) -> Shape:
    shape = read(table)
    table.close()
    return shape

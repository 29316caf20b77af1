"""Read one table of a pack, value by value, and remember everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from portal.catalogue.pack.problems import Problem

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Table:
    """A TOML table. A wrong value is noted and an empty one returned, so all problems are told.

    Every key that is read becomes known; `close` notes the keys that nobody asked for.
    """

    def __init__(self, values: object, key: str, problems: list[Problem]) -> None:
        """Read `values`, called `key` in messages; what is wrong is added to `problems`."""
        self.key = key
        self.problems = problems
        self._known: set[str] = set()
        self._values: Mapping[str, object] = {}
        if isinstance(values, dict):
            self._values = values
        else:
            self.problems.append(Problem(key, "must be a table"))

    def wrong(self, name: str, reason: str) -> None:
        """Note that the value of `name` is wrong, and why."""
        self.problems.append(Problem(f"{self.key}.{name}" if self.key else name, reason))

    def raw(self, name: str) -> object:
        """Return the value as TOML gave it, None when absent."""
        self._known.add(name)
        return self._values.get(name)

    def text(self, name: str, *, longest: int, check: Callable[[str], str] | None = None) -> str:
        """Return a text of 1 to `longest` characters; `check` returns what is wrong, or ""."""
        value = self.raw(name)
        if value is None:
            self.wrong(name, "is missing")
            return ""
        return self._checked_text(name, value, longest, check)

    def optional_text(
        self, name: str, *, longest: int, check: Callable[[str], str] | None = None
    ) -> str | None:
        """Return a text as `text` does, or None when the key is absent."""
        value = self.raw(name)
        return None if value is None else self._checked_text(name, value, longest, check)

    def slug(self, name: str = "slug") -> str:
        """Return a name for machines: lower case letters, digits and single hyphens."""
        return self.text(name, longest=64, check=wrong_slug)

    def choice(self, name: str, allowed: Collection[str], default: str | None = None) -> str:
        """Return one of the `allowed` words."""
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value in allowed:
            return value
        self.wrong(name, f"must be one of {', '.join(sorted(allowed))}, not {value!r}")
        return ""

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self.raw(name)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.wrong(name, "must be true or false")
        return default

    def number(self, name: str, *, default: int, lowest: int = 0, highest: int = 10_000) -> int:
        """Return a whole number between `lowest` and `highest`, both allowed."""
        value = self.raw(name)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return value
        self.wrong(name, f"must be a whole number from {lowest} to {highest}")
        return default

    def texts(self, name: str, check: Callable[[str], str], *, least: int = 0) -> tuple[str, ...]:
        """Return a list of different texts that all pass `check`; at least `least` of them."""
        value = self.raw(name)
        found = [] if value is None else value
        if not isinstance(found, list):
            self.wrong(name, "must be a list")
            return ()
        if len(found) < least:
            self.wrong(name, f"must name at least {least}" if value is not None else "is missing")
        for item in found:
            reason = check(item) if isinstance(item, str) else "must be a text in quotes"
            if reason:
                self.wrong(name, f"{item!r} {reason}")
            elif found.count(item) > 1:
                self.wrong(name, f"{item!r} stands there twice")
        return tuple(item for item in found if isinstance(item, str))

    def table(self, name: str) -> Table:
        """Return the table under `name`; an absent one reads as empty."""
        value = self.raw(name)
        return Table({} if value is None else value, f"{self.key}.{name}", self.problems)

    def has(self, name: str) -> bool:
        """Say whether the key stands in the file; asking makes it known."""
        self._known.add(name)
        return name in self._values

    def close(self) -> None:
        """Note every key that nobody asked for: mostly a typing mistake."""
        for name in self._values:
            if name not in self._known:
                self.wrong(name, "is not a key that is known here")

    def _checked_text(
        self, name: str, value: object, longest: int, check: Callable[[str], str] | None
    ) -> str:
        if not isinstance(value, str):
            self.wrong(name, "must be a text in quotes")
            return ""
        reason = _wrong_text(value, longest) or (check(value) if check else "")
        if reason:
            self.wrong(name, reason)
        return value


def _wrong_text(value: str, longest: int) -> str:
    if not value.strip():
        return "is empty"
    if len(value) > longest:
        return f"is longer than {longest} characters"
    if value != value.strip() or not value.isprintable():
        return "begins or ends with a space, or holds characters that cannot be shown"
    return ""


def wrong_slug(value: str) -> str:
    """Say what is wrong with a slug, "" when nothing is."""
    return "" if SLUG.fullmatch(value) else "must be lower case letters, digits and hyphens"

"""Flask with templates that find their globals quickly, and show again what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment

# No page may hold these: controls and non-characters.
NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
# The same for a piece of a page, whose lines may break.
NOT_IN_A_PAGE = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF)
)


class PageEnvironment(Environment):
    """Jinja's environment, with one plain dictionary of globals for each template.

    Jinja chains two dictionaries so that globals may be added after a template was loaded. Ours are
    all there before the first page, and every `import` in a template compares its globals: in a
    chain that is a quarter of the time a page takes.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template that is being loaded."""
        return {**self.globals, **(d or {})}


class PageFlask(Flask):
    """Flask on these templates."""

    jinja_environment = PageEnvironment

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the view or hook as it is: none of ours is a coroutine, so none is asked."""
        return func


def as_typed(text: str) -> str:
    """Return what was typed in a line, without what no HTML page may hold."""
    return text if text.isprintable() else NOT_TEXT.sub("", " ".join(text.splitlines()))


def shown(value: Any) -> Any:
    """Return what an expression writes into a page, without what no HTML page may hold.

    People paste such signs, and a form comes back as it was typed.
    """
    if isinstance(value, str) and not value.isprintable() and NOT_TEXT.search(value):
        return value.translate(NOT_IN_A_PAGE)
    return value

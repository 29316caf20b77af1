"""A page written once, with gaps for what differs from person to person.

Everybody with the same contact and the same day sees the same "check" and the same receipt, but for
their own answers, code and link. So the page is rendered once with gaps and kept; filling a gap
costs nothing, and nothing of a person is ever kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping

from flask import current_app
from markupsafe import Markup, escape

# Signs for private use mark a gap. They cannot be typed: names and lines are cleaned of them.
OPEN, CLOSE = "\ue000", "\ue001"
GAP = re.compile(f"{OPEN}(.*?){CLOSE}")
MOST_STENCILS = 512

Stencil = list[str]


def gap(name: str) -> Markup:
    """Return what to write into a page where `fill` puts something later."""
    return Markup(f"{OPEN}{name}{CLOSE}")  # noqa: S704  # names of gaps are our own


def fill(key: Hashable, write: Callable[[], str], parts: Mapping[str, str]) -> str:
    """Return the page kept under `key`, written by `write` if it is not, with its gaps filled.

    Parts that are no `Markup` are escaped. `key` holds whatever the page depends on, the number
    of the catalogue included.
    """
    stencils: dict[Hashable, Stencil] = current_app.extensions.setdefault("stencils", {})
    found = stencils.get(key)
    if found is None:
        if len(stencils) >= MOST_STENCILS:
            stencils.clear()
        found = stencils[key] = GAP.split(write())
    # Text and names of gaps take turns.
    filled = [str(escape(parts[each])) if turn % 2 else each for turn, each in enumerate(found)]
    return "".join(filled)

"""Keep one copy of every different page that tests meet, for the HTML checker to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tests.support.html import Element, read_html

FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "pages"
# What differs between two runs of the same page: ids, codes, tokens, digits.
VARYING = re.compile(r"[0-9a-fA-F-]{8,}|[\w.-]{20,}|\d+|[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{2}")
ADDRESSES = ("href", "action", "formaction", "src", "value", "content")


def save_page(html: str, path: str, folder: Path = FOLDER) -> Path:
    """Write `html` unless a page of the same build is there already; return the file.

    The name of the file begins with the words of `path`, where the page was met.
    """
    words = re.sub(r"[^a-z]+", "-", VARYING.sub("", path).lower()).strip("-")
    file = folder / f"{words}-{sha256(_build(html).encode()).hexdigest()[:16]}.html"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(html, encoding="utf-8")
    return file


def _build(html: str) -> str:
    """Return what the HTML checker looks at: elements and attributes, not the words."""
    doctype, root = read_html(html)
    return "\n".join([doctype, *(line for element in root for line in _lines(element))])


def _lines(element: Element) -> Iterator[str]:
    yield f"{element.tag} in {element.parent.tag if element.parent else ''} {element.has_words}"
    for name, value in sorted(element.attributes.items()):
        yield f"  {name}={VARYING.sub('?', value) if name in ADDRESSES else value}"

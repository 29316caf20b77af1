"""Read an HTML page into a tree that tests can ask questions of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html.parser import HTMLParser

# Elements without an end tag, from the HTML standard ("void elements").
VOID = (
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
)


@dataclass
class Element:
    """One element: its tag, attributes, and what is in it, in the order of the page."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    children: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """Walk over this element and everything inside it, in the order of the page."""
        return iter(self._walked)

    @cached_property
    def _walked(self) -> list[Element]:
        # A dozen checks walk over the same page, which is finished by then.
        found, waiting = [], [self]
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting.extend(
                child for child in reversed(element.children) if isinstance(child, Element)
            )
        return found

    def __repr__(self) -> str:
        shown = "".join(f' {name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.tag}{shown}>"

    def get(self, name: str) -> str:
        """Return an attribute, or "" if it is missing."""
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        """Whether the attribute is there, with or without a value."""
        return name in self.attributes

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Return the elements inside with one of these tags and all of these attributes."""
        wanted = attributes.items()
        return [
            element
            for element in self
            if (not tags or element.tag in tags)
            and all(element.attributes.get(name) == value for name, value in wanted)
        ]

    @property
    def text(self) -> str:
        """The words inside, with single spaces."""
        return " ".join("".join(self._strings()).split())

    def _strings(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style", "template"):
                yield from child._strings()

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read right inside this element."""
        return any(isinstance(child, str) and not child.isspace() for child in self.children)

    def ancestors(self) -> Iterator[Element]:
        """Walk from this element to the root."""
        element: Element | None = self
        while element:
            yield element
            element = element.parent

    @property
    def hidden(self) -> bool:
        """Whether it, or something around it, is not shown without a script."""
        return any(
            element.has("hidden") or element.tag in ("template", "noscript")
            for element in self.ancestors()
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Element("", {}, None)
        self.doctype = ""

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # "<path/>" in a drawing closes itself; "<br/>" has nothing to close.
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for element in self.open.ancestors():
            if element.tag == tag and element.parent:
                self.open = element.parent
                return

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


@lru_cache(maxsize=8)
def read_html(text: str) -> tuple[str, Element]:
    """Return the doctype and the root, whose one child is the `html` element.

    Several checks read the same page one after another; nobody changes the tree.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.doctype, reader.root

"""Which part of the portal may import which. Imports run downward only."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

DOORS = ("portal.frontdoor", "portal.walkin", "portal.reply", "portal.desk")

# From the roof to the floor: a part may import what stands below it, and its own.
# What puts the whole together stands on top; it is imported by nobody below.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("portal", "portal.__main__", "portal.wsgi", "portal.cli"),
    ("portal.tables", "portal.db.migrations"),
    DOORS,
    ("portal.web",),
    ("portal.reports",),
    ("portal.followup",),
    ("portal.referral",),
    ("portal.registration",),
    ("portal.catalogue", "portal.accounts", "portal.privacy", "portal.notify"),
    ("portal.routing",),
    ("portal.i18n", "portal.db"),
    ("portal.settings", "portal.clock"),
)
# Parts of one layer that may not even import each other.
STRANGERS = frozenset(DOORS)

WEB_LIBRARIES = frozenset({"flask", "flask_wtf", "flask_login", "wtforms", "werkzeug"})
PURE = (
    "portal.followup.due",
    "portal.followup.keeping",
    "portal.notify.backoff",
    "portal.notify.quiet",
    "portal.referral.diagram",
    "portal.referral.reasons",
    "portal.referral.states",
    "portal.registration.states",
    "portal.registration.questions",
)
NOT_PURE = frozenset({*WEB_LIBRARIES, "sqlalchemy", "alembic", "time", "random", "secrets", "os"})
# What a pure module may import of the portal besides other pure ones: days, never the moment.
PURE_ENOUGH = ("portal.clock",)
ASKS_THE_TIME = ("now", "today", "utcnow")
OUR_CLOCK = "utc_now"


@dataclass(frozen=True)
class Source:
    """The text of one module under its full name."""

    module: str
    text: str

    def imports(self) -> Iterator[str]:
        """Name everything that is imported, wherever in the file."""
        for node in ast.walk(ast.parse(self.text)):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level:
                yield "relative"
            elif isinstance(node, ast.ImportFrom) and node.module == "portal":
                yield from (_from_the_roof(alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module in PACKAGES:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or ""


def _from_the_roof(name: str) -> str:
    """`from portal import desk` imports a part; `from portal import create_app` does not."""
    return part if (part := f"portal.{name}") in PARTS else "portal"


# Folders: what is imported from one is a module, or a name in its `__init__`.
PACKAGES = frozenset(
    ".".join(file.parent.relative_to(ROOT).parts) for file in ROOT.glob("portal/*/**/__init__.py")
)
PARTS = {part: height for height, layer in enumerate(LAYERS) for part in layer}


def sources() -> list[Source]:
    """Read every module of the portal."""
    return [
        Source(_name(file), file.read_text(encoding="utf-8"))
        for file in sorted((ROOT / "portal").rglob("*.py"))
    ]


def _name(file: Path) -> str:
    dotted = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


def part_of(module: str) -> str | None:
    """Return the part of the table a module belongs to; the longest name that fits."""
    names = module.split(".")
    for length in range(len(names), 1, -1):
        if (part := ".".join(names[:length])) in PARTS:
            return part
    return "portal" if module == "portal" else None


def upward_imports(source: Source) -> Iterator[str]:
    """Name every import of `source` that does not run downward."""
    here = part_of(source.module)
    if here is None:
        yield f"{source.module} has no place in the table of layers"
        return
    for imported in source.imports():
        there = part_of(imported)
        if imported == "relative":
            yield f"{source.module} imports by a relative name"
        elif imported.split(".")[0] == "portal" and not _may(here, there):
            yield f"{source.module} imports {imported}"


def _may(here: str, there: str | None) -> bool:
    if there is None or PARTS[there] < PARTS[here]:
        return False
    return here == there or PARTS[there] > PARTS[here] or here not in STRANGERS


def web_imports(source: Source) -> Iterator[str]:
    """Name every web library that something below the doors' shared part imports."""
    here = part_of(source.module)
    if here and PARTS[here] > PARTS["portal.web"]:
        for imported in source.imports():
            if imported.partition(".")[0] in WEB_LIBRARIES:
                yield f"{source.module} imports {imported}"


def impurities(source: Source) -> Iterator[str]:
    """Name what keeps a pure module from being pure: databases, requests, chance and the clock."""
    routing = part_of(source.module) == "portal.routing"
    if not routing and source.module not in PURE:
        return
    for imported in source.imports():
        library = imported.partition(".")[0]
        foreign = routing and library != "portal" and library not in sys.stdlib_module_names
        ours = library == "portal" and not _is_pure(imported)
        if library in NOT_PURE or foreign or ours:
            yield f"{source.module} imports {imported}"
    for node in ast.walk(ast.parse(source.text)):
        asked = isinstance(node, ast.Attribute) and node.attr in ASKS_THE_TIME
        if asked or (isinstance(node, ast.Name) and node.id == OUR_CLOCK):
            yield f"{source.module} asks for the time: {ast.unparse(node)}"


def _is_pure(module: str) -> bool:
    return part_of(module) == "portal.routing" or module in PURE or module in PURE_ENOUGH


def circles(found: list[Source]) -> list[tuple[str, str]]:
    """Return the pairs of parts that import each other."""
    edges = {
        (here, there)
        for source in found
        for imported in source.imports()
        if (here := part_of(source.module)) and (there := part_of(imported)) and here != there
    }
    return sorted((a, b) for a, b in edges if a < b and (b, a) in edges)

"""Small files and small functions, each with one subject. The aim is 120 and 10 lines."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.layers import ROOT

FILE_LINES = 300
FUNCTION_LINES = 30
VIEW_LINES = 25
# A file for everything ends up holding everything.
NAMES_WITHOUT_A_SUBJECT = {"utils", "util", "helpers", "helper", "common", "misc", "base_utils"}
ROUTES = {"get", "post", "route"}


def python_files() -> list[Path]:
    """Return what we wrote by hand: a migration is as long as what it changes."""
    found = [*(ROOT / "portal").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    return sorted(file for file in found if file.parent.name != "versions")


def long_functions(text: str) -> Iterator[str]:
    """Name every function that has more lines than it may; what its docstring says is free."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = _length(node) - _length_of_docstring(node)
            if lines > (VIEW_LINES if _is_view(node) else FUNCTION_LINES):
                yield f"{node.name} has {lines} lines"


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _length_of_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return _length(node.body[0]) if ast.get_docstring(node) else 0


def _is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in ROUTES
        for decorator in node.decorator_list
    )


def test_no_file_is_too_long() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in python_files()}
    assert {file: length for file, length in lengths.items() if length > FILE_LINES} == {}


def test_no_function_is_too_long() -> None:
    found = {
        str(file.relative_to(ROOT)): list(long_functions(file.read_text(encoding="utf-8")))
        for file in python_files()
    }
    assert {file: long for file, long in found.items() if long} == {}


def test_no_file_is_named_after_nothing() -> None:
    assert [file for file in python_files() if file.stem in NAMES_WITHOUT_A_SUBJECT] == []
    assert [file for file in python_files() if file.parent.name in NAMES_WITHOUT_A_SUBJECT] == []


@pytest.mark.parametrize(
    ("lines", "decorator", "found"),
    [(30, "", 0), (31, "", 1), (25, "@bp.get('/')\n", 0), (26, "@bp.post('/')\n", 1)],
)
def test_a_planted_long_function_is_found(lines: int, decorator: str, found: int) -> None:
    planted = decorator + "def long():\n" + "    pass\n" * (lines - 1)
    assert len(list(long_functions(planted))) == found

"""Every test runs, none waits for time to pass, and none pretends that our own code works."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.layers import ROOT

AVOIDED = {
    ("time", "sleep"): "waits instead of watching",
    ("mark", "skip"): "is skipped",
    ("mark", "skipif"): "is skipped",
    ("mark", "xfail"): "may fail",
    ("pytest", "skip"): "is skipped",
    ("pytest", "xfail"): "may fail",
    ("pytest", "importorskip"): "is skipped",
}
PRETENDING = ("unittest.mock", "mock", "pytest_mock")


def shortcuts(text: str) -> Iterator[str]:
    """Name every shortcut that a test file takes."""
    for node in ast.walk(ast.parse(text)):
        yield from _attributes(node)
        yield from _imports(node)


def _attributes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        owner = node.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        if reason := AVOIDED.get((name, node.attr)):
            yield f"line {node.lineno} {reason}"


def _imports(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        names = [(node.module or "", alias.name) for alias in node.names]
    elif isinstance(node, ast.Import):
        names = [(alias.name, "") for alias in node.names]
    else:
        return
    for module, name in names:
        if reason := AVOIDED.get((module, name)):
            yield f"line {node.lineno} {reason}"
        if module in PRETENDING or (module, name) == ("unittest", "mock"):
            yield f"line {node.lineno} pretends"


def test_no_test_takes_a_shortcut() -> None:
    found = {
        str(file.relative_to(ROOT)): list(shortcuts(file.read_text(encoding="utf-8")))
        for file in (ROOT / "tests").rglob("*.py")
    }
    assert {file: taken for file, taken in found.items() if taken} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "import time\ntime.{}(1)".format("sleep"),
        "from time import sleep",
        "@pytest.mark.{}\ndef test(): pass".format("skip"),
        "pytest.{}('later')".format("skip"),
        "from unittest.mock import patch",
        "from unittest import mock",
    ],
)
def test_a_planted_shortcut_is_found(planted: str) -> None:
    assert list(shortcuts(planted))

"""Wherever we tell somebody to run a command, there is such a command, with these options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from portal.cli import root
from portal.settings import ROOT

SENTENCE = re.compile(r"`portal ([a-z][^`\n]*)`")
BLOCK = re.compile(r"^```sh$(.*?)^```$", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^portal (.+?)(?: +[#<|].*)?$", re.MULTILINE)


def named() -> Iterator[tuple[str, str]]:
    """Every place with a command in it: sentences in the code, and what the documents show."""
    for file in sorted((ROOT / "portal").rglob("*.py")):
        yield from ((file.name, found) for found in SENTENCE.findall(file.read_text()))
    for file in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").iterdir())):
        yield from ((file.name, found) for found in _commands_in(file))


def _commands_in(file: Path) -> list[str]:
    text = file.read_text() if file.suffix == ".md" else ""
    shown = "".join(BLOCK.findall(text))
    return [*SENTENCE.findall(text), *LINE.findall(shown)]


COMMANDS = sorted(set(named()))


@pytest.mark.parametrize(("place", "words"), COMMANDS)
def test_a_command_that_is_named_exists(place: str, words: str) -> None:
    command, rest = _find(words.split())
    known = {name for each in command.params for name in each.opts}
    assert {word.partition("=")[0] for word in rest if word.startswith("--")} <= known


def test_commands_are_found_in_sentences_and_in_documents() -> None:
    assert ("account.py", "organization switch-off {organization.slug} --dry-run") in COMMANDS
    assert ("operate.md", "retention --dry-run") in COMMANDS


def _find(words: list[str]) -> tuple[click.Command, list[str]]:
    command: click.Command = root
    while isinstance(command, click.Group) and words:
        found = command.get_command(click.Context(command), words[0])
        assert found, f"no such command: {' '.join(words)}"
        command, words = found, words[1:]
    return command, words

"""`make run` on a machine where something is missing: one sentence that says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.layers import ROOT
from tests.setup.sentence import the_sentence

NOBODY = 65534


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def checkout(open_folder: Path) -> Path:
    """A copy of what the set-up looks at."""
    folder = open_folder / "checkout"
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    for file in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        shutil.copyfile(ROOT / file, folder / file)
    return folder


def set_up(
    checkout: Path, python: str, user: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the set-up with this Python on a plain PATH, perhaps as somebody else."""
    return subprocess.run(
        ["make", "install"],
        cwd=checkout,
        env={"PATH": "/usr/bin:/bin", "PYTHON": python},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        user=user,
    )


def fake_python(folder: Path, script: str) -> str:
    """Write a program that answers as some Python would, and return its path."""
    program = folder / "fake-python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_without_python_one_sentence_says_what_to_install(checkout: Path) -> None:
    said = the_sentence(set_up(checkout, "no-such-python"))
    assert "Python is missing" in said
    assert "apt-get install python3" in said


def test_an_old_python_is_named_with_what_is_needed(checkout: Path, open_folder: Path) -> None:
    old = fake_python(open_folder, '[ "$1" = --version ] && echo "Python 3.9.2" || exit 1')
    said = the_sentence(set_up(checkout, old))
    assert "Python 3.9.2 is too old" in said
    assert "3.11" in said


def test_without_the_venv_module_one_sentence_says_what_to_install(
    checkout: Path, open_folder: Path
) -> None:
    without = fake_python(open_folder, 'case "$2" in *venv*) exit 1;; esac')
    said = the_sentence(set_up(checkout, without))
    assert "venv module is missing" in said
    assert "apt-get install python3-venv" in said


def test_without_permission_to_write_one_sentence_names_the_folder(
    checkout: Path, open_folder: Path
) -> None:
    checkout.chmod(0o555)
    usable = fake_python(open_folder, "exit 0")
    # Root may write anywhere, so root becomes somebody who may not.
    somebody = NOBODY if os.geteuid() == 0 else None
    said = the_sentence(set_up(checkout, usable, somebody))
    assert f"permission for {checkout}" in said
    checkout.chmod(0o755)


def test_a_finished_environment_is_left_alone_at_once(checkout: Path) -> None:
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch(mode=0o755)
    lock = checkout / "requirements.lock"
    seal = subprocess.run(["cksum"], input=lock.read_bytes(), capture_output=True, check=True)
    installed = checkout / ".venv" / "installed"
    installed.write_text(f"requirements.lock {seal.stdout.decode().strip()} {checkout}\n")
    assert set_up(checkout, "no-such-python").returncode == 0
    lock.write_text("changed")
    assert "Python is missing" in the_sentence(set_up(checkout, "no-such-python"))

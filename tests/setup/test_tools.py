"""What the tests need besides Python: one sentence tells whoever is not root what to install."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.architecture.layers import ROOT
from tests.setup.sentence import the_sentence

# What the script itself is written with. Chromium, Node, Java and PostgreSQL are not on this PATH.
NEEDED = ("sh", "dirname", "id", "ls", "dpkg-query", "grep", "cat", "cksum")
SOMEBODY = 65534


@pytest.fixture
def bare() -> Iterator[Path]:
    """A folder that everybody may enter, with the script and a PATH of almost nothing."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        (place / ".ci").mkdir()
        shutil.copy(ROOT / ".ci" / "tools", place / ".ci" / "tools")
        shutil.copy(ROOT / "package-lock.json", place)
        (place / "bin").mkdir()
        for name in NEEDED:
            (place / "bin" / name).symlink_to(shutil.which(name) or f"/bin/{name}")
        yield place


def test_whoever_is_not_root_is_told_what_to_install_and_nothing_is_skipped(bare: Path) -> None:
    asked = subprocess.run(
        [bare / ".ci" / "tools"],
        env={"PATH": str(bare / "bin")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        user=SOMEBODY if os.geteuid() == 0 else None,
    )
    said = the_sentence(asked)
    assert said.startswith("The tests need chromium nodejs npm default-jre-headless")
    assert "install them with 'sudo apt-get install chromium nodejs npm" in said

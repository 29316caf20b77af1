"""The Nu HTML checker over saved pages: `python -m tests.support.nu`. A warning is an error too."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.saved_pages import FOLDER

JAR = Path(__file__).resolve().parents[2] / "node_modules/vnu-jar/build/dist/vnu.jar"
BATCH = 200


def complaints_about_files(files: Sequence[Path]) -> list[str]:
    """Return a line for every error and warning in these HTML files."""
    found: list[str] = []
    for start in range(0, len(files), BATCH):
        found.extend(map(_line, _check(files[start : start + BATCH])))
    return found


def _check(files: Sequence[Path]) -> list[dict[str, Any]]:
    # Messages of type "info" without a subtype are remarks, not findings.
    done = subprocess.run(
        ["java", "-Xmx1g", "-jar", JAR, "--format", "json", "--exit-zero-always", *files],
        capture_output=True,
        text=True,
        check=True,
    )
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return [found for found in messages if found["type"] != "info" or "subType" in found]


def _line(found: dict[str, Any]) -> str:
    place = f"{found.get('url', '')}:{found.get('lastLine', '')}"
    return f"{place}: {found['message']}  {found.get('extract', '')!r}"


def main() -> int:
    """Check every saved page; fail when there is none, because then no test met any."""
    files = sorted(FOLDER.glob("*.html"))
    found = complaints_about_files(files)
    total = f"Nu HTML checker: {len(files)} pages, {len(found)} complaints"
    sys.stdout.write("\n".join([*found, total, ""]))
    return 0 if files and not found else 1


if __name__ == "__main__":
    sys.exit(main())

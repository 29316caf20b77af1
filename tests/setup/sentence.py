"""What somebody reads when a command cannot do its work."""

from __future__ import annotations

from subprocess import CompletedProcess


def the_sentence(done: CompletedProcess[str]) -> str:
    """Return the one line that a failed command said; anything more fails.

    `make` adds in a line of its own which of its rules failed.
    """
    said = (done.stdout + done.stderr).splitlines()
    lines = [line for line in said if not line.startswith("make: ***")]
    assert done.returncode != 0
    assert len(lines) == 1, lines
    return lines[0]

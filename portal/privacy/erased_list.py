"""The list of what was erased, beside the database: so that a restored backup can forget it again.

A text file to which lines are only added: a day and the random uuid that the person's own browser
once sent. Without the database such a uuid says nothing about anybody.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

NAME = "erased.txt"
HEAD = "# Erased registrations, for `portal retention --reapply` after a restore. Only add lines.\n"


def add_erased(file: Path, erased: Iterable[tuple[date, UUID]]) -> int:
    """Add those that are not in the list yet; return how many. Written to disk on return."""
    known = set(read_erased(file))
    lines = [f"{day} {uuid}\n" for day, uuid in erased if uuid not in known]
    if lines:
        file.parent.mkdir(parents=True, exist_ok=True)
        # One write of its own end, so that two workers never write into each other's line.
        with file.open("a", encoding="ascii") as out:
            out.write(("" if file.stat().st_size else HEAD) + "".join(lines))
            out.flush()
            os.fsync(out.fileno())
    return len(lines)


def read_erased(file: Path) -> Iterator[UUID]:
    """Yield the uuids of a list; a file that is not there is an empty one.

    Raises:
        ValueError: a line holds something else, and is named by its number; or it is no list.
    """
    if not file.exists():
        return
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except UnicodeDecodeError as error:
        raise ValueError(f"{file.name} is no list of what was erased") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            yield UUID(line.split()[-1])
        except ValueError as error:
            raise ValueError(f"{file.name}, line {number}, holds no uuid") from error

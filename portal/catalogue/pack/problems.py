"""What is wrong with a pack, said so that whoever wrote it can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where (`contacts.sanne-trudo.phone`) and why, in a sentence."""

    key: str
    reason: str


class PackError(Exception):
    """A pack is refused whole. `key` and `reason` are those of the first of its `problems`."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        """Name the file and its problems, at least one."""
        self.file = file
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{file}: {p.key}: {p.reason}" for p in self.problems))

    @property
    def key(self) -> str:
        """Where the first problem is."""
        return self.problems[0].key

    @property
    def reason(self) -> str:
        """Why the first problem is one."""
        return self.problems[0].reason

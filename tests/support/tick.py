"""One round of the clock at a moment that a test chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.followup.tick import STEPS


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did, by name of the step, and how many items went wrong and were left alone."""

    did: Mapping[str, int]
    failed: Mapping[str, int]


def tick(db: Session, now: datetime) -> Ticked:
    """Take every step at this moment; return what was done.

    In the transaction of the test, which may be taken back. That a worker takes each step in one of
    its own is seen in `tests/cli/test_worker.py`.
    """
    found = {name: step(db, now) for name, step in STEPS.items()}
    did = {name: done.did for name, done in found.items()}
    return Ticked(did, {name: done.failed for name, done in found.items() if done.failed})

"""A worker beside a server: one command starts both, and both end together."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

STOP_SECONDS = 10


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run `portal worker` with the same environment for as long as the block lasts.

    It ends when its standard input does, so it never outlives a server that was killed.
    """
    command = [sys.executable, "-m", "portal", "worker", "--until-input-ends"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as worker:  # noqa: S603  # our own words
        try:
            yield
        finally:
            worker.terminate()
            worker.wait(STOP_SECONDS)

"""Where tests keep what they throw away: in memory if there is room, for disks are slow."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108 -- only to make folders of our own in it
ROOM = 2 * 1024**3


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="portal-", dir=_where()) as folder:
        yield Path(folder)


def _where() -> Path | None:
    """Return the memory disk when it has room for databases, else the usual place."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    return MEMORY if usable and shutil.disk_usage(MEMORY).free > ROOM else None


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """One such folder for each test process."""
    with scratch_folder() as folder:
        yield folder

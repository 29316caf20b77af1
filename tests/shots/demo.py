"""A demonstration of its own to photograph, on a free port and in a folder that goes away."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from portal.settings import ROOT
from tests.bench.servers import free_port, wait_until_open

PASSWORD = "a photograph of a door"


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve the demonstration; yield its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "PORTAL_DEMO": "1",
            "PORTAL_DATA": folder,
            "PORTAL_DEMO_PASSWORD": PASSWORD,
            "PORT": str(port),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "portal", "demo"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
        )
        try:
            wait_until_open(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)

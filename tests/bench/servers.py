"""Start granian for an application, pinned to one core, and read what it costs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.settings import ROOT

SERVER_CORE, CLIENT_CORE = "0", "1"


@dataclass(frozen=True)
class Running:
    """A server with one worker."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Return the processor time that the server and its worker have used."""
        return sum(_cpu_seconds(pid) for pid in (self.pid, *self.workers()))

    def memory_mb(self) -> float:
        """Return the resident memory of the worker, in megabytes."""
        status = Path(f"/proc/{self.workers()[0]}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1000

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        text = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in text.split() if b"tracker" not in _command(int(pid))]


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _cpu_seconds(pid: int) -> float:
    # Linux's clock of another process, as clock_getcpuclockid(3) numbers it: to the nanosecond,
    # where /proc counts in hundredths of a second.
    return time.clock_gettime(~pid << 3 | 2)


@contextmanager
def serve(target: str, env: Mapping[str, str], *, factory: bool = False) -> Iterator[Running]:
    """Serve `module:attribute` on a free port of 127.0.0.1 until the block ends."""
    port = free_port()
    command = ["taskset", "-c", SERVER_CORE, sys.executable, "-m", "granian", target]
    command += ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "32", "--no-ws", "--log-level", "error"]
    command += ["--factory"] if factory else []
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.DEVNULL
    )
    try:
        wait_until_open(port, process)
        yield Running(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the server accepts connections; fail when it has stopped."""
    while process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise RuntimeError(f"the server stopped with {process.returncode}")

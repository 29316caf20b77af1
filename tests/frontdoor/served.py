"""The portal as it runs: granian in a process of its own, its log in a file."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from threading import Event
from urllib.parse import urlencode

from portal.settings import LOOPBACK, ROOT, Settings
from tests.support.html import Element, read_html

START_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came back over the wire."""

    status: int
    location: str
    text: str

    @property
    def page(self) -> Element:
        """The page as a tree."""
        return read_html(self.text)[1]


@dataclass(frozen=True)
class Served:
    """A running portal, by its port and process."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._ask("GET", path, b"")

    def post(self, path: str, fields: dict[str, list[str]]) -> Answer:
        """Send a form from one of our own pages."""
        return self._ask("POST", path, urlencode(fields, doseq=True).encode())

    def kill(self) -> None:
        """End every process of it at once, as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=30)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body, {"Origin": f"http://{LOOPBACK}:{self.port}", **kind})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return Answer(answer.status, answer.headers.get("Location", ""), text)


@contextmanager
def served(settings: Settings, folder: Path) -> Iterator[Served]:
    """Serve the database of `settings` until the block ends."""
    with socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    log = folder / "portal.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal", "serve"],
            cwd=ROOT,
            env={**os.environ, **_environment(settings, folder, port)},
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    running = Served(port, process, log)
    try:
        _until_it_answers(running)
        yield running
    finally:
        if process.poll() is None:
            running.kill()


def _environment(settings: Settings, folder: Path, port: int) -> dict[str, str]:
    def pairs(keys: dict[str, bytes]) -> str:
        return ",".join(f"{name}:{urlsafe_b64encode(key).decode()}" for name, key in keys.items())

    return {
        "PORT": str(port),
        "PORTAL_BASE_URL": f"http://{LOOPBACK}:{port}",
        "PORTAL_DATA": str(folder),
        "PORTAL_PHONE": settings.phone,
        "DATABASE_URL": settings.database_url,
        "PORTAL_SECRET_KEYS": pairs(dict(settings.secret_keys)),
        "PORTAL_ENCRYPTION_KEYS": pairs(dict(settings.encryption_keys)),
    }


def _until_it_answers(running: Served) -> None:
    deadline, pause = time.monotonic() + START_SECONDS, Event()
    while time.monotonic() < deadline:
        assert running.process.poll() is None, running.log.read_text()
        try:
            if running.get("/healthz").status == 200:
                return
        except OSError:
            pause.wait(0.05)
    raise AssertionError(running.log.read_text())

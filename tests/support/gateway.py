"""A real SMS gateway on 127.0.0.1 that answers whatever a test tells it to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest


@dataclass
class Gateway:
    """What it answers, and what it was asked. `silent`: it takes the question and says nothing."""

    status: int = 202
    answer: bytes = b'{"id": "1"}'
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    port: int = 0
    posted: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        """The address as a setting."""
        return f"http://127.0.0.1:{self.port}/send?account=1"


def _handler(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            gateway.posted.append(json.loads(self.rfile.read(length)))
            gateway.asked.append((self.path, dict(self.headers)))
            if gateway.silent:
                gateway.ended.wait(60)
                return
            self.send_response(gateway.status)
            for name, value in gateway.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(gateway.answer)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing: tests read what was posted."""

    return Handler


@pytest.fixture
def sms_gateway() -> Iterator[Gateway]:
    """A gateway that takes everything."""
    gateway = Gateway()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(gateway))
    gateway.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.01,), name="sms gateway")
    thread.start()
    yield gateway
    gateway.ended.set()
    server.shutdown()
    thread.join()
    server.server_close()

"""Ask for one page as often as the server can answer, for a few seconds, and print pages a second.

A process of its own, so that its work is on another core than the server's.
"""

from __future__ import annotations

import selectors
import socket
import sys
from time import perf_counter

CONNECTIONS = 8


def hammer(port: int, path: str, seconds: float) -> float:
    """Return pages per second over eight connections that are kept open."""
    ask = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: br\r\n\r\n".encode()
    length = _length(port, ask)
    waiting = selectors.DefaultSelector()
    for _ in range(CONNECTIONS):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(ask)
        waiting.register(connection, selectors.EVENT_READ, [0])
    return _loop(waiting, ask, length, seconds)


def _loop(waiting: selectors.BaseSelector, ask: bytes, length: int, seconds: float) -> float:
    pages, start = 0, perf_counter()
    while perf_counter() - start < seconds:
        for key, _ in waiting.select():
            connection, got = key.fileobj, key.data
            assert isinstance(connection, socket.socket)
            got[0] += len(connection.recv(65536))
            if got[0] >= length:
                got[0] -= length
                pages += 1
                connection.sendall(ask)
    return pages / (perf_counter() - start)


def _length(port: int, ask: bytes) -> int:
    """Return the bytes of one whole answer; every answer has the same length."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(ask)
        data = connection.recv(65536)
        while b"\r\n\r\n" not in data:
            data += connection.recv(65536)
        head = data.partition(b"\r\n\r\n")[0]
        lines = dict(
            line.decode().lower().split(": ", 1) for line in head.split(b"\r\n")[1:] if line
        )
        return len(head) + 4 + int(lines["content-length"])


if __name__ == "__main__":
    sys.stdout.write(str(hammer(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))))

"""A limit to the whole of a conversation, not only to each wait in it.

A time-out of a socket begins anew with every byte. Somebody who answers a byte at a time could hold
a message longer than it is claimed for, and another worker would send it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR, socket
from threading import Timer


@contextmanager
def cut_off_after(seconds: float, find_socket: Callable[[], socket | None]) -> Iterator[None]:
    """Shut the socket when the block takes longer; what waits on it then fails at once."""

    def cut() -> None:
        if found := find_socket():
            with suppress(OSError):  # It may have been closed a moment ago.
                found.shutdown(SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

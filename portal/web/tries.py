"""How often what was tried, in the memory of this process."""

from __future__ import annotations

from threading import Lock
from time import time

from limits.storage import Storage

SWEEP_SECONDS = 60


class Tries(Storage):
    """Counters that end by themselves.

    The memory that comes with `limits` starts a thread at every count, to throw away what has
    ended; here whoever counts does so, once a minute.
    """

    STORAGE_SCHEME = ["tries"]  # noqa: RUF012  # declared so by the library

    def __init__(self, sweep_seconds: float = SWEEP_SECONDS) -> None:
        """Begin with nothing; what has ended is thrown away that often."""
        super().__init__()
        self._sweep_seconds = sweep_seconds
        self._counters: dict[str, tuple[int, float]] = {}  # how many, and until when they count
        self._lock = Lock()
        self._swept_at = time()

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """Errors of a server that keeps the counters: there is none."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return how many there are; the first one sets the end, in seconds."""
        with self._lock:
            self._sweep()
            count, ends = self._counters.get(key, (0, 0.0))
            if ends <= time():
                count, ends = 0, time() + expiry
            self._counters[key] = count + amount, ends
            return count + amount

    def get(self, key: str) -> int:
        """Return how many there are."""
        count, ends = self._counters.get(key, (0, 0.0))
        return count if ends > time() else 0

    def get_expiry(self, key: str) -> float:
        """Return when the count ends, in seconds since 1970."""
        return self._counters.get(key, (0, time()))[1]

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forget everything; return how many counters there were."""
        with self._lock:
            count = len(self._counters)
            self._counters.clear()
        return count

    def clear(self, key: str) -> None:
        """Forget one counter."""
        with self._lock:
            self._counters.pop(key, None)

    def _sweep(self) -> None:
        """Throw away what has ended: who came here is nobody's business for longer."""
        now = time()
        if now - self._swept_at < self._sweep_seconds:
            return
        self._swept_at = now
        self._counters = {key: each for key, each in self._counters.items() if each[1] > now}

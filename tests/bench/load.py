"""Many visitors at once, bounded in count; how long each took and what it cost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter

from tests.bench.client import Answer, Visitor
from tests.bench.servers import Running

Journey = Callable[[Visitor], Answer]
WARM_UP, TURN = 50, 25


@dataclass(frozen=True)
class Load:
    """What a number of journeys took."""

    journeys: int
    errors: int
    seconds: float
    cpu_seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def cpu_ms(self) -> float:
        """Processor time of the server for one journey, in milliseconds."""
        return self.cpu_seconds * 1000 / self.journeys


def run(server: Running, journey: Journey, *, count: int, at_once: int = 1) -> Load:
    """Make `count` journeys by `at_once` visitors."""
    cpu, start = server.cpu_seconds(), perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        each = partial(_visit, server.port, journey)
        took = [one for many in pool.map(each, _shares(count, at_once)) for one in many]
    seconds, cpu = perf_counter() - start, server.cpu_seconds() - cpu
    times = sorted(ms for ms, _ in took)
    errors = sum(not fine for _, fine in took)
    return Load(count, errors, seconds, cpu, _at(times, 0.5), _at(times, 0.99))


def by_turns(*each: tuple[Running, Journey], count: int) -> list[Load]:
    """Make journeys of several kinds in turn, alone, so that other work troubles all alike."""
    for server, journey in each:
        run(server, journey, count=WARM_UP)
    turns = [[run(*one, count=TURN) for one in each] for _ in range(count // TURN)]
    return [_together(loads) for loads in zip(*turns, strict=True)]


def _together(loads: Sequence[Load]) -> Load:
    """Several runs as one; of their medians the middle one, of the slowest the slowest."""
    return Load(
        journeys=sum(load.journeys for load in loads),
        errors=sum(load.errors for load in loads),
        seconds=sum(load.seconds for load in loads),
        cpu_seconds=sum(load.cpu_seconds for load in loads),
        p50_ms=median(load.p50_ms for load in loads),
        p99_ms=max(load.p99_ms for load in loads),
    )


def _shares(count: int, at_once: int) -> list[int]:
    return [count // at_once + (turn < count % at_once) for turn in range(at_once)]


def _visit(port: int, journey: Journey, count: int) -> list[tuple[float, bool]]:
    visitor, took = Visitor(port), []
    for _ in range(count):
        start = perf_counter()
        fine = journey(visitor).status == 200
        took.append(((perf_counter() - start) * 1000, fine))
    visitor.close()
    return took


def _at(times: list[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)]


def pages_per_second(server: Running, path: str, *, seconds: int = 4) -> float:
    """Return how many pages one core serves, asked by one process with eight connections."""
    command = [sys.executable, "-m", "tests.bench.hammer", str(server.port), path, str(seconds)]
    done = subprocess.run(["taskset", "-c", "1", *command], capture_output=True, check=True)
    return float(done.stdout)

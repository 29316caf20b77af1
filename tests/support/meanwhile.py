"""Somebody else comes between two statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event


@contextmanager
def just_before(
    engine: Engine, beginning: str, happens: Callable[[Connection], object]
) -> Iterator[None]:
    """Let this happen once, before the first statement with this beginning."""
    waiting = [happens]

    def look(connection: Connection, _cursor: Any, statement: str, *_how: Any) -> None:
        if waiting and statement.startswith(beginning):
            waiting.pop()(connection)

    event.listen(engine, "before_cursor_execute", look)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", look)
    assert not waiting, f"no statement began with {beginning!r}"

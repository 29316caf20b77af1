"""A clock that tests set by hand: nothing waits, and dates are what the story says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# A plain Wednesday morning, with working days around it.
USUAL = "2026-11-18T10:00"


def amsterdam(text: str) -> datetime:
    """Read an ISO moment such as "2026-12-24T17:00" as local time in the Netherlands."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


class SettableClock:
    """Called, it tells an aware moment in UTC; it stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def __call__(self) -> datetime:
        """Tell the moment."""
        return self._moment

    def set(self, moment: datetime | str) -> None:
        """Go to a moment: an aware datetime, or text read as local time in the Netherlands."""
        aware = amsterdam(moment) if isinstance(moment, str) else moment
        if aware.tzinfo is None:
            raise ValueError("a clock needs a moment with a time zone")
        self._moment = aware.astimezone(UTC)

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> None:
        """Let this much time pass."""
        self._moment += timedelta(days=days, hours=hours, minutes=minutes)


@pytest.fixture
def clock() -> SettableClock:
    """A plain Wednesday morning, with working days around it."""
    return SettableClock(amsterdam(USUAL))

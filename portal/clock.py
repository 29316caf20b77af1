"""Now, days as people in Amsterdam count them, and working days.

Moments are aware and in UTC; a day is a calendar day in Europe/Amsterdam. Pure apart from
`utc_now`, which doors call and hand down as `now`.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SATURDAY = 5
DAY = timedelta(days=1)
# Within this, the same words or the same press come from the same wish.
TWICE = timedelta(minutes=1)


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def amsterdam_day(moment: datetime) -> date:
    """The calendar day in Amsterdam at an aware moment; a naive one raises `ValueError`."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no day")
    return moment.astimezone(AMSTERDAM).date()


def start_of_day(day: date) -> datetime:
    """0:00 in Amsterdam on this day, in UTC. Never ambiguous: clocks change later in the night."""
    return datetime.combine(day, time.min, AMSTERDAM).astimezone(UTC)


def overdue_from(due: date) -> datetime:
    """The first moment, in UTC, at which it is too late for what is due on this day."""
    return start_of_day(due + DAY)


def due_on(overdue_at: datetime) -> date:
    """The last day that is in time; undoes `overdue_from`, and is today for what is due now."""
    return amsterdam_day(overdue_at - timedelta(microseconds=1))


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; the last day where there is no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@lru_cache(maxsize=64)
def dutch_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year on which the Netherlands does not work.

    5 May and Good Friday sit in the category "optional". Easter Sunday and Pentecost are in the set
    too, which changes nothing.
    """
    # Imported on first use: it costs 0.1 s and 12 MB, which a worker at rest need not carry.
    from holidays import country_holidays

    return frozenset(country_holidays("NL", years=year, categories=("public", "optional")))


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """Monday to Friday less Dutch holidays and the extra days an organisation is closed."""

    extra_holidays: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether people are at work on this day."""
        if day.weekday() >= SATURDAY or day in self.extra_holidays:
            return False
        return day not in dutch_holidays(day.year)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after this day; n = 0 is the day itself or the next working day.

        A negative n raises `ValueError`.
        """
        if n < 0:
            raise ValueError("working days are counted forward")
        if n == 0:
            return self._first_from(day)
        for _ in range(n):
            day = self._first_from(day + DAY)
        return day

    def on_or_before(self, day: date) -> date:
        """This day, or the last working day before it."""
        while not self.is_working_day(day):
            day -= DAY
        return day

    def last_day_over(self, day: date, n: int) -> date:
        """The last day of which the n-th working day after it lies before this one, n from 1."""
        for _ in range(n):
            day = self.on_or_before(day - DAY)
        return day - DAY

    def working_days_until(self, day: date, later: date) -> int:
        """How many working days lie after this day, up to and with the later one."""
        days = (day + n * DAY for n in range(1, (later - day).days + 1))
        return sum(map(self.is_working_day, days))

    def _first_from(self, day: date) -> date:
        while not self.is_working_day(day):
            day += DAY
        return day


DUTCH_WEEK = WorkingWeek()

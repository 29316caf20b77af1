"""Quiet hours: no SMS rings at night, on a Sunday or on a holiday. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from portal.clock import AMSTERDAM, DAY, dutch_holidays

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Hours:
    """When an SMS may arrive, in Amsterdam: from `opens` until just before `closes`."""

    opens: time = time(8)
    closes: time = time(21)
    sundays: bool = False  # True: on Sundays and Dutch public holidays as well


def next_open(moment: datetime, hours: Hours) -> datetime:
    """Return the moment itself when an SMS may arrive then, else when the next one may."""
    local = moment.astimezone(AMSTERDAM)
    day = local.date()
    if _is_open_day(day, hours) and hours.opens <= local.time() < hours.closes:
        return moment
    if local.time() >= hours.opens:
        day += DAY
    while not _is_open_day(day, hours):
        day += DAY
    return datetime.combine(day, hours.opens, AMSTERDAM).astimezone(moment.tzinfo)


def _is_open_day(day: date, hours: Hours) -> bool:
    return hours.sundays or (day.weekday() != SUNDAY and day not in dutch_holidays(day.year))

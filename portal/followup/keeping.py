"""How long something is kept, in days as people in Amsterdam count them (rule 9). Pure.

What is kept "4 weeks" or "12 months" goes on the day that is so much later, at 0:00. A month later
is the same day of the month, or its last day where there is no such day: what begins on 30 November
and is kept 3 months goes on 28 February.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.clock import DAY, months_after, overdue_from

# A month that is shorter can bring the day this much forward.
LONGEST_SLIP = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Span:
    """So many whole months, weeks and days of the calendar; one of them in practice."""

    months: int = 0
    weeks: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day on which something goes that began on this day."""
        return months_after(day, self.months) + timedelta(weeks=self.weeks, days=self.days)

    def last_day_over(self, today: date) -> date:
        """The latest day of which what began on it is over by today."""
        day = self._back(today) + LONGEST_SLIP
        while self.after(day) > today:
            day -= DAY
        return day

    def too_old_before(self, today: date) -> datetime:
        """What began before this moment is over by today; in UTC, to compare what is stored."""
        return overdue_from(self.last_day_over(today))

    def _back(self, today: date) -> date:
        return months_after(today - timedelta(weeks=self.weeks, days=self.days), -self.months)


def span_of(norm: str, number: int) -> Span:
    """Read a norm of `catalogue.norms.RETENTION`: its name ends in the unit, such as "_months"."""
    unit = norm.rpartition("_")[2]
    if unit not in Span.__slots__:
        raise ValueError(f"{norm!r} does not say of what")
    return Span(**{unit: number})

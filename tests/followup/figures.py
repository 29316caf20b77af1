"""What the facts of a world add up to."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from portal.registration.facts import ReportFact
from tests.desk.world import World


def figures(world: World) -> Counter[str]:
    """How often each thing happened, as "what", "what code" or "what days"; zero is left out."""
    counted: Counter[str] = Counter()
    with world.looking() as db:
        for fact in db.scalars(select(ReportFact)):
            detail = fact.code if fact.working_days is None else str(fact.working_days)
            counted[f"{fact.what} {detail}" if detail else fact.what] += fact.count
    return Counter({what: count for what, count in counted.items() if count})

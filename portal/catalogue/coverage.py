"""Where everybody lands: every postcode of every area with every wish, as routing decides today.

Routing must not fail silently: a coordinator can read this, and a test demands it for every pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.catalogue.known import KnownContact, KnownProgramme
from portal.catalogue.models import WISHES
from portal.catalogue.snapshot import Snapshot
from portal.routing.decide import Advice, route
from portal.routing.facts import Facts


@dataclass(frozen=True)
class Landing:
    """Who somebody with this wish meets who lives here (`digits` None: nowhere we know)."""

    programme: KnownProgramme
    digits: str | None
    wish: str
    advice: Advice
    contact: KnownContact


def landings(snapshot: Snapshot, today: date) -> Iterator[Landing]:
    """Yield every postcode × wish, for people who tell nothing else; and those without a place."""
    for digits in (*sorted(snapshot.places), None):
        for wish in WISHES:
            yield _landing(snapshot, digits, wish, today)


def _landing(snapshot: Snapshot, digits: str | None, wish: str, today: date) -> Landing:
    programme = snapshot.programme_at(digits)
    here = frozenset(row.id for row in snapshot.landlords_at(digits))
    facts = Facts(landlords_here=here, wishes=frozenset({wish}), digits=digits)
    outside = not snapshot.serves(digits)
    advice = route(facts, snapshot.routing_catalogue(programme, today, outside=outside))
    return Landing(programme, digits, wish, advice, snapshot.contacts[advice.contact])

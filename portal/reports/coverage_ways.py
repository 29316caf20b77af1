"""By every way at once: what people like, choose, came by and hide, to see what never happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from portal.reports.coverage import Asked
from portal.routing.decide import alternatives
from portal.routing.facts import Facts, Id
from portal.routing.reasons import Reason


@dataclass(frozen=True)
class Ways:
    """Which rules name somebody today, and which organisations anybody can come to."""

    reasons: frozenset[Reason]
    organizations: frozenset[Id]


def every_way(asked: Asked) -> Ways:
    """Try every way to come. Raises `routing.catalogue.CatalogueError`."""
    reasons, organizations = set[Reason](), set[Id]()
    for facts in _first_ways(asked):
        advice = asked.advise(facts)
        reasons.add(advice.reason)
        organizations.add(advice.organization)
        # What is offered under "rather someone else" is a way too.
        for other in alternatives(facts, asked.routes(facts.digits), advice):
            reasons.add(Reason.CHOSEN_BY_PERSON)
            organizations.add(other)
    return Ways(frozenset(reasons), frozenset(organizations))


def _first_ways(asked: Asked) -> Iterator[Facts]:
    """Yield what people may tell before they choose somebody themselves."""
    yield Facts()
    snapshot = asked.snapshot
    for digits in asked.digits:
        here = frozenset[Id](row.id for row in snapshot.landlords_at(digits))
        yield Facts(landlords_here=here, digits=digits)
    for landlord in snapshot.landlords_of(asked.programme):
        yield Facts(landlord=landlord.id)
        yield Facts(landlord=landlord.id, landlord_hidden=True)
    for service in snapshot.services.values():
        if service.programme_id == asked.programme.id and snapshot.service(service.slug):
            yield Facts(likes=frozenset({service.slug}))
    for organization in _linked(asked):
        yield Facts(entry=organization)


def _linked(asked: Asked) -> Iterator[UUID]:
    """Yield the organisations that a poster or flyer leads to."""
    for link in asked.snapshot.entry_links.values():
        if link.programme_id == asked.programme.id and link.organization_id:
            yield link.organization_id

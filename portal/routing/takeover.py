"""Who takes over when the owner stays silent, and who else a person may choose."""

from __future__ import annotations

from collections.abc import Iterator

from portal.routing.catalogue import Catalogue
from portal.routing.facts import Facts, Id
from portal.routing.interest import by_interest


def safety_net(catalogue: Catalogue) -> tuple[Id, Id, Id]:
    """The contacts a programme falls back on, in order."""
    programme = catalogue.programme
    return programme.fallback, programme.alternative, programme.last_resort


def takes_over(facts: Facts, catalogue: Catalogue, owner: Id, contact: Id) -> Id:
    """The contact who steps in for `contact` of the organisation `owner`; always one who is on.

    Of another organisation, never a landlord who need not know, and no landlord at all for
    somebody who chose an organisation that is none. Only when the desk of last resort is the owner
    and nobody of the programme can step in, it is a colleague there or, failing that, `contact`.
    """
    unwelcome = catalogue.kept_out(facts)
    if facts.chosen == owner and owner not in catalogue.landlords:
        unwelcome = catalogue.landlords
    for named in safety_net(catalogue):
        organization = catalogue.owner_of(named)
        seats = catalogue.seats(organization)
        if seats and organization != owner and organization not in unwelcome:
            own = (seat.caller.id for seat in seats if seat.contact.id == named)
            return next(own, seats[0].caller.id)
    colleagues = (seat.caller.id for seat in catalogue.seats(owner))
    return next((each for each in colleagues if each != contact), contact)


def other_owners(facts: Facts, catalogue: Catalogue, owner: Id) -> tuple[Id, ...]:
    """The organisations offered under "rather someone else", the most fitting first.

    Never the owner, never one that is off or need not know, and at least one that is no landlord:
    every such organisation when neither interest nor programme gives one. Empty of those only
    when the owner is the desk of last resort and no other organisation without homes is on.
    """
    kept_out = catalogue.kept_out(facts) | {owner}
    offered = _usable(_fitting(facts, catalogue), catalogue, kept_out)
    if all(each in catalogue.landlords for each in offered):
        others = (each for each in catalogue.in_order if each not in catalogue.landlords)
        offered = _usable(others, catalogue, kept_out) + offered
    return offered


def _fitting(facts: Facts, catalogue: Catalogue) -> Iterator[Id]:
    yield from by_interest(facts, catalogue)
    if facts.entry is not None:
        yield facts.entry
    yield from (catalogue.owner_of(each) for each in safety_net(catalogue))
    if facts.landlord is not None and facts.landlord in catalogue.landlords:
        yield facts.landlord
    yield from (each for each in catalogue.in_order if each in facts.landlords_here)


def _usable(wanted: Iterator[Id], catalogue: Catalogue, kept_out: frozenset[Id]) -> tuple[Id, ...]:
    once = dict.fromkeys(each for each in wanted if each not in kept_out)
    return tuple(each for each in once if catalogue.seats(each))

"""Decide who a person meets first. Pure: no database, clock or request.

The rule picks the organisation; capacity and language only the contact within it, so that fullness
never sends anybody elsewhere (rule 2). An organisation that is switched off, or where today nobody
is in and nobody stands in, cannot keep the promise of a call, and the next rule has its turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from portal.routing.catalogue import Catalogue
from portal.routing.facts import Facts, Id
from portal.routing.interest import by_interest
from portal.routing.reasons import Reason
from portal.routing.takeover import other_owners, safety_net, takes_over
from portal.routing.weighing import INTERPRETER, SPEAKS, Caseloads, room, speech, weigh

Rule = Callable[[Facts, Catalogue], Iterable[Id]]

NO_CASELOADS: Mapping[Id, int] = MappingProxyType({})


class Owner(NamedTuple):
    """An organisation, and the rule that named it."""

    reason: Reason
    organization: Id


@dataclass(frozen=True, slots=True)
class Advice:
    """Who it is and why, in codes.

    `candidates` are the contacts of the organisation in the order they were weighed; `queued`:
    everybody there is full; `interpreter`: `contact` does not speak the language but can call with
    an interpreter; `fallback` is the contact who takes over.
    """

    reason: Reason
    organization: Id
    contact: Id
    candidates: tuple[Id, ...]
    queued: bool
    language_met: bool
    interpreter: bool
    fallback: Id


def _chosen(facts: Facts, _catalogue: Catalogue) -> Iterable[Id]:
    return () if facts.chosen is None else (facts.chosen,)


def _named_by_entry_link(facts: Facts, _catalogue: Catalogue) -> Iterable[Id]:
    return () if facts.entry is None else (facts.entry,)


def _declared_landlord(facts: Facts, catalogue: Catalogue) -> Iterable[Id]:
    if facts.landlord is None or facts.landlord not in catalogue.landlords:
        return ()
    return (facts.landlord,)


def _the_one_landlord_of_the_postcode(facts: Facts, catalogue: Catalogue) -> Iterable[Id]:
    known = facts.landlord is not None or facts.rents_from_nobody
    here = facts.landlords_here & catalogue.landlords
    return () if known or len(facts.landlords_here) != 1 else here


def _offering_what_was_picked(facts: Facts, catalogue: Catalogue) -> Iterable[Id]:
    return by_interest(facts, catalogue)


def _programme_fallback(_facts: Facts, catalogue: Catalogue) -> Iterable[Id]:
    programme = catalogue.programme
    return (catalogue.owner_of(each) for each in (programme.fallback, programme.alternative))


def _desk_of_last_resort(_facts: Facts, catalogue: Catalogue) -> Iterable[Id]:
    return (catalogue.owner_of(catalogue.programme.last_resort),)


# The order is the policy: what the person chose beats what we would guess.
POLICY: tuple[tuple[Reason, Rule], ...] = (
    (Reason.CHOSEN_BY_PERSON, _chosen),
    (Reason.ENTRY_LINK, _named_by_entry_link),
    (Reason.OWN_LANDLORD, _declared_landlord),
    (Reason.ONLY_LANDLORD_HERE, _the_one_landlord_of_the_postcode),
    (Reason.FITS_INTEREST, _offering_what_was_picked),
    (Reason.PROGRAMME_FALLBACK, _programme_fallback),
    (Reason.LAST_RESORT, _desk_of_last_resort),
)


def route(facts: Facts, catalogue: Catalogue, caseloads: Caseloads = NO_CASELOADS) -> Advice:
    """Name the first contact the policy allows; the desk of last resort takes what is left.

    `caseloads` gives open cases by contact id, and beats what the catalogue's contacts carry.
    """
    return name_contact(name_owner(facts, catalogue), facts, catalogue, caseloads)


def name_owner(facts: Facts, catalogue: Catalogue) -> Owner:
    """Name the organisation, whatever the caseloads are.

    Always answers: a catalogue whose desk of last resort cannot take somebody cannot be built.
    """
    return next(_allowed(facts, catalogue))


def name_contact(owner: Owner, facts: Facts, catalogue: Catalogue, caseloads: Caseloads) -> Advice:
    """Name who calls for the owner; `caseloads` as `route` takes them."""
    named = safety_net(catalogue) if owner.reason in _BY_PROGRAMME else ()
    callers = weigh(catalogue.seats(owner.organization), facts.language, caseloads, named)
    first = callers[0]
    spoken = speech(first, facts.language)
    return Advice(
        reason=owner.reason,
        organization=owner.organization,
        contact=first.id,
        candidates=tuple(each.id for each in callers),
        queued=room(first, caseloads) <= 0,
        language_met=spoken == SPEAKS,
        interpreter=spoken == INTERPRETER,
        fallback=takes_over(facts, catalogue, owner.organization, first.id),
    )


def alternatives(facts: Facts, catalogue: Catalogue, advice: Advice) -> tuple[Id, ...]:
    """The organisations offered under "rather someone else"; see `takeover.other_owners`."""
    return other_owners(facts, catalogue, advice.organization)


_BY_PROGRAMME = frozenset({Reason.PROGRAMME_FALLBACK, Reason.LAST_RESORT})


def _allowed(facts: Facts, catalogue: Catalogue) -> Iterator[Owner]:
    kept_out = catalogue.kept_out(facts)
    for reason, rule in POLICY:
        for organization in rule(facts, catalogue):
            if organization not in kept_out and catalogue.seats(organization):
                yield Owner(reason, organization)

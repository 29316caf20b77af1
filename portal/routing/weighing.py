"""Who within an organisation: the rule picks the organisation, this picks the person in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from portal.routing.catalogue import Seat
from portal.routing.facts import Id
from portal.routing.offer import Contact

Caseloads = Mapping[Id, int]

SPEAKS, INTERPRETER, NEITHER = range(3)


def speech(contact: Contact, language: str | None) -> int:
    """How well a contact and a language meet: `SPEAKS`, with an `INTERPRETER`, or `NEITHER`."""
    if language is None or language in contact.languages:
        return SPEAKS
    return INTERPRETER if contact.interpreter else NEITHER


def room(contact: Contact, caseloads: Caseloads) -> int:
    """How many cases still fit; zero or less is full."""
    return contact.capacity - caseloads.get(contact.id, contact.caseload)


def weigh(
    seats: Sequence[Seat],
    language: str | None,
    caseloads: Caseloads,
    named: Collection[Id] = (),
) -> tuple[Contact, ...]:
    """The callers of these seats, best first.

    Somebody with room comes before somebody full, for the talk should not wait; then their
    language, or an interpreter; then whom the programme named; then the most room, so that work
    is spread; then the slug. A deputy takes the place in the rota of who is away.
    """

    def rank(seat: Seat) -> tuple[bool, int, bool, int]:
        return (
            room(seat.caller, caseloads) <= 0,
            speech(seat.caller, language),
            seat.contact.id not in named,
            -room(seat.contact, caseloads),
        )

    # Seats come by slug and sorting is stable. A deputy may hold two seats but is named once.
    ordered = sorted(seats, key=rank) if len(seats) > 1 else seats
    return tuple({seat.caller.id: seat.caller for seat in ordered}.values())

"""The parts of a catalogue that routing looks at. Frozen, with ids for keys."""

from __future__ import annotations

from dataclasses import dataclass

from portal.routing.facts import Id


@dataclass(frozen=True, slots=True)
class Organization:
    """Who can be an owner. `slug` breaks ties, so that equals always come in the same order."""

    id: Id
    slug: str
    active: bool = True
    is_landlord: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """A named human who calls. `absent` is about today; `interpreter`: can call with one.

    `deputy` stands in during absence, and counts only within the same organisation: nobody but
    the organisation named to the person may learn of them.
    """

    id: Id
    organization: Id
    slug: str
    languages: frozenset[str] = frozenset()
    interpreter: bool = False
    handles_rent: bool = False
    accepts: bool = True
    active: bool = True
    absent: bool = False
    capacity: int = 40
    caseload: int = 0
    deputy: Id | None = None

    @property
    def may_be_named(self) -> bool:
        """Whether this contact can ever be a candidate; absence and fullness pass, this stays."""
        return self.active and self.accepts and not self.handles_rent


@dataclass(frozen=True, slots=True)
class Service:
    """Something on offer. `id` is its slug; `places` are four digits, empty means everywhere."""

    id: Id
    organization: Id
    wishes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    active: bool = True

    def is_near(self, digits: str | None) -> bool:
        """Whether it is offered there; without a postcode only what is offered everywhere."""
        return not self.places or digits in self.places


@dataclass(frozen=True, slots=True)
class Programme:
    """The contacts a programme falls back on, in this order; the alternative is no landlord."""

    fallback: Id
    alternative: Id
    last_resort: Id

"""The catalogue as routing needs it: checked once, indexed once, then only read.

Build one per programme, catalogue version and Amsterdam day (absence is about today), and keep it;
open cases change by the minute and are given to `route` apart. Organisations and contacts that are
switched off belong in it too: a programme that names an unknown contact is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.routing.facts import Facts, Id
from portal.routing.offer import Contact, Organization, Programme, Service


class CatalogueError(ValueError):
    """A catalogue with which somebody could end up nowhere."""


class UnknownContactError(CatalogueError):
    """The programme names a contact, or one of an organisation, that is not in the catalogue."""


class AlternativeIsLandlordError(CatalogueError):
    """Whoever does not want their landlord to know would have no alternative."""


class LastResortUnfitError(CatalogueError):
    """The desk of last resort is switched off, handles rent or is a landlord."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A contact's place in the rota, and who takes the calls for it today."""

    contact: Contact
    caller: Contact


class Catalogue:
    """Programme, organisations, contacts and services; raises `CatalogueError`."""

    def __init__(
        self,
        programme: Programme,
        organizations: Iterable[Organization],
        contacts: Iterable[Contact],
        services: Iterable[Service] = (),
    ) -> None:
        self.programme = programme
        self.organizations: Mapping[Id, Organization] = {each.id: each for each in organizations}
        self.contacts: Mapping[Id, Contact] = {
            each.id: each for each in contacts if each.organization in self.organizations
        }
        self.services: tuple[Service, ...] = tuple(
            each for each in services if each.active and each.organization in self.organizations
        )
        self._check()
        self._seats = self._fill_seats()

    @cached_property
    def landlords(self) -> frozenset[Id]:
        """Every organisation that rents out homes."""
        return frozenset(each.id for each in self.organizations.values() if each.is_landlord)

    @cached_property
    def in_order(self) -> tuple[Id, ...]:
        """Every organisation, by slug: the order that depends on nobody's mood."""
        return tuple(each.id for each in sorted(self.organizations.values(), key=_by_slug))

    def owner_of(self, contact: Id) -> Id:
        """The organisation of a contact."""
        return self.contacts[contact].organization

    def seats(self, organization: Id) -> Sequence[Seat]:
        """Who can be named there today; empty when it is switched off or nobody is in."""
        return self._seats.get(organization, ())

    def kept_out(self, facts: Facts) -> frozenset[Id]:
        """The landlords who need not know: the declared one, or all when we cannot tell which."""
        if not facts.landlord_hidden:
            return frozenset()
        declared = facts.landlord
        if declared is not None and declared in self.landlords:
            return frozenset((declared,))
        return self.landlords

    def _check(self) -> None:
        named = (self.programme.fallback, self.programme.alternative, self.programme.last_resort)
        for contact in named:
            if contact not in self.contacts:
                raise UnknownContactError(str(contact))
        if self.organizations[self.owner_of(self.programme.alternative)].is_landlord:
            raise AlternativeIsLandlordError(str(self.programme.alternative))
        desk = self.contacts[self.programme.last_resort]
        at = self.organizations[desk.organization]
        if not (desk.active and at.active) or desk.handles_rent or at.is_landlord:
            raise LastResortUnfitError(str(desk.id))

    def _fill_seats(self) -> Mapping[Id, tuple[Seat, ...]]:
        seats: dict[Id, list[Seat]] = defaultdict(list)
        for contact in sorted(self.contacts.values(), key=_by_slug):
            caller = self._caller_for(contact)
            if caller and self.organizations[contact.organization].active:
                seats[contact.organization].append(Seat(contact, caller))
        # The desk of last resort cannot be away: somebody must be the end of every road.
        desk = self.contacts[self.programme.last_resort]
        seats[desk.organization] = seats[desk.organization] or [Seat(desk, desk)]
        return {organization: tuple(found) for organization, found in seats.items()}

    def _caller_for(self, contact: Contact) -> Contact | None:
        """The contact, or the first deputy down the line who is in."""
        for each in self._deputies(contact):
            if not each.absent:
                return each
        return None

    def _deputies(self, contact: Contact) -> Iterator[Contact]:
        seen: set[Id] = set()
        each: Contact | None = contact
        while each and each.may_be_named and each.id not in seen:
            yield each
            seen.add(each.id)
            each = self.contacts.get(each.deputy) if each.deputy is not None else None
            if each and each.organization != contact.organization:
                return


def _by_slug(each: Organization | Contact) -> tuple[str, str]:
    return each.slug, str(each.id)

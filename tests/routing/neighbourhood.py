"""An invented neighbourhood to route in, and builders that change one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from portal.routing.catalogue import Catalogue
from portal.routing.offer import Contact, Organization, Programme, Service

NL = frozenset({"nl"})

Changes = Mapping[str, Mapping[str, Any]]  # fields by id

ORGANIZATIONS = (
    Organization("trudo", "trudo", is_landlord=True),
    Organization("woonbedrijf", "woonbedrijf", is_landlord=True),
    Organization("kitchen", "kitchen"),
    Organization("workshop", "workshop"),
    Organization("neighbours", "neighbours"),
    Organization("desk", "desk"),
)
CONTACTS = (
    Contact("sanne", "trudo", "sanne", NL | {"tr"}),
    Contact("bas", "trudo", "bas", NL, interpreter=True),
    Contact("rent", "trudo", "a-rent", NL | {"ar"}, handles_rent=True),
    Contact("wilma", "woonbedrijf", "wilma", NL),
    Contact("kees", "kitchen", "kees", NL),
    Contact("mia", "workshop", "mia", NL),
    Contact("noor", "neighbours", "noor", NL),
    Contact("dina", "desk", "dina", NL),
)
SERVICES = (
    Service("cooking", "kitchen", frozenset({"together"})),
    Service("soup", "kitchen", frozenset({"together"}), places=frozenset({"5611"})),
    Service("bikes", "workshop", frozenset({"paid_work"}), places=frozenset({"5611"})),
    Service("wood", "workshop", frozenset({"learning"})),
)
# The fallback is a landlord, as in Eindhoven; the alternative never is.
PROGRAMME = Programme(fallback="wilma", alternative="noor", last_resort="dina")


def neighbourhood(
    *,
    changed: Changes | None = None,
    contacts: Iterable[Contact] = (),
    programme: Programme = PROGRAMME,
) -> Catalogue:
    """The neighbourhood, with fields of organisations, contacts or services changed by id."""
    change = changed or {}
    return Catalogue(
        programme,
        [replace(each, **change.get(str(each.id), {})) for each in ORGANIZATIONS],
        [*(replace(each, **change.get(str(each.id), {})) for each in CONTACTS), *contacts],
        [replace(each, **change.get(str(each.id), {})) for each in SERVICES],
    )

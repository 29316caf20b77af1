"""The rules between the tables of a pack: references, promises, and who must never be named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from portal.catalogue.norms import CHECKS, checks_in_order, norms_of
from portal.catalogue.pack.problems import Problem
from portal.catalogue.pack.promise import check_promise
from portal.catalogue.pack.shapes import Pack
from portal.i18n import LOCALES

# The front door answers at /<locale>/<word>/; a poster with one of these would never open.
TAKEN_WORDS = frozenset(
    {"change", "check", "mine", "near", "receipt", "send", "sixteen", "status", *LOCALES}
)


def check_pack(pack: Pack) -> list[Problem]:
    """Return everything that is wrong between the tables of `pack`."""
    rules = (
        _slugs_are_unique,
        _postcodes_lie_in_one_area,
        _references_are_known,
        _homes_are_a_landlords,
        _checks_follow_each_other,
        _deputies_are_colleagues,
        _tiles_are_short,
        _posters_open,
        check_promise,
    )
    return [problem for rule in rules for problem in rule(pack)]


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _slugs_are_unique(pack: Pack) -> Iterator[Problem]:
    tables = {
        "areas": [row.slug for row in pack.areas],
        "organizations": [row.slug for row in pack.organizations],
        "locations": [row.slug for row in pack.locations],
        "services": [row.slug for row in pack.services],
        "contacts": [row.slug for row in pack.contacts],
        "entry_links": [row.slug for row in pack.entry_links],
    }
    for table, slugs in tables.items():
        for slug in _twice(slugs):
            yield Problem(f"{table}.{slug}.slug", "is used twice")


def _postcodes_lie_in_one_area(pack: Pack) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for area in pack.areas:
        for digits in area.postcodes:
            other = owners.setdefault(digits, area.slug)
            if other != area.slug:
                reason = f"{digits} lies in area {other} already"
                yield Problem(f"areas.{area.slug}.postcodes", reason)


def _references_are_known(pack: Pack) -> Iterator[Problem]:
    organizations = {row.slug for row in pack.organizations}
    areas = {row.slug for row in pack.areas}
    for table, rows in (
        ("locations", pack.locations),
        ("services", pack.services),
        ("contacts", pack.contacts),
        ("entry_links", pack.entry_links),
    ):
        for row in rows:
            if row.organization is not None and row.organization not in organizations:
                reason = f"no organisation in this pack is called {row.organization!r}"
                yield Problem(f"{table}.{row.slug}.organization", reason)
    for service in pack.services:
        for slug in service.areas:
            if slug not in areas:
                reason = f"no area in this pack is called {slug!r}"
                yield Problem(f"services.{service.slug}.areas", reason)


def _homes_are_a_landlords(pack: Pack) -> Iterator[Problem]:
    known = {digits for area in pack.areas for digits in area.postcodes}
    for organization in pack.organizations:
        key = f"organizations.{organization.slug}.homes_in"
        if organization.homes_in and organization.kind != "corporation":
            yield Problem(key, "only a corporation rents out homes")
        for digits in organization.homes_in:
            if digits not in known:
                yield Problem(key, f"{digits} lies in no area of this pack")


def _checks_follow_each_other(pack: Pack) -> Iterator[Problem]:
    """Only who names a check is told: what is left out comes from the programme or the default."""
    programme = pack.programme.norms
    named = {f"organizations.{row.slug}.norms": row.norms for row in pack.organizations}
    for key, own in {"programme.norms": programme, **named}.items():
        norms = norms_of(programme, own)
        if not own.keys().isdisjoint(CHECKS) and not checks_in_order(norms):
            found = ", ".join(f"{check} = {norms[check]}" for check in CHECKS)
            yield Problem(key, f"each check must come later than the one before it: {found}")


def _deputies_are_colleagues(pack: Pack) -> Iterator[Problem]:
    contacts = {row.slug: row for row in pack.contacts}
    for contact in pack.contacts:
        key = f"contacts.{contact.slug}.deputy"
        deputy = contacts.get(contact.deputy or contact.slug)
        if deputy is None:
            yield Problem(key, f"no contact in this pack is called {contact.deputy!r}")
        elif deputy.organization != contact.organization:
            # Consent is for one organisation, so only a colleague may step in.
            yield Problem(key, f"{contact.deputy} works for another organisation")
        elif contact.deputy == contact.slug:
            yield Problem(key, "nobody can stand in for themselves")
        elif contact.deputy and deputy.handles_rent:
            yield Problem(key, f"{contact.deputy} handles rent and may never be named")


def _tiles_are_short(pack: Pack) -> Iterator[Problem]:
    for service in pack.services:
        for locale, spoken in service.words.items():
            if len(spoken["name"].split()) > 4:
                key = f"services.{service.slug}.words.{locale}.name"
                yield Problem(key, "is longer than 4 words")


def _posters_open(pack: Pack) -> Iterator[Problem]:
    known = {digits for area in pack.areas for digits in area.postcodes}
    for link in pack.entry_links:
        if link.slug in TAKEN_WORDS:
            yield Problem(f"entry_links.{link.slug}.slug", "is a word the portal itself uses")
        if link.digits and link.digits not in known:
            reason = f"{link.digits} lies in no area of this pack"
            yield Problem(f"entry_links.{link.slug}.digits", reason)

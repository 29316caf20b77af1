"""What a coordinator should look at, so that everybody keeps landing with a human.

A finding is a code with names; its words, and what to do about it, belong to the doors. `FIX` means
that today somebody could wait for nobody; `LOOK` that it goes well and could go better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from portal.catalogue.known import KnownContact, KnownOrganization
from portal.reports.coverage import Asked, Landing
from portal.reports.coverage_mail import Reached
from portal.reports.coverage_ways import Ways
from portal.routing.reasons import Reason

FIX, LOOK = "fix", "look"


@dataclass(frozen=True)
class Finding:
    """Something to look at. `things` are names, `languages` and `rule` codes."""

    code: str
    level: str
    organization: str = ""
    people: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True)
class Evidence:
    """What every check looks at."""

    asked: Asked
    rows: tuple[Landing, ...]
    ways: Ways
    reached: Reached

    @property
    def members(self) -> tuple[KnownOrganization, ...]:
        """The organisations that are on."""
        return self.asked.snapshot.members_of(self.asked.programme)

    def callers(self, organization: KnownOrganization) -> tuple[KnownContact, ...]:
        """The contacts there who may be named to somebody."""
        found = self.asked.snapshot.contacts_of(organization.id)
        return tuple(each for each in found if each.accepts_referrals)

    def has_seats(self, organization: KnownOrganization) -> bool:
        """Whether somebody there takes people up today."""
        return bool(self.asked.routes().seats(organization.id))

    def room(self, contact: KnownContact) -> int:
        """How many cases still fit."""
        return contact.capacity - self.asked.loads.get(contact.id, 0)


def _nobody_takes_up(look: Evidence) -> Iterator[Finding]:
    """An organisation that is on and named, where nobody is in and nobody stands in."""
    for row in look.members:
        if not look.has_seats(row):
            safety = row.id in _safety_net(look)
            yield Finding("nobody_takes_up", FIX if safety else LOOK, row.name)


def _safety_net(look: Evidence) -> set[object]:
    programme = look.asked.programme
    named = (programme.fallback_contact_id, programme.alternative_contact_id)
    return {look.asked.contact(each).organization_id for each in named}


def _only_last_resort(look: Evidence) -> Iterator[Finding]:
    if Reason.LAST_RESORT in look.ways.reasons:
        yield Finding("only_last_resort", FIX, _last_resort(look))


def _last_resort(look: Evidence) -> str:
    contact = look.asked.contact(look.asked.programme.last_resort_contact_id)
    return look.asked.snapshot.organizations[contact.organization_id].name


def _nobody_signs_in(look: Evidence) -> Iterator[Finding]:
    """People land there, and nobody there can open the list on which they stand."""
    for row in look.members:
        lands = any(each.organization.id == row.id for each in look.rows)
        if lands and row.id not in look.reached.organizations:
            yield Finding("nobody_signs_in", FIX, row.name)


def _full(look: Evidence) -> Iterator[Finding]:
    """Where everybody is full, people are called in time and wait for their talk."""
    full = {row.organization.name: row for row in look.rows if all(c.queued for c in row.callers)}
    for name, row in sorted(full.items()):
        fallback = row.reason is Reason.PROGRAMME_FALLBACK
        yield Finding("fallback_full" if fallback else "full", FIX if fallback else LOOK, name)


def _away(look: Evidence) -> Iterator[Finding]:
    for row in look.members:
        seated = {seat.contact.id for seat in look.asked.routes().seats(row.id)}
        gone = [
            each.first_name
            for each in look.callers(row)
            if each.is_absent(look.asked.today) and each.id not in seated
        ]
        if gone:
            yield Finding("away", FIX, row.name, tuple(gone))


def _no_deputy(look: Evidence) -> Iterator[Finding]:
    for row in look.members:
        able = {each.id for each in look.callers(row)}
        alone = tuple(each.first_name for each in look.callers(row) if each.deputy_id not in able)
        if alone:
            yield Finding("no_deputy", LOOK, row.name, alone)


def _mail_comes_back(look: Evidence) -> Iterator[Finding]:
    yield from _by_organization(look, "mail_comes_back", FIX, lambda c: c.id in look.reached.silent)


def _no_address(look: Evidence) -> Iterator[Finding]:
    """Without account and mail address somebody hears of nothing, unless by SMS."""
    known = look.reached.signing_in | look.reached.with_mail
    yield from _without_account(look, "no_address", lambda c: c.id not in known)


def _no_account(look: Evidence) -> Iterator[Finding]:
    """Somebody can be named who cannot open the list on which the person will stand."""
    mailed = look.reached.with_mail - look.reached.signing_in
    owners = {row.organization.id for row in look.rows}
    named = {each for each in mailed if look.asked.contact(each).organization_id in owners}
    yield from _without_account(look, "no_account", lambda c: c.id in named)


def _without_account(
    look: Evidence, code: str, fits: Callable[[KnownContact], bool]
) -> Iterator[Finding]:
    """Whose people wait on a list that nobody opens comes first; for others it may happen."""
    loads = look.asked.loads
    yield from _by_organization(look, code, FIX, lambda c: fits(c) and loads.get(c.id, 0) > 0)
    yield from _by_organization(look, code, LOOK, lambda c: fits(c) and not loads.get(c.id, 0))


def _no_room_ever(look: Evidence) -> Iterator[Finding]:
    yield from _by_organization(look, "no_room_ever", LOOK, lambda c: c.capacity == 0)


def _by_organization(
    look: Evidence, code: str, level: str, fits: Callable[[KnownContact], bool]
) -> Iterator[Finding]:
    for row in look.members:
        if found := tuple(each.first_name for each in look.callers(row) if fits(each)):
            yield Finding(code, level, row.name, found)


def _nobody_speaks(look: Evidence) -> Iterator[Finding]:
    """Languages in which people land with somebody who has no word in common with them."""
    silent: dict[str, set[str]] = defaultdict(set)
    for row in look.rows:
        for caller in row.callers:
            if caller.speech == "neither":
                silent[row.organization.name].update(caller.languages)
    for name, languages in sorted(silent.items()):
        known = tuple(code for code in look.asked.languages if code in languages)
        yield Finding("nobody_speaks", LOOK, name, languages=known)


def _never_reached(look: Evidence) -> Iterator[Finding]:
    for row in look.members:
        if look.has_seats(row) and row.id not in look.ways.organizations:
            yield Finding("never_reached", LOOK, row.name)


def _dead_rules(look: Evidence) -> Iterator[Finding]:
    """Rules of the policy that name nobody. Of the last one that is how it should be."""
    for reason in Reason:
        if reason is not Reason.LAST_RESORT and reason not in look.ways.reasons:
            yield Finding("dead_rule", LOOK, rule=reason.value)


def _dead_services(look: Evidence) -> Iterator[Finding]:
    """Tiles that lead to nobody, or are shown to nobody."""
    snapshot, here = look.asked.snapshot, set(look.asked.digits)
    for service in snapshot.services.values():
        if service.programme_id != look.asked.programme.id or not service.active:
            continue
        owner = snapshot.organizations[service.organization_id]
        name = (service.name("nl"),)
        if owner not in look.members or not look.has_seats(owner):
            yield Finding("dead_service", LOOK, owner.name, things=name)
        elif service.places and not service.places & here:
            yield Finding("hidden_service", LOOK, owner.name, things=name)


def _dead_links(look: Evidence) -> Iterator[Finding]:
    """Posters that lead to an organisation where nobody takes people up."""
    for link in look.asked.snapshot.entry_links.values():
        if link.programme_id != look.asked.programme.id or link.organization_id is None:
            continue
        owner = look.asked.snapshot.organizations[link.organization_id]
        if owner not in look.members or not look.has_seats(owner):
            yield Finding("dead_link", LOOK, owner.name, things=(link.slug,))


def _no_homes(look: Evidence) -> Iterator[Finding]:
    """A landlord of whom we do not know where the homes are is offered to nobody."""
    here = set(look.asked.digits)
    for row in look.asked.snapshot.landlords_of(look.asked.programme):
        if not row.homes_in & here:
            yield Finding("no_homes", LOOK, row.name)


# In the order in which they are shown: what can leave somebody waiting comes first.
CHECKS: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    _only_last_resort,
    _nobody_takes_up,
    _nobody_signs_in,
    _away,
    _full,
    _mail_comes_back,
    _no_address,
    _no_account,
    _no_deputy,
    _nobody_speaks,
    _no_room_ever,
    _never_reached,
    _dead_services,
    _dead_links,
    _no_homes,
    _dead_rules,
)


def findings(look: Evidence) -> list[Finding]:
    """Run every check; what must be mended comes first."""
    found = [each for check in CHECKS for each in check(look)]
    return sorted(found, key=lambda finding: finding.level != FIX)

"""What a coordinator should look at, so that everybody keeps landing with a human."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from portal.catalogue.known import KnownContact, is_away
from portal.notify.sms import is_mobile
from portal.reports.coverage_evidence import FIX, LOOK, Evidence, Finding
from portal.routing.reasons import Reason


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
    for row in look.owners:
        if row.id not in look.reached.organizations:
            yield Finding("nobody_signs_in", FIX, row.name)


def _no_coordinator(look: Evidence) -> Iterator[Finding]:
    """Somebody can open the list, and nobody is there to be told that people wait too long."""
    for row in look.owners:
        if row.id in look.reached.organizations - look.reached.coordinated:
            yield Finding("no_coordinator", LOOK, row.name)


def _coordinator_bounces(look: Evidence) -> Iterator[Finding]:
    for row in look.members:
        if row.id in look.reached.bouncing:
            yield Finding("coordinator_bounces", FIX, row.name)


def _not_told(look: Evidence) -> Iterator[Finding]:
    """Messages about no one case; also to an organisation that is off by now."""
    for row in look.asked.snapshot.organizations.values():
        lost = look.reached.not_told.get(row.id)
        if lost and row.id in look.asked.programme.members:
            yield Finding("not_told", FIX, row.name, messages=lost.kinds)


def _takeover_not_told(look: Evidence) -> Iterator[Finding]:
    """The owner is silent, and whoever takes over does not know it."""
    for contact in look.asked.snapshot.contacts.values():
        if contact.id in look.reached.takeovers_not_told:
            there = look.asked.snapshot.organizations[contact.organization_id]
            yield Finding("takeover_not_told", FIX, there.name, (contact.first_name,))


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
            if is_away(each, look.asked.today) and each.id not in seated
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
    yield from _without_account(
        look, "no_address", lambda c: not look.is_written_to(c) and is_mobile(c.phone)
    )


def _only_landline(look: Evidence) -> Iterator[Finding]:
    """Neither mail nor SMS arrives. Others there are told instead, if anybody there can be."""
    deaf = frozenset(row.id for row in look.members if not look.hears(row))
    yield from _without_account(look, "only_landline", lambda c: not look.is_told(c), deaf)


def _no_account(look: Evidence) -> Iterator[Finding]:
    """Somebody can be named who cannot open the list on which the person will stand."""
    mailed = look.reached.with_mail - look.reached.signing_in
    owners = {row.organization.id for row in look.rows}
    named = {each for each in mailed if look.asked.contact(each).organization_id in owners}
    yield from _without_account(look, "no_account", lambda c: c.id in named)


def _without_account(
    look: Evidence,
    code: str,
    fits: Callable[[KnownContact], bool],
    deaf: frozenset[object] = frozenset(),
) -> Iterator[Finding]:
    """Whose people wait on a list that nobody opens comes first; for others it may happen.

    `deaf` organisations come first as well: whatever is asked of them, nobody there hears it.
    """

    def waits(contact: KnownContact) -> bool:
        return look.asked.loads.get(contact.id, 0) > 0 or contact.organization_id in deaf

    yield from _by_organization(look, code, FIX, lambda c: fits(c) and waits(c))
    yield from _by_organization(look, code, LOOK, lambda c: fits(c) and not waits(c))


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
    _coordinator_bounces,
    _takeover_not_told,
    _not_told,
    _only_landline,
    _no_address,
    _no_account,
    _no_coordinator,
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

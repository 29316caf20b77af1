"""Who sees what, told from the table in docs/product.md: for every role, and by link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Select

from portal.accounts.identity import Identity, Role
from portal.catalogue.models import Contact
from portal.followup.taking_over import silent_for
from portal.referral.link import Opened, all_open, open_one
from portal.referral.models import Referral
from portal.referral.queries import referrals_of
from portal.referral.refusals import LinkError
from portal.referral.snapshot import sheet_of
from portal.referral.visible import Depth
from portal.registration import visible
from portal.registration.models import Consent, Registration
from tests.referral.rules import OPEN, World
from tests.referral.seeing import depth
from tests.referral.town import Office

TAKEN_UP = OPEN - {"requested"}
SEEN = timedelta(days=30)
# What stands on a sheet, by what the person agreed to share.
ON_SHEET = {"place": "digits"} | {
    share: share for share in ("wishes", "likes", "practical", "times", "words", "reach")
}


def seen_wrongly(world: World, now: datetime) -> Iterator[str]:
    """Name whatever somebody sees that they may not, or does not see that they may."""
    referrals = list(referrals_of(world.db, world.registration.id))
    for office in world.town.offices:
        for identity in (office.handler, office.coordinator):
            yield from _follows_up(world, office, identity, referrals, now)
        yield from _by_link(world, office, referrals, now)
    yield from _only_told(world, now)
    yield from _registrars(world, referrals, now)
    nobody = _everywhere(world, world.town.owner.handler, "viewer", "administrator")
    yield from _sees(world, nobody, visible.Depth.NOTHING, now)
    yield from _sees_no_referral(world, nobody, referrals, now)
    for each in referrals:
        yield from _sheet_holds_what_was_agreed(world, each, now)


def _everywhere(world: World, somebody: Identity, *roles: str) -> Identity:
    """The same account, with only these roles, in every organisation."""
    held = (Role(office.id, role, None, None) for office in world.town.offices for role in roles)
    return replace(somebody, roles=tuple(held))


def _follows_up(
    world: World,
    office: Office,
    identity: Identity,
    referrals: Iterable[Referral],
    now: datetime,
) -> Iterator[str]:
    owns = world.registration.owner_id == office.id
    wanted = visible.Depth.ALL if owns else visible.Depth.NOTHING
    yield from _sees(world, identity, wanted, now)
    for each in referrals:
        taken_over = world.registration.owner_id == each.receiver_id
        hidden = each.receiver_id != office.id or taken_over
        may = Depth.NOTHING if hidden else _receiver_may(world, each, now)
        if depth(world.db, identity, each, now) != may:
            yield f"{each.state} is not seen as {may}"


def _registrars(world: World, referrals: Iterable[Referral], now: datetime) -> Iterator[str]:
    """Whoever entered the person sees how it stands, for a while; no other registrar does."""
    recent = now - world.registration.received_at < SEEN
    for office in (world.town.owner, world.town.neighbours):
        identity = _everywhere(world, office.coordinator, "registrar")
        entered = world.registration.registered_by_id == identity.account_id
        wanted = visible.Depth.STATUS if entered and recent else visible.Depth.NOTHING
        yield from _sees(world, identity, wanted, now)
        yield from _sees_no_referral(world, identity, referrals, now)


def _sees(world: World, identity: Identity, wanted: visible.Depth, now: datetime) -> Iterator[str]:
    row = world.registration
    if visible.view_of(identity, row, now=now) != wanted:
        yield f"the person is not seen as {wanted}"
    lists = {
        "visible_to": (visible.visible_to(identity, now=now), wanted != visible.Depth.NOTHING),
        "cases_of": (visible.cases_of(identity), wanted == visible.Depth.ALL),
        "entered_by": (visible.entered_by(identity, now=now), wanted == visible.Depth.STATUS),
    }
    for name, (query, among) in lists.items():
        if _holds(world, query) != among:
            yield f"{name} differs from {wanted}"


def _holds(world: World, query: Select[Registration]) -> bool:
    return world.registration in world.db.scalars(query).all()


def _sees_no_referral(
    world: World, identity: Identity, referrals: Iterable[Referral], now: datetime
) -> Iterator[str]:
    if any(depth(world.db, identity, each, now) != Depth.NOTHING for each in referrals):
        yield "a referral seen by a role that follows nobody up"


def _by_link(
    world: World, office: Office, referrals: Iterable[Referral], now: datetime
) -> Iterator[str]:
    """A link to all of an organisation opens what it may see, and nothing else."""
    among = all_open(world.db, office.id, now=now)
    for each in referrals:
        may = each.receiver_id == office.id and _receiver_may(world, each, now) != Depth.NOTHING
        try:
            open_one(world.db, Opened(office.id, None), each.id, now=now)
        except LinkError:
            opens = False
        else:
            opens = True
        if opens != may or (each in among) != (may and each.state in OPEN):
            yield f"{each.state} by link: {opens}, not {may}"


def _only_told(world: World, now: datetime) -> Iterator[str]:
    """How late an owner is, is told to whoever was named to take over, and to nobody else."""
    row = world.registration
    named = world.db.get_one(Contact, row.fallback_contact_id).organization_id
    for office in world.town.offices:
        told = _holds(world, silent_for(office.coordinator, now=now))
        if told and (named != office.id or row.state == "closed"):
            yield "told that an owner is silent, but not named to take over"
        late = row.next_action_at is not None and row.next_action_at <= now
        if told and not (late or row.nobody_called_at):
            yield "told that an owner is silent who is in time"


def _sheet_holds_what_was_agreed(world: World, referral: Referral, now: datetime) -> Iterator[str]:
    may = _receiver_may(world, referral, now)
    if may == Depth.NOTHING:
        return
    sheet = sheet_of(world.db, referral, with_reach=may == Depth.SHEET_AND_REACH)
    agreed = world.agreed.get(referral.receiver_id, frozenset())
    shown = {share for share, field in ON_SHEET.items() if getattr(sheet, field)}
    if shown - agreed or set(sheet.shares) - agreed:
        yield f"the sheet tells {shown - agreed}, which was not agreed"
    if "reach" in shown and referral.state not in TAKEN_UP:
        yield "a number is shown too early"


def _receiver_may(world: World, referral: Referral, now: datetime) -> Depth:
    consent = world.db.get_one(Consent, referral.consent_id)
    over = referral.ended_at is not None and now - referral.ended_at >= SEEN
    if consent.revoked_at or over:
        return Depth.NOTHING
    return Depth.SHEET_AND_REACH if referral.state in TAKEN_UP else Depth.SHEET

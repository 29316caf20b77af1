"""What must hold whatever happened, told from the rows and not from the code that wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.catalogue.models import Contact
from portal.referral.models import Referral
from portal.referral.queries import events_of, referrals_of
from portal.referral.snapshot import sheet_of
from portal.referral.visible import Depth
from portal.registration.models import Consent, Registration, RegistrationEvent
from portal.registration.visible import cases_of
from tests.referral.seeing import depth
from tests.referral.town import Office, Town

OPEN = {"requested", "accepted", "in_progress", "on_hold"}
TAKEN_UP = OPEN - {"requested"}
SEEN_AFTER_END = timedelta(days=30)


@dataclass
class World:
    """The rows, and what somebody who watches remembers about them."""

    db: Session
    town: Town
    registration: Registration
    agreed: set[UUID]
    contact_allowed: bool = False
    waiting_since: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Remember since when the person waits."""
        self.waiting_since = self.registration.waiting_since


def broken_rules(world: World, now: datetime) -> Iterator[str]:
    """Name every rule that does not hold."""
    referrals = list(referrals_of(world.db, world.registration.id))
    yield from _nobody_falls_between(world, referrals)
    yield from _every_referral_is_somebody_s(world, referrals)
    yield from _only_people_move_the_clock(world)
    for office in world.town.offices:
        yield from _sees_what_it_may(world, office, office.handler, referrals, now)


def _nobody_falls_between(world: World, referrals: list[Referral]) -> Iterator[str]:
    row, is_open = world.registration, [each for each in referrals if each.state in OPEN]
    if row.state == "closed":
        if is_open:
            yield "somebody who is closed has an open referral"
        return
    if row.next_action_at is None or not row.next_action:
        yield "an open registration without a dated step"
    if world.db.get_one(Contact, row.contact_id).organization_id != row.owner_id:
        yield "the contact works elsewhere"
    with_partners = row.state == "referred" or (
        row.state == "waiting" and row.resume_state == "referred"
    )
    if with_partners and not is_open:
        yield "said to be with partners, but with none"
    if is_open and sum(each.lead for each in is_open) != 1:
        yield "open referrals without exactly one lead"


def _every_referral_is_somebody_s(world: World, referrals: list[Referral]) -> Iterator[str]:
    for each in referrals:
        consent = world.db.get_one(Consent, each.consent_id)
        if each.state in OPEN:
            if each.due_at is None:
                yield "an open referral without a date"
            if consent.revoked_at or each.receiver_id not in world.agreed:
                yield "an open referral without consent"
            if consent.organization_id != each.receiver_id:
                yield "consent for somebody else"
        elif each.state != "completed" and not each.reason:
            yield "an end without a reason"
        last = max(events_of(world.db, each.id), key=lambda event: event.at)
        if last.at > (each.ended_at or last.at) and last.from_state != last.to_state:
            yield "something moved after the end"


def _only_people_move_the_clock(world: World) -> Iterator[str]:
    if world.registration.waiting_since != world.waiting_since and not world.contact_allowed:
        yield "somebody's waiting was reset without a conversation"
    world.waiting_since = world.registration.waiting_since
    ends = select(RegistrationEvent.actor).where(
        RegistrationEvent.registration_id == world.registration.id,
        RegistrationEvent.to_state == "closed",
    )
    if set(world.db.scalars(ends)) - {"account", "person"}:
        yield "something closed a person"


def _sees_what_it_may(
    world: World, office: Office, identity: Identity, referrals: list[Referral], now: datetime
) -> Iterator[str]:
    owns = world.registration.owner_id == office.id
    if (world.registration in set(world.db.scalars(cases_of(identity)))) != owns:
        yield "a case seen by another than its owner, or not by it"
    for each in referrals:
        wanted = _depth(world, office, each, now)
        if depth(world.db, identity, each, now) != wanted:
            yield f"{each.state} is not seen as {wanted}"
        if wanted == Depth.SHEET and sheet_of(world.db, each, with_reach=False).reach:
            yield "a number is shown too early"


def _depth(world: World, office: Office, referral: Referral, now: datetime) -> Depth:
    consent = world.db.get_one(Consent, referral.consent_id)
    over = referral.ended_at is not None and now - referral.ended_at >= SEEN_AFTER_END
    is_theirs = world.registration.owner_id == referral.receiver_id
    if referral.receiver_id != office.id or consent.revoked_at or over or is_theirs:
        return Depth.NOTHING
    return Depth.SHEET_AND_REACH if referral.state in TAKEN_UP else Depth.SHEET

"""What must hold whatever happened, told from the rows and not from the code that wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact
from portal.db.base import Base
from portal.followup.due import is_contact
from portal.followup.models import ContactAttempt
from portal.referral.models import Referral
from portal.referral.queries import events_of, referrals_of
from portal.registration.models import Consent, Registration, RegistrationEvent
from tests.referral.town import Town

OPEN = {"requested", "accepted", "in_progress", "on_hold"}
# No norm for somebody whom nobody has spoken to is longer: ten working days, holidays included.
SOON = timedelta(days=21)


@dataclass
class World:
    """The rows, and what somebody who watches remembers about them."""

    db: Session
    town: Town
    registration: Registration
    contact_allowed: bool = False
    agreed: dict[UUID, frozenset[str]] = field(default_factory=dict)
    waiting_since: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Remember since when the person waits, and with whom they agreed."""
        self.waiting_since = self.registration.waiting_since
        self.remember_agreed()

    def remember_agreed(self) -> None:
        """Read what was agreed, where it is not for a rule to say."""
        mine = Consent.registration_id == self.registration.id
        alive = select(Consent).where(mine, Consent.revoked_at.is_(None)).order_by(Consent.given_at)
        self.agreed = {
            each.organization_id: frozenset(each.shares) for each in self.db.scalars(alive)
        }

    def takes_back(self, who: UUID) -> None:
        """Whoever says no to their owner has stopped with everybody."""
        if who == self.registration.owner_id:
            self.agreed.clear()
        else:
            self.agreed.pop(who, None)


def broken_rules(world: World, now: datetime) -> Iterator[str]:
    """Name every rule that does not hold."""
    referrals = list(referrals_of(world.db, world.registration.id))
    yield from _nobody_falls_between(world, referrals)
    yield from _nobody_is_put_off(world, now)
    yield from _every_referral_is_somebody_s(world, referrals)
    yield from _only_people_move_the_clock(world)


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


def _nobody_is_put_off(world: World, now: datetime) -> Iterator[str]:
    """Whoever nobody has spoken to has a step soon: only a talk moves it further away (rule 3)."""
    row = world.registration
    mine = ContactAttempt.registration_id == row.id
    results = world.db.scalars(select(ContactAttempt.result).where(mine))
    spoken = any(map(is_contact, results)) or row.waiting_since > row.received_at
    later = row.next_action_at is not None and row.next_action_at > now + SOON
    # Whoever settled by themselves is asked after four weeks how it goes.
    if row.state not in ("aftercare", "closed") and later and not spoken:
        yield "nobody has spoken to them, and the next step is far away"


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


def still_there(db: Session, gone: Sequence[UUID]) -> Iterator[str]:
    """Name every table in which somebody who was erased can still be found."""
    marks = {mark for each in gone for mark in (each.hex, str(each))}
    for table in Base.metadata.sorted_tables:
        for row in db.execute(select(table)):
            if any(mark in str(value) for mark in marks for value in row):
                yield table.name

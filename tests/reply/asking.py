"""An owner who asks a partner, in the neighbourhood of the desk: referrals, their states, links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.base import Base
from portal.followup import partner
from portal.followup.record import record_attempt
from portal.referral import answer, withdraw, work
from portal.referral.ask import Ask
from portal.referral.consent import SHARES, answer_ask, ask_consent, record_consent
from portal.referral.link import make_link, token_of
from portal.referral.models import PartnerLink, Referral
from portal.referral.party import BY_LINK, as_owner
from portal.referral.queries import events_of
from portal.referral.refer import refer
from portal.registration.models import Registration
from tests.desk.world import SANNE, World, organization_id

PARTNER = "randstad"
PHONE_SHOWN = "06 12345678"


@dataclass(frozen=True)
class Asking:
    """Trudo asks Randstad, in a world."""

    world: World

    def refer(
        self,
        name: str = "Voorbeeld-Sam",
        *,
        to: str = PARTNER,
        shares: tuple[str, ...] = SHARES,
        registration: UUID | None = None,
        by: str = SANNE,
        **ask: Any,
    ) -> UUID:
        """Let the owner ask a partner to take somebody up, who agreed on the phone."""
        who = registration or self.world.register(name, likes=("eindhoven-koken",))
        now, owner = self.world.clock(), self.world.identity(by)
        with self.world.writing() as db:
            row, receiver = db.get_one(Registration, who), organization_id(db, to)
            if row.state == "new":
                record_attempt(db, row, "reached", by=owner, now=now)
            record_consent(
                db, row, receiver, shares=shares, method="phone", locale="nl", by=owner, now=now
            )
            wanted = Ask(receiver, **ask)
            return refer(db, row, wanted, by=as_owner(owner, row), now=now).id

    def agree_again(self, referral_id: UUID, *, way: str, shares: tuple[str, ...]) -> None:
        """A minute later the person agrees anew: "recorded" at the desk, or on their "own" page."""
        self.world.clock.advance(minutes=1)
        now, owner = self.world.clock(), self.world.identity(SANNE)
        with self.world.writing() as db:
            referral = db.get_one(Referral, referral_id)
            row = db.get_one(Registration, referral.registration_id)
            to = referral.receiver_id
            if way == "recorded":
                said: dict[str, Any] = {"method": "phone", "locale": "nl", "by": owner}
                record_consent(db, row, to, shares=shares, now=now, **said)
                return
            ask = ask_consent(db, row, to, shares=SHARES, by=owner, now=now)
            answer_ask(db, row, ask, agreed=True, locale="nl", now=now, shares=shares)

    def act(self, referral_id: UUID, deed: Callable[[Session, Referral], object]) -> None:
        """Let something happen to a referral."""
        with self.world.writing() as db:
            deed(db, db.get_one(Referral, referral_id))

    def bring(self, referral_id: UUID, state: str) -> None:
        """Lead a referral into a state, with a conversation where there can be one."""
        now = self.world.clock()
        for deed in ROADS[state]:
            self.act(referral_id, lambda db, row, deed=deed: DEEDS[deed](db, row, now))  # type: ignore[misc]  # mypy cannot see the type of a default
        self.world.clock.advance(minutes=5)
        assert self.load(referral_id).state == state

    def load(self, referral_id: UUID) -> Referral:
        """The referral as it is stored now."""
        with self.world.looking() as db:
            return db.get_one(Referral, referral_id)

    def only(self) -> UUID:
        """The one referral there is."""
        with self.world.looking() as db:
            return db.scalars(select(Referral.id)).one()

    def token(self, referral_id: UUID) -> str:
        """The token in the first message about a referral."""
        with self.world.looking() as db:
            links = select(PartnerLink).where(PartnerLink.referral_id == referral_id)
            return token_of(db, db.scalars(links.order_by(PartnerLink.created_at)).first())  # type: ignore[arg-type]  # there is one

    def list_token(self, slug: str = PARTNER) -> str:
        """The token of a link to all that is open."""
        with self.world.writing() as db:
            link = make_link(db, organization_id(db, slug), now=self.world.clock())
            return token_of(db, link)

    def events(self, referral_id: UUID) -> list[str]:
        """What happened to it, by code."""
        with self.world.looking() as db:
            return [each.event for each in events_of(db, referral_id)]

    def rows(self) -> dict[str, list[Any]]:
        """Every row of every table, to see whether anything changed."""
        with self.world.looking() as db:
            return {
                table.name: sorted(map(repr, db.execute(table.select()).all()))
                for table in Base.metadata.sorted_tables
            }


def _withdraw(db: Session, row: Referral, now: Any) -> None:
    registration = db.get_one(Registration, row.registration_id)
    withdraw.withdraw_consent(db, registration, row.receiver_id, now=now)


DEEDS: Mapping[str, Callable[[Session, Referral, Any], object]] = {
    "accept": lambda db, row, now: answer.accept(db, row, by=BY_LINK, now=now),
    "decline": lambda db, row, now: answer.decline(db, row, "full", by=BY_LINK, now=now),
    "reached": lambda db, row, now: partner.log_attempt(db, row, "reached", by=BY_LINK, now=now),
    "contact_made": lambda db, row, now: partner.contact_made(db, row, by=BY_LINK, now=now),
    "hold": lambda db, row, now: work.hold(db, row, rest_until(now), by=BY_LINK, now=now),
    "complete": lambda db, row, now: work.complete(db, row, "paid_work", by=BY_LINK, now=now),
    "fail": lambda db, row, now: partner.fail(db, row, "stopped", by=BY_LINK, now=now),
    "withdraw": lambda db, row, now: withdraw.withdraw(db, row, now=now),
    "withdraw_consent": _withdraw,
}
ROADS: Mapping[str, tuple[str, ...]] = {
    "requested": (),
    "accepted": ("accept", "reached"),
    "rejected": ("decline",),
    "in_progress": ("accept", "reached", "contact_made"),
    "on_hold": ("accept", "reached", "hold"),
    "completed": ("accept", "complete"),
    "failed": ("accept", "fail"),
    "cancelled": ("withdraw",),
}


def rest_until(now: Any) -> date:
    """A week from now."""
    day: date = (now + timedelta(days=7)).date()
    return day

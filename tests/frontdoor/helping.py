"""Somebody who registered at Trudo, and partners who are asked to help them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.followup.record import record_attempt
from portal.referral.ask import Ask
from portal.referral.consent import ask_consent, record_consent
from portal.referral.contacted import ask_contacted
from portal.referral.models import ConsentAsk, Referral
from portal.referral.party import BY_LINK, as_owner
from portal.referral.refer import refer
from portal.registration.models import Registration
from tests.desk.world import SANNE, World, organization_id
from tests.frontdoor.visiting import code_on, link_on, register
from tests.support.application import CheckedClient

PARTNER, OTHER = "springplank040", "randstad"
SHARES = ("wishes", "likes", "reach")


@dataclass(frozen=True)
class Helped:
    """The addresses of one person's page: by private link and by code."""

    world: World
    mine: str
    by_code: str

    @property
    def sanne(self) -> Identity:
        """Who follows them up."""
        return self.world.identity(SANNE)

    def load(self, db: Session) -> Registration:
        """The one registration there is."""
        return db.scalars(select(Registration)).one()

    def is_asked(self, partner: str = PARTNER, shares: Sequence[str] = SHARES) -> str:
        """Sanne asks on the page whether a partner may be told; return the id of the question."""
        with self.world.writing() as db:
            person = self.load(db)
            other = organization_id(db, partner)
            now = self.world.clock()
            return str(ask_consent(db, person, other, shares=shares, by=self.sanne, now=now).id)

    def is_referred(
        self, partner: str = PARTNER, shares: Sequence[str] = SHARES, **ask: object
    ) -> None:
        """The person said yes on the phone, and Sanne asked the partner."""
        with self.world.writing() as db:
            person, other = self.load(db), organization_id(db, partner)
            now = self.world.clock()
            record_consent(
                db,
                person,
                other,
                shares=shares,
                method="phone",
                locale="nl",
                by=self.sanne,
                now=now,
            )
            asked = Ask(other, **ask)  # type: ignore[arg-type]  # keywords of a test
            refer(db, person, asked, by=as_owner(self.sanne, person), now=now)

    def was_asked_whether_they_called(self) -> str:
        """The clock asks; return the id of the referral."""
        with self.world.writing() as db:
            referral = self.referral(db)
            ask_contacted(db, referral, now=self.world.clock())
            return str(referral.id)

    def referral(self, db: Session, partner: str = PARTNER) -> Referral:
        """The newest referral to a partner."""
        to = Referral.receiver_id == organization_id(db, partner)
        return db.scalars(select(Referral).where(to).order_by(Referral.created_at.desc())).all()[0]

    def ask(self, db: Session) -> ConsentAsk:
        """The one question there is."""
        return db.scalars(select(ConsentAsk)).one()


def somebody(world: World, client: CheckedClient, **said: Any) -> Helped:
    """Somebody registered at Trudo, and Sanne spoke to them."""
    receipt = register(client, **said)
    found = Helped(world, link_on(receipt), f"/nl/status/{code_on(receipt)}")
    with world.writing() as db:
        record_attempt(db, found.load(db), "reached", by=found.sanne, now=world.clock())
    return found


__all__ = ["BY_LINK", "OTHER", "PARTNER", "SHARES", "Helped", "somebody"]

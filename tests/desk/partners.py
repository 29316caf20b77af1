"""What tests of asking a partner share: ids by slug, the addresses, and a press on a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.followup.record import record_attempt
from portal.notify.models import OutboxMessage
from portal.referral.models import Referral
from portal.registration.models import Consent, Registration
from tests.desk.world import SANNE, World, organization_id
from tests.support.application import ORIGIN, CheckedClient
from tests.support.html import Element, read_html

# Looking at a case is written down, whatever comes of it.
NOT_THE_CASE = ("audit_event", "sign_in")


@dataclass(frozen=True)
class Desk:
    """Somebody at a desk with one person, whom they have spoken to."""

    world: World
    client: CheckedClient
    person: UUID

    @property
    def case(self) -> str:
        """The address of the case."""
        return f"/desk/registrations/{self.person}"

    def partner(self, slug: str) -> str:
        """The address of the page about one partner."""
        with self.world.looking() as db:
            return f"{self.case}/partners/{organization_id(db, slug)}"

    def page(self) -> Element:
        """The case as it is now."""
        return self.client.page(self.case)

    def press(self, at: str, action: str, **fields: Any) -> TestResponse:
        """Open a page and send its form with this action, filled in."""
        return self.client.submit(self.client.page(at), action, at=at, **fields)

    def forge(self, action: str, **fields: Any) -> TestResponse:
        """Send what no form on the page would."""
        token = self.page().all("input", name="csrf_token")[0].get("value")
        headers = {"Origin": ORIGIN, "Referer": ORIGIN + self.case}
        return self.client.post(action, data={"csrf_token": token, **fields}, headers=headers)

    def go_on(self, answer: TestResponse, action: str, **fields: Any) -> TestResponse:
        """Send a form of the page that came back."""
        return self.client.submit(tree(answer), action, at=self.case, **fields)

    def registration(self) -> Registration:
        """The person as they are stored now."""
        return self.world.load(self.person)

    def referrals(self) -> list[Referral]:
        """Everybody who was asked, the oldest first."""
        with self.world.looking() as db:
            query = select(Referral).order_by(Referral.created_at, Referral.id)
            return list(db.scalars(query))

    def consents(self, slug: str) -> list[Consent]:
        """What was agreed with one partner."""
        with self.world.looking() as db:
            which = Consent.organization_id == organization_id(db, slug)
            return list(db.scalars(select(Consent).where(which).order_by(Consent.given_at)))

    def kinds(self) -> list[str]:
        """Which messages went out, in the order of their kind."""
        with self.world.looking() as db:
            return sorted(db.scalars(select(OutboxMessage.kind)))


def speak(world: World, person: UUID) -> None:
    """Let Sanne speak to somebody, so that a partner can be asked."""
    with world.writing() as db:
        row = db.get_one(Registration, person)
        record_attempt(db, row, "reached", by=world.identity(SANNE), now=world.clock())


def tree(answer: TestResponse) -> Element:
    """The page that came back."""
    return read_html(answer.text)[1]


def stored(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Every row, but for the record of who looked."""
    return {name: found for name, found in rows.items() if name not in NOT_THE_CASE}

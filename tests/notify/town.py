"""Somebody who registered, and a post office that the test's clock and servers belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.load import load_pack
from portal.catalogue.pack.read import read_pack
from portal.catalogue.snapshot import load_snapshot
from portal.db.engine import Database
from portal.followup.letters import all_letters
from portal.notify.channels import Channel
from portal.notify.mail import MailServer, SmtpChannel
from portal.notify.models import OutboxMessage
from portal.notify.outbox import put_out
from portal.notify.post import Post
from portal.notify.sms import SmsChannel, SmsGateway
from portal.registration.answers import Answers
from portal.registration.intake import Intake, Shown
from portal.registration.models import Registration
from portal.registration.placing import place
from portal.registration.submit import CONSENT_TEXT, submit
from portal.registration.undelivered import flag_undelivered
from portal.settings import ROOT
from tests.support.clock import SettableClock
from tests.support.gateway import Gateway
from tests.support.smtp import HOST, MailHost

BASE_URL = "https://voordeur.example"
MOBILE, MAIL = "+31612345678", "fatma@voorbeeld.example"
SENDER = Address("Voordeur", "hallo", "voordeur.example")


def furnish(database: Database) -> None:
    """Load Eindhoven, as it is shipped."""
    with database.writing.begin() as db:
        load_pack(db, read_pack(ROOT / "portal" / "packs" / "eindhoven.toml"))


def register(db: Session, now: datetime, locale: str = "nl", **said: str | None) -> UUID:
    """Register Fatma, who rents from Trudo, with an address of her own in `said`."""
    answers = Answers(
        wishes=("paid_work",),
        first_name=said.pop("first_name", "Fatma") or "",
        language="nl",
        postcode="5616 AB",
        landlord="trudo",
        phone=said.pop("phone", None),
        email=said.pop("email", None),
    )
    catalogue = load_snapshot(db)
    found = place(db, catalogue, answers, now)
    shown = Shown(
        uuid4(),
        found.organization.id,
        found.contact.id,
        found.fallback.id,
        found.promised_on,
        CONSENT_TEXT,
    )
    return submit(db, catalogue, answers, shown, Intake(locale), now=now).id


@dataclass(frozen=True)
class Town:
    """Eindhoven with a post office. Every act is a transaction of its own."""

    database: Database
    clock: SettableClock
    post: Post

    def register(self, locale: str = "nl", **said: str | None) -> UUID:
        """Register somebody; the receipt lies in the outbox afterwards."""
        with self.database.writing.begin() as db:
            return register(db, self.clock(), locale, **said)

    def tell(self, registration_id: UUID, kind: str, recipient: str, **data: str) -> UUID:
        """Put one more message in the outbox."""
        with self.database.writing.begin() as db:
            return put_out(
                db,
                kind,
                registration_id=registration_id,
                recipient=recipient,
                locale="nl",
                now=self.clock(),
                data=dict(data),
            ).id

    def change(self, registration_id: UUID, **values: object) -> None:
        """Change columns of a registration, as some other room would."""
        with self.database.writing.begin() as db:
            registration = db.get_one(Registration, registration_id)
            for name, value in values.items():
                setattr(registration, name, value)

    def registration(self, registration_id: UUID) -> Registration:
        """Return it as it is now."""
        with self.database.reading() as db:
            return db.get_one(Registration, registration_id)

    def messages(self) -> list[OutboxMessage]:
        """Return the outbox as it is now, the oldest first."""
        with self.database.reading() as db:
            return list(db.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at)))

    def states(self) -> list[tuple[str, str | None]]:
        """Return how every message stands, and its trouble."""
        return [(message.state, message.trouble) for message in self.messages()]

    def count(self, state: str) -> int:
        """Count the messages in a state."""
        with self.database.reading() as db:
            query = select(func.count()).where(OutboxMessage.state == state)
            return db.scalar(query.select_from(OutboxMessage)) or 0


def open_town(database: Database, clock: SettableClock, channels: dict[str, Channel]) -> Town:
    """Furnish a database, and open its post office with these channels."""
    furnish(database)
    post = Post(
        database,
        channels,
        all_letters(BASE_URL),
        flag_undelivered,
        clock=clock,
        chance=lambda: 0.0,
    )
    return Town(database, clock, post)


def mail_to(host: MailHost) -> SmtpChannel:
    """Return a channel to this server that waits for no answer longer than a moment."""
    return SmtpChannel(MailServer(HOST, host.port, "none"), SENDER, wait=0.5)


def sms_to(gateway: Gateway) -> SmsChannel:
    """Return a channel to this gateway."""
    return SmsChannel(SmsGateway(gateway.url, {"to": "{to}", "text": "{text}"}), wait=0.5)

"""A neighbourhood with people at desks: a pack as it ships, accounts, registrations.

Everything happens through the rooms, at the moment of the test's clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, load_identity
from portal.accounts.manage import add_account, add_membership, find_account
from portal.accounts.models import Membership
from portal.catalogue.load import load_pack
from portal.catalogue.models import Contact, Organization
from portal.catalogue.pack.read import read_pack
from portal.catalogue.snapshot import load_snapshot
from portal.db.engine import Database
from portal.registration.answers import Answers
from portal.registration.intake import Intake, Shown
from portal.registration.models import Registration
from portal.registration.placing import place
from portal.registration.submit import CONSENT_TEXT, submit
from portal.settings import ROOT
from tests.support.application import CheckedClient
from tests.support.clock import USUAL, SettableClock, amsterdam
from tests.support.passwords import hashed

PASSWORD = "oefenen met de voordeur"
SANNE = "sanne@trudo.example"
MO = "mo@trudo.example"
COORDINATOR = "coordinator@trudo.example"
ESRA = "esra@woonbedrijf.example"
LINDA = "linda@randstad.example"
REGISTRAR = "registrar@voorbeeldhoek.example"
VIEWER = "viewer@aan-de-slag040.example"
ADMINISTRATOR = "administrator@aan-de-slag040.example"
# Each with the organisation, the role there, and the contact they are.
STAFF = (
    (SANNE, "trudo", "handler", "trudo-sanne"),
    (MO, "trudo", "handler", "trudo-mo"),
    (COORDINATOR, "trudo", "coordinator", None),
    (ESRA, "woonbedrijf", "handler", "woonbedrijf-esra"),
    (LINDA, "randstad", "handler", "randstad-linda"),
    (REGISTRAR, "voorbeeldhoek", "registrar", None),
    (VIEWER, "aan-de-slag040", "viewer", None),
    (ADMINISTRATOR, "aan-de-slag040", "administrator", None),
)


@dataclass(frozen=True)
class World:
    """The database of a test and its clock."""

    database: Database
    clock: SettableClock

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that commits."""
        with self.database.writing.begin() as db:
            yield db

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """Open a session for looking only."""
        with self.database.reading() as db:
            yield db

    def furnish(self) -> None:
        """Load Eindhoven and let its people have accounts."""
        with self.writing() as db:
            load_pack(db, read_pack(ROOT / "portal" / "packs" / "eindhoven.toml"))
            db.flush()
            password = hashed(PASSWORD)
            for email, slug, role, contact in STAFF:
                name = f"{email.partition('@')[0].title()} Voorbeeld"
                account = add_account(db, email, name, password_hash=password, now=self.clock())
                organization = organization_id(db, slug)
                seat = contact_id(db, contact) if contact else None
                add_membership(db, account, organization, role, contact_id=seat)

    def open_every_list(self) -> None:
        """Let Sanne open the list of every organisation where nobody else can."""
        account = self.identity(SANNE).account_id
        with self.writing() as db:
            taken = select(Membership.organization_id).where(Membership.role == "handler")
            for each in db.scalars(
                select(Organization.id).where(Organization.id.not_in(taken))
            ).all():
                db.add(Membership(account_id=account, organization_id=each, role="handler"))

    def identity(self, email: str) -> Identity:
        """Who signs in with this address."""
        with self.looking() as db:
            account = find_account(db, email)
            found = load_identity(db, account.id) if account else None
        assert found
        return found

    def register(
        self, name: str = "Voorbeeld-Sam", *, contact: str = "trudo-sanne", **said: object
    ) -> UUID:
        """Let somebody register, a tenant of the organisation of `contact`; return its id."""
        landlord = contact.partition("-")[0]
        answers = Answers(
            **{  # type: ignore[arg-type]  # keywords of a test, checked by what it asserts
                "wishes": ("paid_work",),
                "first_name": name,
                "language": "nl",
                "postcode": "5616 AB",
                "landlord": landlord,
                "phone": "+31612345678",
                **said,
            }
        )
        with self.writing() as db:
            return _submit(db, answers, contact, self.clock())

    def at_a_counter(self, registration_id: UUID) -> None:
        """Let it be somebody whom a registrar registered, who left a first name only."""
        with self.writing() as db:
            row = db.get_one(Registration, registration_id)
            row.channel, row.registered_by_id = "walkin", self.identity(REGISTRAR).account_id
            row.phone = None

    def load(self, registration_id: UUID) -> Registration:
        """The registration as it is stored now."""
        with self.looking() as db:
            return db.get_one(Registration, registration_id)

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """Collect every query that is sent to any database meanwhile."""
        sent: list[str] = []

        def note(_c: Connection, _cursor: object, statement: str, *_rest: object) -> None:
            if statement.startswith("SELECT"):
                sent.append(statement)

        event.listen(Connection, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(Connection, "before_cursor_execute", note)


def furnished(database: Database) -> None:
    """Fill a database once for every test that plays in this world."""
    World(database, SettableClock(amsterdam(USUAL))).furnish()


def _submit(db: Session, answers: Answers, contact: str, now: datetime) -> UUID:
    catalogue = load_snapshot(db)
    placement = place(db, catalogue, answers, now)
    shown = Shown(
        uuid4(),
        placement.organization.id,
        contact_id(db, contact),
        placement.fallback.id,
        placement.promised_on,
        CONSENT_TEXT,
    )
    return submit(db, catalogue, answers, shown, Intake("nl"), now=now).id


def organization_id(db: Session, slug: str) -> UUID:
    """The id of an organisation."""
    return db.scalars(select(Organization.id).where(Organization.slug == slug)).one()


def contact_id(db: Session, slug: str) -> UUID:
    """The id of a contact."""
    return db.scalars(select(Contact.id).where(Contact.slug == slug)).one()


def sign_in(client: CheckedClient, email: str, password: str = PASSWORD) -> None:
    """Sign in through the page, as people do."""
    page = client.page("/sign-in")
    answer = client.submit(page, "/sign-in", at="/sign-in", email=email, password=password)
    assert answer.status_code == 303, answer.text

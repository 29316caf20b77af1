"""The Energieacademie with 12 people in hand: nine asked by Haag Wonen, three its own."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, load_identity
from portal.accounts.manage import add_account, add_membership
from portal.catalogue.load import load_pack
from portal.catalogue.pack.read import read_pack
from portal.catalogue.snapshot import load_snapshot
from portal.db.engine import Database
from portal.followup import partner
from portal.followup.record import record_attempt
from portal.referral import answer, work
from portal.referral.ask import Ask
from portal.referral.consent import SHARES, record_consent
from portal.referral.party import BY_LINK, as_owner
from portal.referral.refer import refer
from portal.registration.answers import Answers
from portal.registration.intake import Intake, Shown
from portal.registration.models import Registration
from portal.registration.placing import place
from portal.registration.submit import CONSENT_TEXT, submit
from portal.settings import ROOT
from tests.desk.world import PASSWORD, contact_id, organization_id
from tests.support.clock import USUAL, SettableClock, amsterdam
from tests.support.passwords import hashed

AMAL = "amal@haag-wonen.example"
ANNA = "anna@energieacademie.example"
# E-mail, organisation, role and contact.
STAFF = (
    (AMAL, "haag-wonen", "handler", "haag-wonen-amal"),
    (ANNA, "energieacademie", "coordinator", "energieacademie-anna"),
    ("samira@het-voorbeeld.example", "het-voorbeeld", "handler", "het-voorbeeld-samira"),
)
FAR = ("requested", "accepted", "in_progress", "on_hold")
NAMES = tuple(f"Voorbeeld {letter}" for letter in "ABCDEFGHI")
OWN = ("Proef een", "Proef twee", "Proef drie")


def busy(database: Database) -> None:
    """Fill a database: twelve people are with the Energieacademie."""
    clock = SettableClock(amsterdam(USUAL))
    with database.writing.begin() as db:
        load_pack(db, read_pack(ROOT / "portal" / "packs" / "den-haag-zuidwest.toml"))
        db.flush()
        people = {email: _account(db, *rest, email=email, clock=clock) for email, *rest in STAFF}
        for number in range(len(NAMES)):
            _asked(db, people[AMAL], number, clock)
        for number, name in enumerate(OWN):
            _registered(db, name, f"+3161234568{number}", clock, landlord="nobody")


def _account(
    db: Session, slug: str, role: str, contact: str, *, email: str, clock: SettableClock
) -> Identity:
    name, password = f"{email[:4]} Voorbeeld", hashed(PASSWORD)
    account = add_account(db, email, name, password_hash=password, now=clock())
    seat = contact_id(db, contact)
    add_membership(db, account, organization_id(db, slug), role, contact_id=seat)
    db.flush()
    db.refresh(account)
    identity = load_identity(db, account.id)
    assert identity
    return identity


def _registered(
    db: Session, name: str, phone: str, clock: SettableClock, *, landlord: str
) -> Registration:
    answers = Answers(
        wishes=("learn_and_work",),
        likes=("zuidwest-energie",),
        first_name=name,
        language="nl",
        postcode="2533 AB",
        landlord=landlord,
        phone=phone,
    )
    catalogue = load_snapshot(db)
    found = place(db, catalogue, answers, clock())
    shown = Shown(
        uuid4(),
        found.organization.id,
        found.contact.id,
        found.fallback.id,
        found.promised_on,
        CONSENT_TEXT,
    )
    stored = submit(db, catalogue, answers, shown, Intake("nl"), now=clock())
    return db.get_one(Registration, stored.id)


def _asked(db: Session, amal: Identity, number: int, clock: SettableClock) -> None:
    """Haag Wonen asks the Energieacademie; each of them has come as far as another."""
    name, far = NAMES[number], FAR[number % 4]
    row = _registered(db, name, f"+3161234567{number}", clock, landlord="haag-wonen")
    # Whoever of Haag Wonen is named, Amal follows them up.
    row.contact_id = contact_id(db, "haag-wonen-amal")
    to, now = organization_id(db, "energieacademie"), clock()
    record_attempt(db, row, "reached", by=amal, now=now)
    _agrees(db, row, to, amal, clock)
    referral = refer(db, row, Ask(to), by=as_owner(amal, row), now=now)
    if far != "requested":
        answer.accept(db, referral, by=BY_LINK, now=now)
    if far in ("in_progress", "on_hold"):
        partner.log_attempt(db, referral, "reached", by=BY_LINK, now=now)
        partner.contact_made(db, referral, by=BY_LINK, now=now)
    if far == "on_hold":
        work.hold(db, referral, now.date() + timedelta(days=9), by=BY_LINK, now=now)


def _agrees(db: Session, row: Registration, to: UUID, amal: Identity, clock: SettableClock) -> None:
    said = {"shares": SHARES, "method": "phone", "locale": "nl"}
    record_consent(db, row, to, by=amal, now=clock(), **said)  # type: ignore[arg-type]  # a row of codes

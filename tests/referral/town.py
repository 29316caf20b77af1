"""A small town: an owner, three partners, the people who work there, and one person who waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, load_identity
from portal.accounts.manage import add_account, add_membership
from portal.catalogue.models import Contact, Organization, Programme, ProgrammeMember, Service
from portal.clock import DAY, amsterdam_day, start_of_day
from portal.privacy.encryption import seal
from portal.referral.ask import Ask
from portal.referral.consent import SHARES, record_consent
from portal.referral.models import Referral
from portal.referral.party import Party, as_owner, as_receiver
from portal.referral.refer import refer
from portal.registration.models import Consent, Registration
from tests.support.clock import amsterdam

# A plain Wednesday morning, with working days around it.
WEDNESDAY = amsterdam("2026-11-18T10:00")
PHONE = "+31612345678"


@dataclass(frozen=True)
class Office:
    """An organisation, its contact, who signs in there, and a service it offers: keys only."""

    id: UUID
    contact_id: UUID
    service_id: UUID
    handler: Identity
    coordinator: Identity


@dataclass(frozen=True)
class Town:
    """Who is there. `owner` serves whoever registers, `neighbours` take over when it is silent."""

    programme_id: UUID
    owner: Office
    coach: Office
    guide: Office
    neighbours: Office

    @property
    def offices(self) -> tuple[Office, ...]:
        """Every organisation there is."""
        return self.owner, self.coach, self.guide, self.neighbours


def build_town(db: Session) -> Town:
    """Write the town down."""
    organizations = {name: _organization(db, name) for name in ("thuis", "werk", "gids", "buurt")}
    db.flush()
    contacts = {name: _contact(db, name, row) for name, row in organizations.items()}
    db.flush()
    fallback = contacts["buurt"].id
    programme = Programme(
        id=uuid4(),
        slug="stad",
        name="Stad",
        municipality="Voorbeeldstad",
        phone="+31401234567",
        words={},
        fallback_contact_id=fallback,
        alternative_contact_id=fallback,
        last_resort_contact_id=fallback,
    )
    db.add(programme)
    db.flush()
    for row in organizations.values():
        db.add(ProgrammeMember(programme_id=programme.id, organization_id=row.id))
    offices = [
        _office(db, organizations[name], contacts[name], programme) for name in organizations
    ]
    return Town(programme.id, *offices)


def _organization(db: Session, name: str) -> Organization:
    kind = {"thuis": "corporation", "buurt": "neighbourhood"}.get(name, "partner")
    row = Organization(id=uuid4(), slug=name, name=name.title(), kind=kind)
    db.add(row)
    return row


def _contact(db: Session, name: str, organization: Organization) -> Contact:
    row = Contact(
        id=uuid4(),
        slug=f"{name}-sanne",
        organization_id=organization.id,
        first_name="Sanne",
        words={},
        phone="+31401234501",
        email=f"sanne@{name}.example",
        languages=["nl"],
    )
    db.add(row)
    return row


def _office(
    db: Session, organization: Organization, contact: Contact, programme: Programme
) -> Office:
    service = Service(
        id=uuid4(),
        slug=f"{organization.slug}-koken",
        organization_id=organization.id,
        programme_id=programme.id,
        pictogram="tools",
        wishes=["paid_work"],
        words={},
    )
    db.add(service)
    people = [_person_at(db, organization, contact, role) for role in ("handler", "coordinator")]
    return Office(organization.id, contact.id, service.id, people[0], people[1])


def _person_at(db: Session, organization: Organization, contact: Contact, role: str) -> Identity:
    email = f"{role}@{organization.slug}.example"
    account = add_account(db, email, role.title(), password_hash="-", now=WEDNESDAY)
    seat = contact.id if role == "handler" else None
    add_membership(db, account, organization.id, role, contact_id=seat)
    db.refresh(account)
    identity = load_identity(db, account.id)
    assert identity
    return identity


def a_registration(
    db: Session, town: Town, *, at: datetime = WEDNESDAY, state: str = "picked_up"
) -> Registration:
    """Somebody who was picked up by the owner; both who were named at "check" were agreed to."""
    row = Registration(
        id=uuid4(),
        programme_id=town.programme_id,
        state=state,
        owner_id=town.owner.id,
        contact_id=town.owner.contact_id,
        fallback_contact_id=town.neighbours.contact_id,
        promised_on=amsterdam_day(at),
        next_action="plan",
        next_action_at=start_of_day(amsterdam_day(at) + 14 * DAY),
        waiting_since=at - timedelta(hours=2),
        received_at=at - timedelta(hours=2),
        **SAID,
        **_references(),
    )
    for column, words in (("first_name", "Amal"), ("phone", PHONE)):
        seal(db, row, column, words)
    db.add(row)
    db.flush()
    for named in (town.owner.id, town.neighbours.id):
        db.add(_named_at_check(row, named))
    db.flush()
    return row


SAID: dict[str, Any] = {
    "locale": "ar",
    "language": "ar",
    "digits": "5611",
    "answers": {
        "wishes": ["paid_work"],
        "likes": ["koken"],
        "practical": ["children"],
        "times": ["morning"],
    },
    "shared_phone": True,
}


def _references() -> dict[str, Any]:
    """What would derive from a uuid; here only different each time."""
    return {
        "client_uuid": uuid4(),
        "answers_digest": b"a",
        "key_version": "s1",
        "code_digest": uuid4().bytes,
        "link_digest": uuid4().bytes,
    }


def _named_at_check(registration: Registration, organization_id: UUID) -> Consent:
    return Consent(
        registration_id=registration.id,
        organization_id=organization_id,
        text_version="1",
        locale="ar",
        method="screen",
        given_at=registration.received_at,
    )


def agree(
    db: Session,
    town: Town,
    registration: Registration,
    office: Office,
    *,
    shares: tuple[str, ...] = SHARES,
    at: datetime = WEDNESDAY,
) -> Consent:
    """The person said on the phone that this organisation may be told all of it."""
    return record_consent(
        db,
        registration,
        office.id,
        shares=shares,
        method="phone",
        locale="ar",
        by=town.owner.handler,
        now=at,
    )


def a_referral(
    db: Session,
    town: Town,
    *,
    to: Office | None = None,
    registration: Registration | None = None,
    at: datetime = WEDNESDAY,
    lead: bool = False,
    warm: bool = False,
    transfers: bool = False,
) -> Referral:
    """A referral to the coach, or somebody else, that the person agreed with."""
    office = to or town.coach
    registration = registration or a_registration(db, town, at=at)
    agree(db, town, registration, office, at=at)
    ask = Ask(office.id, lead=lead, warm=warm, transfers=transfers)
    return refer(db, registration, ask, by=as_owner(town.owner.handler, registration), now=at)


def send(db: Session, town: Town, registration: Registration, ask: Ask) -> Referral:
    """The owner asks exactly this."""
    by = as_owner(town.owner.handler, registration)
    return refer(db, registration, ask, by=by, now=WEDNESDAY)


def receiver_of(town: Town, referral: Referral) -> Party:
    """Whoever the referral was sent to, signed in."""
    office = next(each for each in town.offices if each.id == referral.receiver_id)
    return as_receiver(office.handler, referral)

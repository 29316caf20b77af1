"""People whose contact, owner or partner is about to be switched off, in the small town."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.followup import affected, partner, switch_contact, switch_organization
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral import answer, work
from portal.referral.models import ConsentAsk, Referral
from portal.referral.party import BY_LINK
from portal.referral.states import OPEN
from portal.registration.models import Consent, Registration
from portal.registration.visible import cases_of
from tests.referral.town import WEDNESDAY, Office, Town, a_referral, a_registration


def a_colleague(db: Session, office: Office, name: str = "Mo", **said: Any) -> Contact:
    """Somebody else who calls for an organisation."""
    row = Contact(
        **{
            "id": uuid4(),
            "slug": f"{office.id}-{name}".lower(),
            "organization_id": office.id,
            "first_name": name,
            "words": {},
            "phone": "+31401234502",
            "email": f"{name.lower()}@{office.id}.example",
            "languages": ["nl"],
            **said,
        }
    )
    db.add(row)
    db.flush()
    return row


def belongs_to(
    db: Session, town: Town, office: Office, *, state: str = "picked_up"
) -> Registration:
    """Somebody whose owner is this organisation; the neighbours take over, as was agreed."""
    row = a_registration(db, town, state=state)
    consent = db.scalars(
        select(Consent).where(
            Consent.registration_id == row.id, Consent.organization_id == town.owner.id
        )
    ).one()
    row.owner_id = consent.organization_id = office.id
    row.contact_id = office.contact_id
    row.resume_state = "picked_up" if state == "waiting" else None
    db.flush()
    return row


def asked(db: Session, town: Town, far: str, *, to: Office | None = None) -> Referral:
    """A referral that has come as far as this state."""
    referral = a_referral(db, town, to=to)
    if far != "requested":
        answer.accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    if far in ("in_progress", "on_hold"):
        partner.log_attempt(db, referral, "reached", by=BY_LINK, now=WEDNESDAY)
        partner.contact_made(db, referral, by=BY_LINK, now=WEDNESDAY)
    if far == "on_hold":
        until = WEDNESDAY.date() + timedelta(days=9)
        work.hold(db, referral, until, by=BY_LINK, now=WEDNESDAY)
    db.flush()
    return referral


def contact_off(
    db: Session, office: Office, takes_over: Contact | None, *, now: datetime = WEDNESDAY
) -> None:
    """Switch the contact of an organisation off, as its coordinator does."""
    contact = db.get_one(Contact, office.contact_id)
    seen = affected.by_contact(db, contact).seal
    heir = takes_over.id if takes_over else None
    switch_contact.switch_off(db, contact, heir, seen=seen, by=office.coordinator, now=now)
    db.flush()


def organization_off(
    db: Session, office: Office, *, instead: Contact | None = None, now: datetime = WEDNESDAY
) -> None:
    """Switch an organisation off: its coordinator, or the operator who names somebody instead."""
    row = db.get_one(Organization, office.id)
    switch_organization.switch_off(
        db,
        row,
        seen=affected.by_organization(db, row).seal,
        by=None if instead else office.coordinator,
        now=now,
        instead=instead,
    )
    db.flush()


def lost(db: Session, town: Town) -> list[str]:
    """Name everybody who has fallen between, or is seen by somebody they did not agree with."""
    found = []
    for row in db.scalars(select(Registration).where(Registration.state != "closed")):
        found += [f"{row.state}: {problem}" for problem in _problems(db, town, row)]
    for referral in db.scalars(select(Referral).where(Referral.state.in_(OPEN))):
        receiver = db.get_one(Organization, referral.receiver_id)
        if not (receiver.active and db.get_one(Contact, referral.contact_id).active):
            found.append("asked of somebody who is off")
    return found


def _problems(db: Session, town: Town, row: Registration) -> list[str]:
    problems = []
    contact, owner = db.get_one(Contact, row.contact_id), db.get_one(Organization, row.owner_id)
    if row.next_action_at is None or not row.next_action:
        problems.append("no dated step")
    if not contact.active or contact.organization_id != row.owner_id or contact.handles_rent:
        problems.append("no contact who may call")
    mine = select(ConsentAsk).where(ConsentAsk.registration_id == row.id)
    if not owner.active and db.scalars(mine).first() is None:
        problems.append("with somebody who stopped, and not asked who may have them")
    agreed = select(Consent.organization_id).where(
        Consent.registration_id == row.id, Consent.revoked_at.is_(None)
    )
    for office in town.offices:
        sees = row in set(db.scalars(cases_of(office.handler)))
        if sees and office.id not in set(db.scalars(agreed)):
            problems.append("seen by somebody who was not agreed to")
    return problems


def told(db: Session, kind: str) -> list[str]:
    """Where messages of this kind went."""
    db.flush()
    rows = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind))
    return sorted(unseal(db, row, "recipient") or "" for row in rows)

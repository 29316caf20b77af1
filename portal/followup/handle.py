"""Whose move it is: take a case over, hand it to a colleague, begin, let it wait, go on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Right
from portal.catalogue.models import Contact
from portal.clock import amsterdam_day, overdue_from
from portal.followup.due import PLAN, is_contact
from portal.followup.models import RESULTS, ContactAttempt
from portal.followup.refusals import (
    AlreadyTheirsError,
    NoSeatError,
    NotSpokenYetError,
)
from portal.registration.happen import account, happen
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.pace import pace_of
from portal.registration.refusals import NotAColleagueError, WrongDayError
from portal.registration.states import find
from portal.registration.tell import tell

LONGEST_WAIT = timedelta(days=92)
CONTACT = tuple(result for result in RESULTS if is_contact(result))


def take_over(db: Session, registration: Registration, *, by: Identity, now: datetime) -> None:
    """Make the case mine: pick it up if nobody did, and become its contact.

    Somebody who is no contact of the owner can pick up what is new, and then stays beside it.

    Raises:
        AlreadyTheirsError: it is mine already.
        NoSeatError: it was picked up, and I am no contact of this organisation.
    """
    seat, was_new = _seat(db, registration, by), registration.state == "new"
    if was_new:
        happen(db, registration, "pick_up", by=account(by), now=now)
    elif seat is None:
        raise NoSeatError
    elif seat == registration.contact_id:
        raise AlreadyTheirsError
    if seat and seat != registration.contact_id:
        _give(db, registration, seat, by=by, now=now)


def hand_over(
    db: Session, registration: Registration, contact_id: UUID, *, by: Identity, now: datetime
) -> None:
    """Give the case to another contact of the same organisation, and tell the person.

    Raises:
        AlreadyTheirsError: this contact has it.
        NotAColleagueError: the contact may not be named to this person.
    """
    if contact_id == registration.contact_id:
        raise AlreadyTheirsError
    if contact_id not in {contact.id for contact in colleagues(db, registration.owner_id)}:
        raise NotAColleagueError
    _give(db, registration, contact_id, by=by, now=now)


def colleagues(db: Session, organization_id: UUID) -> list[Contact]:
    """Return the contacts of an organisation who may be named to a person, by first name."""
    query = select(Contact).where(
        Contact.organization_id == organization_id,
        Contact.active,
        Contact.accepts_referrals,
        Contact.handles_rent.is_(False),
    )
    return sorted(db.scalars(query), key=lambda contact: (contact.first_name, contact.slug))


def start(db: Session, registration: Registration, *, by: Identity, now: datetime) -> None:
    """They begin with something of our own, without a partner; the day that was set stands.

    Whoever came back from a partner needs no other one now, but a plan.
    """
    happen(db, registration, "start", by=account(by), now=now)
    if registration.came_back:
        registration.came_back, registration.next_action = False, PLAN


def wait(
    db: Session, registration: Registration, until: date, *, by: Identity, now: datetime
) -> None:
    """Let the case rest until a day that was agreed with the person.

    Whoever nobody spoke to has agreed to nothing: only a talk moves the next one further away than
    one norm (rule 3). So after a rest it takes another talk. Raises `WrongDayError`,
    `NotSpokenYetError`.
    """
    today = amsterdam_day(now)
    if not today < until <= today + LONGEST_WAIT:
        raise WrongDayError
    find(registration.state, "wait", "account")
    if not _was_spoken_to(db, registration):
        raise NotSpokenYetError
    happen(db, registration, "wait", by=account(by), now=now, data={"until": until.isoformat()})
    registration.came_back = False
    registration.next_action, registration.next_action_at = "resume", overdue_from(until)


def resume(db: Session, registration: Registration, *, by: Identity, now: datetime) -> None:
    """Go on before the day: whoever takes it up again calls today."""
    happen(db, registration, "resume", by=account(by), now=now)
    today = pace_of(db, registration).week.add_working_days(amsterdam_day(now), 0)
    registration.next_action, registration.next_action_at = "call", overdue_from(today)


def _was_spoken_to(db: Session, registration: Registration) -> bool:
    """Whether anybody, here or of a partner, has really spoken to them since their last rest."""
    rests = (RegistrationEvent.registration_id == registration.id) & (
        RegistrationEvent.event == "wait"
    )
    rested = db.scalar(select(func.max(RegistrationEvent.at)).where(rests))
    talks = (ContactAttempt.registration_id == registration.id) & ContactAttempt.result.in_(CONTACT)
    if rested:
        talks &= ContactAttempt.at > rested
    met = registration.waiting_since > (rested or registration.received_at)
    return met or bool(db.scalar(select(exists().where(talks))))


def _seat(db: Session, registration: Registration, by: Identity) -> UUID | None:
    """Return the contact that I am in the owner's organisation, if that contact may be named."""
    if registration.owner_id not in by.organizations(Right.FOLLOW_UP):
        return None
    named = {contact.id for contact in colleagues(db, registration.owner_id)}
    return next(iter(sorted(named & by.contact_ids)), None)


def _give(
    db: Session, registration: Registration, contact_id: UUID, *, by: Identity, now: datetime
) -> None:
    data = {"from": str(registration.contact_id), "to": str(contact_id)}
    happen(db, registration, "hand_over", by=account(by), now=now, data=data)
    registration.contact_id = contact_id
    tell(db, registration, "other_contact", now=now, data={"contact": str(contact_id)})

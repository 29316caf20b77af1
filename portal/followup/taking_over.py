"""What whoever was named to take over sees and does when an owner stays silent.

Before they take over: a state and days, whose it is, and nothing about the person. The person
agreed at "check" that these people take over then, so nobody has to be asked any more (rule 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.identity import Identity, Right
from portal.catalogue.models import Contact, Organization
from portal.followup.clock_people import told_in_this_wait
from portal.followup.moves import make_owner
from portal.registration.fallback import fallback_stands
from portal.registration.happen import Actor
from portal.registration.models import Registration
from portal.registration.queries import IN_CASELOAD
from portal.registration.tell_staff import addresses_of, coordinators_of, put_out_to


@dataclass(frozen=True, slots=True)
class Silence:
    """Somebody whose owner is silent, and who should have called: all that is shown of them."""

    registration_id: UUID
    state: str
    promised_on: date
    waiting_since: datetime
    owner: str
    contact: str
    phone: str
    said_so: bool  # The person pressed "nobody called me".


def silences(db: Session, identity: Identity, *, now: datetime) -> Sequence[Silence]:
    """Return those for whom my organisations were told to take over, the longest waiting first."""
    owner, caller = aliased(Organization), aliased(Contact)
    query = (
        silent_for(identity, now=now)
        .join(owner, owner.id == Registration.owner_id)
        .join(caller, caller.id == Registration.contact_id)
        .with_only_columns(
            Registration.id.label("registration_id"),
            Registration.state,
            Registration.promised_on,
            Registration.waiting_since,
            owner.name.label("owner"),
            caller.first_name.label("contact"),
            caller.phone,
            Registration.nobody_called_at.is_not(None).label("said_so"),
        )
        .order_by(Registration.waiting_since, Registration.id)
    )
    return [Silence(**row) for row in db.execute(query).mappings()]


def named_for(identity: Identity) -> Select[Registration]:
    """Return the query for those whom my organisations would take over if the owner stopped."""
    mine = identity.organizations(Right.FOLLOW_UP)
    named = exists().where(
        Contact.id == Registration.fallback_contact_id, Contact.organization_id.in_(mine)
    )
    return select(Registration).where(Registration.state.in_(IN_CASELOAD), fallback_stands(), named)


def silent_for(identity: Identity, *, now: datetime) -> Select[Registration]:
    """Return the query for those among them for whom my organisations were told that they wait."""
    told_late = told_in_this_wait() & (Registration.next_action_at <= now)
    return named_for(identity).where(or_(told_late, Registration.nobody_called_at.is_not(None)))


def take_over(
    db: Session, registration: Registration, identity: Identity, *, now: datetime
) -> Contact:
    """Make my organisation the owner of one of `silent_for`; return who calls from now on.

    That is who takes over if they have a desk here as a contact, else the one who was named.
    The former owner is told, for from now on they see nothing.
    """
    named = db.get_one(Contact, registration.fallback_contact_id)
    heir = _me_as_contact(db, identity, named.organization_id) or named
    before = registration.contact_id, registration.owner_id
    promised = registration.promised_on
    registration.nobody_called_at = None
    by = Actor("partner", identity.account_id)
    make_owner(db, registration, heir, by=by, now=now)
    to = {
        each.recipient: each
        for each in (*addresses_of(db, before[0]), *coordinators_of(db, before[1]))
    }
    data = {"owner": str(heir.organization_id), "promised_on": promised.isoformat()}
    about = registration.id
    put_out_to(db, to.values(), "silence_ended", registration_id=about, now=now, data=data)
    return heir


def _me_as_contact(db: Session, identity: Identity, organization_id: UUID) -> Contact | None:
    query = select(Contact).where(
        Contact.id.in_(identity.contact_ids),
        Contact.organization_id == organization_id,
        Contact.active,
        Contact.handles_rent.is_(False),
    )
    return db.scalar(query.order_by(Contact.slug).limit(1))

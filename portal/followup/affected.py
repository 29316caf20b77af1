"""Who is affected when somebody is switched off: how many people, and where they go. Never who.

`seal` stands for exactly these people: what is confirmed must be what was shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization, Programme, Service
from portal.followup.heir import heir_of
from portal.referral.models import Referral
from portal.referral.states import OPEN
from portal.registration.models import Registration
from portal.registration.queries import IN_CASELOAD

# The contacts a programme cannot be without.
ROLES = ("fallback_contact_id", "alternative_contact_id", "last_resort_contact_id")


@dataclass(frozen=True, slots=True)
class Affected:
    """Counts of people. `back` is by who asked, `goes_to` by who was agreed with.

    `own` are those who are with them as owner, `asked` those among them who agreed with nobody
    else; `takes_over_for` are people of others. `people` counts everybody once.
    """

    people: int
    own: int
    back: Mapping[str, int]
    takes_over_for: int
    programmes: tuple[str, ...]
    seal: str
    goes_to: Mapping[str, int] = field(default_factory=dict)
    asked: int = 0

    @property
    def returned(self) -> int:
        """How many referrals go back."""
        return sum(self.back.values())

    @property
    def holds_something(self) -> bool:
        """Whether somebody has to take something over."""
        return bool(self.own or self.back or self.takes_over_for or self.programmes)


def by_contact(db: Session, contact: Contact) -> Affected:
    """Return who is affected by switching off a contact."""
    return _affected(
        db,
        own_of(contact),
        referrals_to(contact),
        falls_back_on(contact),
        programmes_of(db, {contact.id}),
    )


def by_organization(db: Session, organization: Organization) -> Affected:
    """Return who is affected by switching off an organisation."""
    contacts = set(db.scalars(_contacts_of(organization)))
    programmes = programmes_of(db, contacts)
    own, others = own_of(organization), falls_back_on(organization)
    found = _affected(db, own, referrals_to(organization), others, programmes)
    goes_to, asked = _heirs(db, db.scalars(select(Registration).where(own)))
    return Affected(
        people=found.people,
        own=found.own,
        back=found.back,
        takes_over_for=found.takes_over_for,
        programmes=found.programmes,
        seal=found.seal,
        goes_to=goes_to,
        asked=asked,
    )


def by_service(db: Session, service: Service) -> Affected:
    """Return who is affected by closing a service: those for whom nobody answered yet."""
    return _affected(db, false(), unanswered_for(service), false(), [])


def own_of(row: Contact | Organization) -> ColumnElement[bool]:
    """Registrations that are with them; a closed one is history."""
    theirs = Registration.owner_id if isinstance(row, Organization) else Registration.contact_id
    return (theirs == row.id) & (Registration.state != "closed")


def referrals_to(row: Contact | Organization) -> ColumnElement[bool]:
    """Open referrals to them."""
    theirs = Referral.receiver_id if isinstance(row, Organization) else Referral.contact_id
    return (theirs == row.id) & Referral.state.in_(OPEN)


def unanswered_for(service: Service) -> ColumnElement[bool]:
    """Referrals for a service that its organisation has not answered."""
    return (Referral.service_id == service.id) & (Referral.state == "requested")


def falls_back_on(row: Contact | Organization) -> ColumnElement[bool]:
    """Registrations of others whose owner they would take over from."""
    waiting = Registration.state.in_(IN_CASELOAD)
    if isinstance(row, Contact):
        return waiting & (Registration.fallback_contact_id == row.id)
    theirs = Registration.fallback_contact_id.in_(_contacts_of(row))
    return waiting & theirs & (Registration.owner_id != row.id)


def programmes_of(db: Session, contacts: set[UUID]) -> list[Programme]:
    """Return the programmes that fall back on one of these contacts, by name."""
    named = or_(*(getattr(Programme, role).in_(contacts) for role in ROLES))
    return list(db.scalars(select(Programme).where(named).order_by(Programme.name)))


def _affected(
    db: Session,
    own: ColumnElement[bool],
    referrals: ColumnElement[bool],
    falls_back: ColumnElement[bool],
    programmes: list[Programme],
) -> Affected:
    mine = set(db.scalars(select(Registration.id).where(own)))
    asked_by = select(Referral.id, Referral.registration_id, Organization.name).where(referrals)
    asked_by = asked_by.join(Registration, Registration.id == Referral.registration_id)
    rows = db.execute(asked_by.join(Organization, Organization.id == Registration.owner_id)).all()
    others = set(db.scalars(select(Registration.id).where(falls_back)))
    return Affected(
        people=len(mine | {row.registration_id for row in rows}),
        own=len(mine),
        back=_by_name(row.name for row in rows),
        takes_over_for=len(others),
        programmes=tuple(programme.name for programme in programmes),
        seal=_seal((*mine, *others, *(row.id for row in rows)), programmes),
    )


def _heirs(db: Session, registrations: Iterable[Registration]) -> tuple[dict[str, int], int]:
    """Count where people go, by name; and those who agreed with nobody else."""
    heirs = [heir_of(db, each) for each in registrations]
    found = [each.organization.name for each in heirs if each]
    return _by_name(found), len(heirs) - len(found)


def _by_name(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _contacts_of(organization: Organization) -> Select[UUID]:
    return select(Contact.id).where(Contact.organization_id == organization.id)


def _seal(ids: Iterable[UUID], programmes: list[Programme]) -> str:
    """The ids are random, so that nobody learns anything from their digest."""
    parts = sorted(str(each) for each in (*ids, *(row.id for row in programmes)))
    return sha256(" ".join(parts).encode()).hexdigest()[:24]

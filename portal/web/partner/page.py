"""Everything that somebody who was asked sees of one referral, as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.known import KnownContact, KnownOrganization
from portal.catalogue.snapshot import Snapshot
from portal.clock import amsterdam_day, due_on
from portal.followup.due import Missing, is_contact
from portal.followup.partner import attempts_on, missing_to_say_not_reached
from portal.i18n import current_locale
from portal.referral.answer import may_undo_again
from portal.referral.link import all_open
from portal.referral.models import Referral
from portal.referral.party import RECEIVER
from portal.referral.queries import open_referrals
from portal.referral.reasons import REASONS, TAKEN_OVER
from portal.referral.snapshot import Sheet, first_name_of, sheet_of
from portal.referral.states import allowed, may_undo_accept
from portal.referral.visible import Depth, depth_for_receiver
from portal.referral.words import TAKEN_UP
from portal.registration.models import Registration
from portal.web.catalogue import catalogue
from portal.web.partner.happened import Line, lines_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A referral for the eyes of its receiver. Stays out of `repr`.

    `may` holds what can be said now; `due` the last day for it, `late` says that it has passed.
    `missing` is what "not reached" still needs; `next_step` what the owner does after an end.
    `leads`: several were asked, and this one keeps it together.
    """

    referral: Referral
    sheet: Sheet
    owner: KnownOrganization
    asker: KnownContact
    receiver: KnownOrganization
    likes: Sequence[str]
    service: str
    drop_by: str
    may: frozenset[str]
    due: date | None
    late: bool
    today: date
    happened: Sequence[Line]
    colleagues: Mapping[str, str]
    missing: Missing
    next_step: str
    leads: bool

    def __repr__(self) -> str:
        return f"<Asked {self.referral.id}>"

    @property
    def name(self) -> str:
        """The first name, which every sentence needs."""
        return self.sheet.first_name

    @property
    def is_ours(self) -> bool:
        """Whether the receiver has become the owner."""
        return self.referral.outcome == TAKEN_OVER

    @property
    def ending(self) -> str:
        """Which event ended it, "" while it is open."""
        events = [line.event for line in self.happened if line.ends]
        return events[-1] if self.referral.ended_at and events else ""


def load_asked(db: Session, referral: Referral, *, now: datetime, names: bool = False) -> Asked:
    """Read it; `names`: whoever looks is a colleague, who may know which one did what."""
    db.flush()
    known = catalogue(db)
    registration = db.get_one(Registration, referral.registration_id)
    taken_up = depth_for_receiver(db, referral, now=now) == Depth.SHEET_AND_REACH
    sheet = sheet_of(db, referral, with_reach=taken_up)
    due_at = referral.due_at
    return Asked(
        referral=referral,
        sheet=sheet,
        owner=known.organizations[registration.owner_id],
        asker=known.contacts[registration.contact_id],
        receiver=known.organizations[referral.receiver_id],
        likes=_names_of(known, sheet.likes),
        service=_service(known, referral),
        drop_by=_place(known, sheet),
        may=_may(db, referral, now),
        due=due_on(due_at) if due_at else None,
        late=due_at is not None and due_at <= now,
        today=amsterdam_day(now),
        happened=lines_of(db, referral, names=names),
        colleagues=_colleagues(known, referral),
        missing=missing_to_say_not_reached(db, referral, now),
        next_step=_next_step(referral),
        leads=referral.lead and len(open_referrals(db, registration.id)) > 1,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A referral on a list: whom it is about, who asks, what it waits for until when."""

    referral: Referral
    name: str
    owner: str
    due: date | None
    late: bool

    def __repr__(self) -> str:
        return f"<Row {self.referral.id}>"


def rows_of(db: Session, referrals: Sequence[Referral], *, now: datetime) -> list[Row]:
    """Return them as rows, in as many queries for many as for one."""
    asked = {each.registration_id for each in referrals}
    found = db.scalars(select(Registration).where(Registration.id.in_(asked)))
    owners = {row.id: row.owner_id for row in found}
    known = catalogue(db)
    return [
        Row(
            each,
            first_name_of(db, each),
            known.organizations[owners[each.registration_id]].name,
            due_on(each.due_at) if each.due_at else None,
            each.due_at is not None and each.due_at <= now,
        )
        for each in referrals
    ]


def open_rows(db: Session, organization: KnownOrganization, *, now: datetime) -> list[Row]:
    """Return everything open of an organisation, the most urgent first."""
    return rows_of(db, all_open(db, organization.id, now=now), now=now)


def _may(db: Session, referral: Referral, now: datetime) -> frozenset[str]:
    """What the table of states lets a receiver say now, and words where it was taken up."""
    may = {row.event for row in allowed(referral.state, RECEIVER)}
    if not (may_undo_accept(referral.accepted_at, now) and may_undo_again(db, referral)):
        may.discard("undo")
    if not referral.warm and not any(is_contact(each.result) for each in attempts_on(db, referral)):
        may.discard("contact_made")
    if referral.state in TAKEN_UP:
        may |= {"attempt", "report"}
    return frozenset(may)


def _names_of(known: Snapshot, slugs: Sequence[str]) -> list[str]:
    names = {row.slug: row.name(current_locale()) for row in known.services.values()}
    return [names.get(slug, slug) for slug in slugs]


def _service(known: Snapshot, referral: Referral) -> str:
    found = known.services.get(referral.service_id) if referral.service_id else None
    return found.name(current_locale()) if found else ""


def _place(known: Snapshot, sheet: Sheet) -> str:
    place = sheet.reach.drop_by_id if sheet.reach else None
    found = known.locations.get(place) if place else None
    return f"{found.name}, {found.address}" if found else ""


def _colleagues(known: Snapshot, referral: Referral) -> dict[str, str]:
    """Who else of the receiver could take it up, by first name."""
    return {
        str(each.id): each.first_name
        for each in known.contacts.values()
        if each.organization_id == referral.receiver_id
        and each.active
        and not each.handles_rent
        and each.id != referral.contact_id
    }


def _next_step(referral: Referral) -> str:
    """The code of what the owner does after this end."""
    event = {"rejected": "decline", "failed": "fail"}.get(referral.state, "")
    return REASONS[event][referral.reason] if event and referral.reason else ""

"""Everything about one person, for whoever the case belongs to. Opening it is an audit event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.clock import amsterdam_day, due_on
from portal.followup.asked import Asked, asks_of, partners_of
from portal.followup.colleague import Colleague, as_colleagues
from portal.followup.due import NEXT_CODE, REGISTRAR
from portal.followup.end import may_say_not_reached
from portal.followup.handle import colleagues
from portal.followup.messages import Way, way_of_messages
from portal.followup.people import work_of
from portal.followup.record import last_days
from portal.followup.timeline import Entry, account_names, timeline_of
from portal.followup.undo import UNDO_ATTEMPT, undoable
from portal.privacy.encryption import unseal
from portal.referral.models import ConsentAsk
from portal.registration.models import Consent, Registration, RoutingDecision
from portal.registration.pace import Pace, pace_of
from portal.registration.queries import Reach, reference_of, way_of
from portal.registration.reference import code_shown
from portal.registration.states import allowed

# What only comes of calling a number.
PHONE_RESULTS = ("voicemail", "wrong_number")


@dataclass(frozen=True, slots=True)
class Case:
    """What the page shows. `may` are the events that the table of states allows right now, `pace`
    is the owner's, `last_days` are those for the next step after an attempt, by its result.
    `undoable` is what I wrote down by mistake, if I did.
    """

    registration: Registration
    first_name: str
    phone: str
    email: str
    code: str
    decision: RoutingDecision | None
    consents: Sequence[Consent]
    asks: Sequence[ConsentAsk]
    partners: Sequence[Asked]
    timeline: Sequence[Entry]
    names: dict[UUID, str]
    colleagues: Sequence[Colleague]
    may: frozenset[str]
    mine: bool
    instead: bool
    late: bool
    due: date | None
    today: date
    not_reached_allowed: bool
    pace: Pace
    last_days: Mapping[str, date]
    undoable: Entry | None
    way: Way | None

    def __repr__(self) -> str:
        return f"<Case {self.registration.id}>"

    @property
    def reach(self) -> Reach:
        """The way the person is best reached."""
        return way_of(self.registration)

    @property
    def norms(self) -> Mapping[str, int]:
        """The norms that hold for the owner."""
        return self.pace.norms

    @property
    def answer_by(self) -> date | None:
        """The day that the person reads on their own page, once they said that nobody called."""
        told = self.registration.nobody_called_at
        return self.pace.answer_by(told) if told else None

    @property
    def spoken(self) -> bool:
        """Whether somebody has spoken to the person since they registered."""
        return self.registration.waiting_since > self.registration.received_at

    @property
    def unfit_reasons(self) -> list[str]:
        """The reasons that cannot be given for closing, as things stand."""
        unfit = [] if self.not_reached_allowed else ["not_reached"]
        return unfit if self.registration.state == "aftercare" else [*unfit, "settled_well"]

    @property
    def withdrawable(self) -> set[UUID]:
        """The consents that the person could take back on the phone: the newest of each partner."""
        owner, closed = self.registration.owner_id, self.registration.state == "closed"
        newest = {
            each.organization_id: each.id for each in self.consents if each.revoked_at is None
        }
        return set() if closed else {newest[each] for each in newest if each != owner}

    @property
    def open_partners(self) -> list[Asked]:
        """Those who have this person in hand right now."""
        return [each for each in self.partners if each.is_open]

    @property
    def past_partners(self) -> list[Asked]:
        """Those who were asked and are not any more."""
        return [each for each in self.partners if not each.is_open]

    @property
    def open_asks(self) -> list[ConsentAsk]:
        """What the person was asked on their own page and has not answered."""
        return [each for each in self.asks if each.answered_at is None]

    @property
    def results(self) -> set[str]:
        """The results that an attempt to reach this person can have."""
        without_phone = () if self.phone else PHONE_RESULTS
        alone = () if self.registration.registered_by_id else (REGISTRAR,)
        return {*NEXT_CODE} - {*without_phone, *alone}

    @property
    def undo_until(self) -> datetime | None:
        """Until when I can take back what I wrote down."""
        return self.undoable.at + UNDO_ATTEMPT if self.undoable else None


def load_case(db: Session, registration: Registration, *, by: Identity, now: datetime) -> Case:
    """Gather the whole page in a number of queries that does not depend on the case."""
    consents = _consents(db, registration)
    overdue_at, told = registration.next_action_at, registration.nobody_called_at
    work, timeline = work_of(db, by, now), timeline_of(db, registration.id)
    return Case(
        registration=registration,
        first_name=unseal(db, registration, "first_name") or "",
        phone=unseal(db, registration, "phone") or "",
        email=unseal(db, registration, "email") or "",
        code=code_shown(reference_of(db, registration).code),
        decision=_decision(db, registration),
        consents=consents,
        asks=asks_of(db, registration.id),
        partners=partners_of(db, registration.id, now=now),
        timeline=timeline,
        names=account_names(db, {row.recorded_by_id for row in consents if row.recorded_by_id}),
        colleagues=_colleagues(db, registration),
        may=frozenset(row.event for row in allowed(registration.state, "account")),
        mine=registration.contact_id in work.own | work.instead,
        instead=registration.contact_id in work.instead,
        late=told is not None or (overdue_at is not None and overdue_at <= now),
        due=due_on(overdue_at) if overdue_at else None,
        today=amsterdam_day(now),
        not_reached_allowed=may_say_not_reached(db, registration, now),
        pace=pace_of(db, registration),
        last_days=last_days(db, registration, now),
        undoable=undoable(timeline, by.account_id, now),
        way=way_of_messages(db, registration),
    )


def _colleagues(db: Session, registration: Registration) -> list[Colleague]:
    found = colleagues(db, registration.owner_id)
    return as_colleagues(db, [each for each in found if each.id != registration.contact_id])


def _decision(db: Session, registration: Registration) -> RoutingDecision | None:
    """Return the newest decision about who gets this."""
    query = select(RoutingDecision).where(RoutingDecision.registration_id == registration.id)
    return db.scalar(query.order_by(RoutingDecision.at.desc()).limit(1))


def _consents(db: Session, registration: Registration) -> Sequence[Consent]:
    """Return every consent there ever was, those for the owner first."""
    others = Consent.organization_id != registration.owner_id
    query = select(Consent).where(Consent.registration_id == registration.id)
    return db.scalars(query.order_by(others, Consent.given_at, Consent.id)).all()

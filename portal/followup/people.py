"""A person as a row of a list: how long they wait, what they want, what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, case, or_
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.catalogue.away import stood_in_for
from portal.catalogue.models import Contact
from portal.clock import amsterdam_day, due_on, overdue_from
from portal.privacy.encryption import unseal
from portal.registration.models import Registration
from portal.registration.pace import Pace, paces_at
from portal.registration.queries import Reach, way_of
from portal.registration.visible import cases_of


class Block(IntEnum):
    """The blocks, in the order in which they are shown."""

    NOBODY_CALLED = 0
    NOT_PICKED_UP = 1
    CAME_BACK = 2
    OVERDUE = 3
    DUE_TODAY = 4
    WAITING = 5
    REST = 6


Found: TypeAlias = Row[Registration, str, int, bool, bool]
Paces: TypeAlias = Mapping[tuple[UUID, UUID], Pace]


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the list. `due` is the day of the next step; `late` when it has passed.

    `answer_by` is the day that somebody reads on their own page once they said nobody called.
    `mine`: I do what comes next. `instead`: for a colleague who is away, whose person it stays.
    """

    id: UUID
    block: Block
    first_name: str
    language: str
    wishes: Sequence[str]
    state: str
    step: str
    due: date
    late: bool
    answer_by: date | None
    waiting_since: datetime
    spoken: bool
    contact: str
    mine: bool
    instead: bool
    reach: Reach


def people_of(
    db: Session, identity: Identity, registrations: Sequence[Registration], *, now: datetime
) -> list[Person]:
    """Return these registrations as rows, closed ones too, in the order they were given."""
    wanted = [registration.id for registration in registrations]
    mine = work_of(db, identity, now)
    query = as_rows(cases_of(identity).where(Registration.id.in_(wanted)), mine, now)
    found = {person.id: person for person in read_rows(db, query, now)}
    return [found[key] for key in wanted if key in found]


@dataclass(frozen=True, slots=True)
class Work:
    """Whose people are mine to see to: my own, and those of whom I stand in for today."""

    own: frozenset[UUID]
    instead: frozenset[UUID] = frozenset()

    def is_mine(self) -> ColumnElement[bool]:
        """Whether it is I who does what comes next."""
        return Registration.contact_id.in_(self.own | self.instead)


def work_of(db: Session, identity: Identity, now: datetime) -> Work:
    """Return whose people somebody sees to today, in at most one query."""
    own = identity.contact_ids
    return Work(own, stood_in_for(db, own, amsterdam_day(now)))


def as_rows(
    query: Select[Registration], work: Work, now: datetime
) -> Select[Registration, str, int, bool, bool]:
    """Turn a query for registrations into one for what a row shows; `read_rows` reads it."""
    contact, block = Contact.first_name.label("contact"), block_of(now).label("block")
    joined = query.join(Contact, Contact.id == Registration.contact_id)
    mine = work.is_mine().label("mine")
    instead = Registration.contact_id.in_(work.instead).label("instead")
    return joined.with_only_columns(Registration, contact, block, mine, instead)


def is_late(now: datetime) -> ColumnElement[bool]:
    """Whether somebody waits too long: the day has passed, or they say nobody called."""
    return or_(Registration.next_action_at <= now, Registration.nobody_called_at.is_not(None))


def block_of(now: datetime) -> ColumnElement[int]:
    """The block somebody stands in at this moment."""
    tonight = overdue_from(amsterdam_day(now))
    # The order is the policy: the first that fits is where somebody stands.
    return case(
        (Registration.nobody_called_at.is_not(None), Block.NOBODY_CALLED),
        (Registration.state == "new", Block.NOT_PICKED_UP),
        (Registration.came_back, Block.CAME_BACK),
        (Registration.next_action_at <= now, Block.OVERDUE),
        (Registration.next_action_at <= tonight, Block.DUE_TODAY),
        (Registration.state == "waiting", Block.WAITING),
        else_=Block.REST,
    )


def read_rows(
    db: Session, query: Select[Registration, str, int, bool, bool], now: datetime
) -> list[Person]:
    """Read a query of `as_rows`; in two more when somebody says that nobody called."""
    rows = db.execute(query).all()
    told = [row[0] for row in rows if row[0].nobody_called_at]
    paces = paces_at(db, {(each.owner_id, each.programme_id) for each in told}) if told else {}
    return [_person_of(db, row, paces, now) for row in rows]


def _person_of(db: Session, found: Found, paces: Paces, now: datetime) -> Person:
    """Read one row; only here a name is unsealed."""
    registration, contact, block, mine, instead = found
    told = registration.nobody_called_at
    pace = paces.get((registration.owner_id, registration.programme_id))
    # Whoever is open has a next step: the database refuses anything else.
    overdue_at, is_open = registration.next_action_at or now, registration.state != "closed"
    return Person(
        id=registration.id,
        block=Block(block),
        first_name=unseal(db, registration, "first_name") or "",
        language=registration.language,
        wishes=registration.answers.get("wishes", ()),
        state=registration.state,
        step=registration.next_action,
        due=due_on(overdue_at),
        late=is_open and (overdue_at <= now or registration.nobody_called_at is not None),
        answer_by=pace.answer_by(told) if pace and told else None,
        waiting_since=registration.waiting_since,
        spoken=registration.waiting_since > registration.received_at,
        contact=contact,
        mine=mine,
        instead=instead,
        reach=way_of(registration),
    )

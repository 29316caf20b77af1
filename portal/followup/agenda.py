"""Who waits on us today: the work list, in blocks of a fixed order.

Two queries, however many people there are. Everybody stands in exactly one block: the first that
fits. Whoever is closed stands in none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, case, func, or_
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.catalogue.models import Contact
from portal.clock import amsterdam_day
from portal.followup.due import due_on, overdue_from
from portal.privacy.encryption import unseal
from portal.registration.models import Registration
from portal.registration.visible import visible_to

MOST_ROWS = 200


class Block(IntEnum):
    """The blocks, in the order in which they are shown."""

    NOBODY_CALLED = 0
    NOT_PICKED_UP = 1
    CAME_BACK = 2
    OVERDUE = 3
    DUE_TODAY = 4
    WAITING = 5
    REST = 6


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the list. `due` is the day of the next step; `late` when it has passed."""

    id: UUID
    block: Block
    first_name: str
    language: str
    wishes: Sequence[str]
    state: str
    step: str
    due: date
    late: bool
    waiting_since: datetime
    spoken: bool
    contact: str
    mine: bool
    drops_by: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """The list, with how many stand in each block, shown or not.

    `late` counts those who wait too long, `late_elsewhere` those among them who are a colleague's
    and not on this list.
    """

    people: Sequence[Person]
    counts: Mapping[Block, int]
    late: int
    late_elsewhere: int
    elsewhere: int

    def of(self, block: Block) -> list[Person]:
        """Return the people of one block, the longest waiting first."""
        return [person for person in self.people if person.block is block]


def load_agenda(
    db: Session, identity: Identity, *, now: datetime, everyone: bool, rest: bool
) -> Agenda:
    """Return the work list: my own people, or `everyone` I may follow; `rest` opens the last block."""
    counted = db.execute(_counts(identity, now)).all()
    listed = [each for each in counted if everyone or each.mine]
    counts = dict.fromkeys(Block, 0)
    for each in listed:
        counts[Block(each.block)] += each.people
    others = [] if everyone else [each for each in counted if not each.mine]
    found = db.execute(_rows(identity, now, everyone=everyone, rest=rest)).all()
    return Agenda(
        [_person(db, each, now) for each in found],
        counts,
        late=sum(each.late for each in listed),
        late_elsewhere=sum(each.late for each in others),
        elsewhere=sum(each.people for each in others),
    )


def _counts(identity: Identity, now: datetime) -> Select[tuple[int, bool, int, int]]:
    open_ones = visible_to(identity).where(Registration.state != "closed")
    block, mine = _block(now).label("block"), _is_mine(identity).label("mine")
    late = func.sum(case((_is_late(now), 1), else_=0)).label("late")
    people = func.count().label("people")
    return open_ones.with_only_columns(block, mine, people, late).group_by(block, mine)


def _rows(
    identity: Identity, now: datetime, *, everyone: bool, rest: bool
) -> Select[tuple[Registration, str, int, bool]]:
    block, mine = _block(now).label("block"), _is_mine(identity).label("mine")
    query = (
        visible_to(identity)
        .where(Registration.state != "closed")
        .join(Contact, Contact.id == Registration.contact_id)
        .with_only_columns(Registration, Contact.first_name.label("contact"), block, mine)
        .order_by(block, Registration.waiting_since, Registration.id)
        .limit(MOST_ROWS)
    )
    query = query if everyone else query.where(_is_mine(identity))
    return query if rest else query.where(_block(now) != Block.REST)


def _is_mine(identity: Identity) -> ColumnElement[bool]:
    return Registration.contact_id.in_(identity.contact_ids)


def _is_late(now: datetime) -> ColumnElement[bool]:
    return or_(Registration.next_action_at <= now, Registration.nobody_called_at.is_not(None))


def _block(now: datetime) -> ColumnElement[int]:
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


def _person(db: Session, found: Row[tuple[Registration, str, int, bool]], now: datetime) -> Person:
    registration, contact, block, mine = found.t
    # Whoever is open has a next step: the database refuses anything else.
    overdue_at = registration.next_action_at or now
    return Person(
        id=registration.id,
        block=Block(block),
        first_name=unseal(db, registration, "first_name") or "",
        language=registration.language,
        wishes=registration.answers.get("wishes", ()),
        state=registration.state,
        step=registration.next_action,
        due=due_on(overdue_at),
        late=overdue_at <= now or registration.nobody_called_at is not None,
        waiting_since=registration.waiting_since,
        spoken=registration.waiting_since > registration.received_at,
        contact=contact,
        mine=mine,
        drops_by=registration.phone is None and registration.drop_by_id is not None,
    )

"""Who waits on us today: the work list, in blocks of a fixed order.

Three queries, however many people there are. Everybody stands in exactly one block: the first that
fits. Whoever is closed stands in none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, func
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.followup.people import (
    Block,
    Person,
    Work,
    as_rows,
    block_of,
    is_late,
    read_rows,
    work_of,
)
from portal.registration.models import Registration
from portal.registration.visible import cases_of

MOST_ROWS = 200


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

    @property
    def is_cut(self) -> bool:
        """Whether there are more people than a page can show."""
        return len(self.people) == MOST_ROWS

    def of(self, block: Block) -> list[Person]:
        """Return the people of one block, the longest waiting first."""
        return [person for person in self.people if person.block is block]


def load_agenda(
    db: Session, identity: Identity, *, now: datetime, everyone: bool, rest: bool
) -> Agenda:
    """Return the list of my own people, or of `everyone` I follow; `rest` opens the last block.

    Whoever stands in for somebody who is away has their people on the list too.
    """
    work = work_of(db, identity, now)
    counted = db.execute(_counts(identity, work, now)).all()
    listed = [each for each in counted if everyone or each.mine]
    counts = dict.fromkeys(Block, 0)
    for each in listed:
        counts[Block(each.block)] += each.people
    others = [] if everyone else [each for each in counted if not each.mine]
    query = cases_of(identity) if everyone else cases_of(identity).where(work.is_mine())
    return Agenda(
        read_rows(db, _rows(query, work, now, rest=rest), now),
        counts,
        late=sum(each.late for each in listed),
        late_elsewhere=sum(each.late for each in others),
        elsewhere=sum(each.people for each in others),
    )


def _counts(identity: Identity, work: Work, now: datetime) -> Select[int, bool, int, int]:
    open_ones = cases_of(identity).where(Registration.state != "closed")
    block, mine = block_of(now).label("block"), work.is_mine().label("mine")
    late = func.sum(case((is_late(now), 1), else_=0)).label("late")
    people = func.count().label("people")
    return open_ones.with_only_columns(block, mine, people, late).group_by(block, mine)


def _rows(
    query: Select[Registration], work: Work, now: datetime, *, rest: bool
) -> Select[Registration, str, int, bool, bool]:
    query = query.where(Registration.state != "closed")
    query = query if rest else query.where(block_of(now) != Block.REST)
    by_block = (block_of(now), Registration.waiting_since, Registration.id)
    return as_rows(query, work, now).order_by(*by_block).limit(MOST_ROWS)

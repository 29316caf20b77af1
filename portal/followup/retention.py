"""Deleted means deleted (rule 9): what has been kept long enough goes, a batch at a time.

The worker does this; it is on unless somebody takes the worker away. It can be called as often as
one likes: a second time finds nothing. Several at once do nothing twice: what another holds at this
moment is left to them. A batch is small, so that nobody at a desk waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Programme
from portal.catalogue.norms import retention_of
from portal.clock import amsterdam_day
from portal.followup import retention_cases as cases
from portal.followup.keeping import span_of
from portal.followup.retention_rest import tidy, untidy
from portal.registration.models import Registration
from portal.registration.queries import reference_of
from portal.registration.reference import code_shown

BATCH = 100
MOST_CODES = 50

Which = Callable[[datetime], ColumnElement[bool]]
Act = Callable[[Session, Sequence[UUID], datetime, datetime], None]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is too old, by which norm of the programme, and what then happens."""

    name: str
    norm: str
    which: Which
    act: Act


# The shortest time first: whoever withdrew is also closed.
RULES: tuple[Rule, ...] = (
    Rule("never_begun", "not_reached_weeks", cases.never_begun, cases.erase_cases),
    Rule("closed", "closed_months", cases.closed, cases.erase_cases),
    Rule("settled", "aftercare_notes_months", cases.settled, cases.erase_words),
    Rule("silent", "silent_months", cases.silent, cases.ask_whether_to_keep),
)


@dataclass(frozen=True, slots=True)
class Due:
    """How much a rule would do now. `codes` are of cases, the first few; never a name."""

    rule: str
    count: int
    codes: Sequence[str] = ()


def keep_to_rules(db: Session, now: datetime) -> dict[str, int]:
    """Do one batch of every rule; return how much each did. Call it again while any did `BATCH`."""
    did = dict.fromkeys((rule.name for rule in RULES), 0)
    for rule, which, before in _by_programme(db, now):
        locked = _oldest(which).limit(BATCH).with_for_update(of=Registration, skip_locked=True)
        if ids := db.scalars(locked).all():
            rule.act(db, ids, before, now)
            db.flush()
        did[rule.name] += len(ids)
    return did | tidy(db, amsterdam_day(now), BATCH)


def is_finished(did: Mapping[str, int]) -> bool:
    """Whether a batch took up all there was."""
    return all(count < BATCH for count in did.values())


def preview(db: Session, now: datetime) -> list[Due]:
    """Say what all batches of `keep_to_rules` would do together; changes nothing."""
    # Whoever withdrew long ago is also closed long ago, and goes once.
    cases: dict[UUID, str] = {}
    for rule, which, _before in _by_programme(db, now):
        for identity in db.scalars(_oldest(which)):
            cases.setdefault(identity, rule.name)
    found = [_due(db, rule, [each for each in cases if cases[each] == rule]) for rule in _NAMES]
    rest = untidy(db, amsterdam_day(now))
    return [*found, *(Due(name, count) for name, count in rest.items())]


def _due(db: Session, rule: str, ids: Sequence[UUID]) -> Due:
    some = db.scalars(select(Registration).where(Registration.id.in_(ids[:MOST_CODES])))
    codes = sorted(code_shown(reference_of(db, each).code) for each in some)
    return Due(rule, len(ids), codes)


def _by_programme(
    db: Session, now: datetime
) -> Iterator[tuple[Rule, ColumnElement[bool], datetime]]:
    """Yield each rule for each programme, with what it finds and before when it is too old."""
    stored = db.execute(select(Programme.id, Programme.retention).order_by(Programme.slug)).all()
    for rule in RULES:
        for programme_id, retention in stored:
            span = span_of(rule.norm, retention_of(retention)[rule.norm])
            before = span.too_old_before(amsterdam_day(now))
            yield rule, (Registration.programme_id == programme_id) & rule.which(before), before


def _oldest(which: ColumnElement[bool]) -> Select[UUID]:
    return select(Registration.id).where(which).order_by(Registration.received_at, Registration.id)


_NAMES = tuple(rule.name for rule in RULES)

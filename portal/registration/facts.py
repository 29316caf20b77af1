"""What the figures are counted from: written when it happens, tied to nobody, and kept (rule 9).

One table says which event adds what. What is taken back is subtracted, by a fact of its own that
counts minus one: a quarter that is over never changes, and nobody has to find a row again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.clock import amsterdam_day
from portal.db.base import Base, HasId, one_of
from portal.registration.intake import Draft
from portal.registration.models import Registration
from portal.registration.pace import pace_of


@dataclass(frozen=True, slots=True)
class Makes:
    """What an event adds: a fact, the key in the event's data that holds its code, how many."""

    what: str
    code: str | None = None
    count: int = 1


# By event; those of a referral carry the name of their machine. Other events add nothing.
MAKES: Mapping[str, Makes] = {
    "pick_up": Makes("picked_up"),
    "put_back": Makes("picked_up", count=-1),
    "nobody_called": Makes("nobody_called"),
    "start": Makes("started"),
    "came_back": Makes("came_back"),
    "transfer": Makes("handed_on"),
    "settle": Makes("settled", "outcome"),
    "close": Makes("closed", "reason"),
    "withdraw": Makes("withdrawn"),
    "undo_withdraw": Makes("withdrawn", count=-1),
    "reopen": Makes("reopened"),
    "referral.send": Makes("referred"),
    "referral.accept": Makes("taken_up"),
    "referral.undo": Makes("taken_up", count=-1),
    "referral.decline": Makes("declined", "reason"),
    "referral.lapse": Makes("lapsed"),
    "referral.retract": Makes("retracted", "reason"),
    "referral.withdraw": Makes("partner_refused"),
    "referral.contact_made": Makes("partner_met"),
    "referral.complete": Makes("partner_done", "outcome"),
    "referral.fail": Makes("partner_failed", "reason"),
}
# What has more to it than an event: who came and what they would like, the first talk, the end
# that a person makes by erasing what is open.
REGISTERED, WISHED, FIRST_TALK, ERASED = "registered", "wished", "first_talk", "erased"
WHAT = tuple(
    dict.fromkeys((REGISTERED, WISHED, FIRST_TALK, ERASED, *(each.what for each in MAKES.values())))
)


class ReportFact(HasId, Base):
    """That something happened on a day. No moment, no account, and nothing that two facts share
    because they are about the same person: none can be joined to anybody, or to another.
    """

    __tablename__ = "report_fact"
    __table_args__ = (
        CheckConstraint(one_of("what", WHAT), name="what"),
        CheckConstraint("count IN (1, -1)", name="count"),
        CheckConstraint(f"(what = '{FIRST_TALK}') = (working_days IS NOT NULL)", name="waited"),
        Index("ix_report_fact_figures", "programme_id", "day"),
        # SQLite would number rows as they come; kept by their random key they have no order.
        {"sqlite_with_rowid": False},
    )

    day: Mapped[date]  # in Amsterdam
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))  # at that moment
    digits: Mapped[str | None] = mapped_column(String(4))
    what: Mapped[str] = mapped_column(String(20))
    code: Mapped[str | None] = mapped_column(String(30))  # a wish, an outcome, a reason
    working_days: Mapped[int | None]  # from registering to the first talk
    count: Mapped[int] = mapped_column(default=1)


def fact_rows(draft: Draft) -> list[dict[str, Any]]:
    """Return the rows of somebody new: that they came, by which door, and each of their wishes."""
    said = [(REGISTERED, draft.intake.channel)]
    said += [(WISHED, wish) for wish in draft.answers.wishes]
    return [
        {
            "id": uuid4(),
            "day": amsterdam_day(draft.now),
            "programme_id": draft.placement.programme.id,
            "owner_id": draft.placement.organization.id,
            "digits": draft.answers.digits,
            "what": what,
            "code": code,
            "count": 1,
        }
        for what, code in said
    ]


def add_fact(
    db: Session, registration: Registration, event: str, data: Mapping[str, Any], *, now: datetime
) -> None:
    """Write the fact that this event makes, if it makes one."""
    if makes := MAKES.get(event):
        code = data[makes.code] if makes.code else None
        db.add(_fact(registration, makes.what, now=now, code=code, count=makes.count))


def add_first_talk(
    db: Session, registration: Registration, *, at: datetime, now: datetime, count: int = 1
) -> None:
    """Somebody really spoke to them at that moment; only the first time is a fact.

    Called while `waiting_since` still says, or says again, whether anybody had before.
    """
    if registration.waiting_since > registration.received_at:
        return
    asked, spoken = amsterdam_day(registration.received_at), amsterdam_day(at)
    waited = pace_of(db, registration).week.working_days_until(asked, spoken)
    db.add(_fact(registration, FIRST_TALK, now=now, working_days=waited, count=count))


def add_erased(db: Session, registration: Registration, *, now: datetime) -> None:
    """The person erases themselves, and leaves no place; an end is counted already."""
    if registration.state != "closed":
        db.add(_fact(registration, ERASED, now=now, digits=None))


def _fact(
    registration: Registration, what: str, *, now: datetime, **more: str | int | None
) -> ReportFact:
    known: dict[str, Any] = {"digits": registration.digits, "count": 1, **more}
    return ReportFact(
        day=amsterdam_day(now),
        programme_id=registration.programme_id,
        owner_id=registration.owner_id,
        what=what,
        **known,
    )

"""What the clock does with registrations: rest that is over, digests, the fallback that was named.

Overdue goes to the handler's list by itself. Once a day the coordinators of the owner hear how many
there are, and how many are queued because everybody was full. Once for each wait the fallback who
was named to the person at "check" hears of it, nobody else (rule 4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, tuple_
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.clock import AMSTERDAM, amsterdam_day, overdue_from
from portal.followup.clock_item import Done, each_registration
from portal.followup.marks import ClockMark, first_time
from portal.registration.fallback import fallback_stands
from portal.registration.happen import SYSTEM, happen, write_down
from portal.registration.models import Registration
from portal.registration.pace import paces_at, week_of
from portal.registration.queries import IN_CASELOAD
from portal.registration.tell_staff import Address, coordinators_of, put_out_to, tell_contact

DIGEST_HOUR = 7
FALLBACK = "fallback:"


def rested(now: datetime) -> Select[Registration]:
    """Those whose agreed day of rest is today or has passed."""
    tonight = overdue_from(amsterdam_day(now))
    return (
        select(Registration)
        .where(
            Registration.state == "waiting",
            Registration.next_action == "resume",
            Registration.next_action_at <= tonight,
        )
        .order_by(Registration.next_action_at)
    )


def wake(db: Session, registration: Registration, now: datetime) -> bool:
    """Let it go on: somebody calls on the day that was agreed, which stays the day."""
    happen(db, registration, "resume", by=SYSTEM, now=now)
    registration.next_action = "call"
    return True


def send_digests(db: Session, *, now: datetime) -> int:
    """Tell the coordinators of each owner how many are late, once on each of its working days."""
    late = or_(Registration.next_action_at <= now, Registration.nobody_called_at.is_not(None))
    told = 0
    for organization_id, people, addresses in _to_hear(
        db, "digest", (Registration.state != "closed") & late, now=now
    ):
        data = {"organization": str(organization_id), "late": people}
        put_out_to(db, addresses, "overdue_digest", now=now, data=data)
        told += len(addresses)
    return told


def send_full(db: Session, *, now: datetime) -> int:
    """Tell them how many are queued because everybody was full (rule 2), likewise once a day."""
    queued, told = Registration.queued & Registration.state.in_(IN_CASELOAD), 0
    for organization_id, people, addresses in _to_hear(db, "full", queued, now=now):
        data = {"organization": str(organization_id), "queued": people}
        put_out_to(db, addresses, "all_full", now=now, data=data)
        told += len(addresses)
    return told


def _to_hear(
    db: Session, mark: str, which: ColumnElement[bool], *, now: datetime
) -> Iterator[tuple[UUID, int, list[Address]]]:
    """Each owner with such people, how many, and the coordinators who did not hear it today."""
    local = now.astimezone(AMSTERDAM)
    if local.hour < DIGEST_HOUR:
        return
    counted = select(Registration.owner_id, func.count()).where(which)
    by_owner = counted.group_by(Registration.owner_id).order_by(Registration.owner_id)
    for organization_id, people in db.execute(by_owner).all():
        organization = db.get_one(Organization, organization_id)
        if week_of(organization).is_working_day(local.date()):
            yield organization_id, people, _addresses(db, mark, organization_id, local, now=now)


def _addresses(
    db: Session, mark: str, organization_id: UUID, local: datetime, *, now: datetime
) -> list[Address]:
    return [
        each
        for each in coordinators_of(db, organization_id)
        if first_time(db, f"{mark}:{organization_id}:{each.account_id}:{local.date()}", now=now)
    ]


def tell_fallbacks(db: Session, now: datetime) -> Done:
    """Tell whoever takes over, once for each wait, when an owner stays silent for its norm."""
    return each_registration(db, silent(db, now), tell_fallback, now=now)


def silent(db: Session, now: datetime) -> Select[Registration]:
    """Those whose owner is silent for too long and whose fallback was not told in this wait.

    A fallback who is gone, or whom the person does not agree with any more, is nobody: somebody
    else is never told.
    """
    return (
        select(Registration)
        .where(Registration.state.in_(IN_CASELOAD), _is_long_overdue(db, now))
        .where(fallback_stands(), ~told_in_this_wait())
        .order_by(Registration.next_action_at)
    )


def told_in_this_wait() -> ColumnElement[bool]:
    """Whether whoever takes over was told since the person waits; for a query."""
    return exists().where(
        ClockMark.registration_id == Registration.id,
        ClockMark.what.startswith(FALLBACK),
        ClockMark.at >= Registration.waiting_since,
    )


def tell_fallback(db: Session, registration: Registration, now: datetime) -> bool:
    """Tell the one whom the person was told of."""
    fallback = db.get_one(Contact, registration.fallback_contact_id)
    what = f"{FALLBACK}{registration.id}:{registration.waiting_since.isoformat()}"
    if not first_time(db, what, now=now, registration_id=registration.id):
        return False
    data = {
        "contact": str(fallback.id),
        "owner": str(registration.owner_id),
        "promised_on": registration.promised_on.isoformat(),
        "state": registration.state,
    }
    write_down(db, registration, "fallback_told", by=SYSTEM, now=now, data=data)
    about = registration.id
    tell_contact(db, fallback.id, "fallback_overdue", registration_id=about, now=now, data=data)
    return True


def _is_long_overdue(db: Session, now: datetime) -> ColumnElement[bool]:
    """Whether the days that an owner still has after the due day are over; for a query.

    In as many statements for many owners as for one.
    """
    overdue = select(Registration.owner_id, Registration.programme_id).where(
        Registration.state.in_(IN_CASELOAD), Registration.next_action_at <= now
    )
    since = defaultdict(list)
    for whose, pace in paces_at(db, db.execute(overdue.distinct()).all()).items():
        norm = pace.norms["fallback_working_days"]
        since[pace.week.last_day_over(amsterdam_day(now), norm)].append(whose)
    owners = tuple_(Registration.owner_id, Registration.programme_id)
    long = (
        owners.in_(pairs) & (Registration.next_action_at <= overdue_from(day))
        for day, pairs in since.items()
    )
    return or_(false(), *long)

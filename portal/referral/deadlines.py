"""Until when the receiver has to move. What is stored is the first moment at which it is too late.

Norms are those of the receiver, else of the programme; working days are the receiver's.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.clock import overdue_from
from portal.referral.models import Referral
from portal.registration.models import Registration
from portal.registration.pace import Pace, pace_at


def pace_of_receiver(db: Session, referral: Referral) -> Pace:
    """Return the pace of the receiver in the programme of the registration."""
    registration = db.get_one(Registration, referral.registration_id)
    return pace_at(db, referral.receiver_id, registration.programme_id)


def answer_wanted(referral: Referral, pace: Pace, *, now: datetime) -> None:
    """Set the last day to answer, and after it the day on which it lapses."""
    answer_by = pace.within(now, "partner_answer_working_days")
    lapses = pace.week.add_working_days(answer_by, pace.norms["partner_lapse_working_days"])
    referral.respond_by = referral.due_at = overdue_from(answer_by)
    referral.lapses_at = overdue_from(lapses)
    referral.reminded_at = None


def contact_wanted(referral: Referral, pace: Pace, *, now: datetime) -> None:
    """Set the day by which the receiver speaks to the person; an introduction may be later."""
    due = pace.too_late(now, "partner_contact_working_days")
    if referral.introduction_on:
        due = max(due, overdue_from(referral.introduction_on))
    referral.due_at = due


def plan_wanted(referral: Referral, pace: Pace, *, now: datetime) -> None:
    """Set the day by which there is a plan, after the first contact."""
    referral.due_at = pace.too_late(now, "plan_days")


def report_wanted(referral: Referral, pace: Pace, *, now: datetime) -> None:
    """Set the day by which the receiver says how it goes."""
    referral.due_at = pace.too_late(now, "partner_report_days")

"""What the clock does with referrals: it lapses, wakes, reminds and asks. It never closes a person.

Each act says whether there was something to do, so that doing it again changes nothing.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from portal.clock import amsterdam_day
from portal.referral import end, withdraw, work
from portal.referral.contacted import ask_contacted
from portal.referral.happen import write_down
from portal.referral.models import Referral
from portal.referral.party import CLOCK, PERSON
from portal.referral.states import OPEN
from portal.referral.step import watch
from portal.referral.tell import tell_receiver
from portal.registration.models import Consent, Registration


def rested(now: datetime) -> Select[Referral]:
    """Those whose last day of rest has passed."""
    over = Referral.hold_until < amsterdam_day(now)
    return _referrals().where(Referral.state == "on_hold", over).order_by(Referral.hold_until)


def wake(db: Session, referral: Referral, now: datetime) -> bool:
    """Let it go on."""
    work.resume(db, referral, by=CLOCK, now=now)
    return True


def unanswered(now: datetime) -> Select[Referral]:
    """Those nobody answered in time, nor in the days after."""
    late = Referral.lapses_at <= now
    return _referrals().where(Referral.state == "requested", late).order_by(Referral.lapses_at)


def lapse(db: Session, referral: Referral, now: datetime) -> bool:
    """Let it lapse: the person is back with the owner."""
    end.lapse(db, referral, now=now)
    return True


def silent(now: datetime) -> Select[Referral]:
    """Those that should have been answered, and whose receiver was not reminded."""
    return (
        _referrals()
        .where(
            Referral.state == "requested",
            Referral.respond_by <= now,
            Referral.reminded_at.is_(None),
        )
        .order_by(Referral.respond_by)
    )


def remind(db: Session, referral: Referral, now: datetime) -> bool:
    """Send the receiver a reminder with a fresh link."""
    referral.reminded_at = now
    write_down(db, referral, "remind", by=CLOCK, now=now)
    tell_receiver(db, referral, "referral_reminder", now=now)
    return True


def unasked(now: datetime) -> Select[Referral]:
    """Those of which the person should be asked by now whether somebody contacted them."""
    return (
        _referrals()
        .where(Referral.state.in_(OPEN), Referral.asked_at.is_(None), Referral.ask_at <= now)
        .order_by(Referral.ask_at)
    )


def ask(db: Session, referral: Referral, now: datetime) -> bool:
    """Ask the person."""
    ask_contacted(db, referral, now=now)
    return True


def without_consent(_now: datetime) -> Select[Referral]:
    """Open ones of which the person took their consent back, or stopped, through another room."""
    return (
        _referrals()
        .join(Consent, Consent.id == Referral.consent_id)
        .join(Registration, Registration.id == Referral.registration_id)
        .where(
            Referral.state.in_(OPEN),
            or_(Consent.revoked_at.is_not(None), Registration.state == "closed"),
        )
    )


def cut_off(db: Session, referral: Referral, now: datetime) -> bool:
    """End it: the person said so already."""
    withdraw.withdraw(db, referral, now=now, by=PERSON)
    return True


def with_nobody(_now: datetime) -> Select[Registration]:
    """Registrations that are said to be with partners while no referral is open."""
    is_open = exists().where(Referral.registration_id == Registration.id, Referral.state.in_(OPEN))
    resting = (Registration.state == "waiting") & (Registration.resume_state == "referred")
    return select(Registration).where(or_(Registration.state == "referred", resting), ~is_open)


def take_back(db: Session, registration: Registration, now: datetime) -> bool:
    """Put the person back on the owner's list."""
    return withdraw.take_back_if_nobody_has_it(db, registration, by=CLOCK, now=now)


def slow_partners(now: datetime) -> Select[Registration]:
    """Registrations whose partner is late while the owner looks at a later day."""
    late = exists().where(
        Referral.registration_id == Registration.id,
        Referral.state.in_(OPEN),
        Referral.due_at <= now,
    )
    working = Registration.state.in_(("picked_up", "referred", "active"))
    return select(Registration).where(working, Registration.next_action_at > now, late)


def look_now(db: Session, registration: Registration, _now: datetime) -> bool:
    """Let the owner look now."""
    watch(db, registration)
    return True


def _referrals() -> Select[Referral]:
    return select(Referral)

"""The clock: what time alone causes. The worker calls `tick` every minute, in a transaction.

It can be called as often as one likes: a second time changes nothing. Two workers at once do
nothing twice: each item is held while it is worked on, and what leaves no trace in a state leaves a
mark (`followup.marks`). Nothing here closes a person or resets how long somebody waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from portal.followup import clock_people, clock_referrals, clock_switched
from portal.followup.clock_item import Act, each_referral, each_registration
from portal.referral.models import Referral
from portal.registration.models import Registration


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did, by name of the step, and how many items went wrong and were left alone."""

    did: Mapping[str, int]
    failed: Mapping[str, int]


ReferralStep = tuple[str, Callable[[datetime], Select[Referral]], Act[Referral]]
PersonStep = tuple[str, Callable[[datetime], Select[Registration]], Act[Registration]]

# What the person said comes first; a rest that is over goes on before it could be called late.
REFERRAL_STEPS: tuple[ReferralStep, ...] = (
    ("cut_off", clock_referrals.without_consent, clock_referrals.cut_off),
    ("returned", clock_switched.with_nobody_there, clock_switched.see_to_referral),
    ("woken", clock_referrals.rested, clock_referrals.wake),
    ("lapsed", clock_referrals.unanswered, clock_referrals.lapse),
    ("reminded", clock_referrals.silent, clock_referrals.remind),
    ("asked", clock_referrals.unasked, clock_referrals.ask),
)
PERSON_STEPS: tuple[PersonStep, ...] = (
    ("brought_home", clock_switched.left_behind, clock_switched.bring_home),
    ("fallback_found", clock_switched.without_fallback, clock_switched.find_fallback),
    ("taken_back", clock_referrals.with_nobody, clock_referrals.take_back),
    ("resumed", clock_people.rested, clock_people.wake),
    ("looked_at", clock_referrals.slow_partners, clock_referrals.look_now),
    ("fallback_told", clock_people.overdue, clock_people.tell_fallback),
)


def tick(db: Session, now: datetime) -> Ticked:
    """Do everything that is due at this moment; return what was done."""
    found = {
        name: each_referral(db, query(now), act, now=now) for name, query, act in REFERRAL_STEPS
    }
    found |= {
        name: each_registration(db, query(now), act, now=now) for name, query, act in PERSON_STEPS
    }
    did = {name: count for name, (count, _) in found.items()}
    did["digests"] = clock_people.send_digests(db, now=now)
    did["full"] = clock_people.send_full(db, now=now)
    return Ticked(did, {name: count for name, (_, count) in found.items() if count})

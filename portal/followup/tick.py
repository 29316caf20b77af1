"""The clock: what time alone causes. The worker takes its steps every minute, in this order.

They can be taken as often as one likes: a second time changes nothing. Two workers at once do
nothing twice: each item is held while it is worked on, and what leaves no trace in a state leaves a
mark (`followup.marks`). Nothing here closes a person or resets how long somebody waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from portal.followup import clock_people, clock_referrals, clock_switched
from portal.followup.clock_item import Act, Done, each_referral, each_registration
from portal.referral.models import Referral
from portal.registration.models import Registration

Step = Callable[[Session, datetime], Done]


def _referrals(query: Callable[[datetime], Select[Referral]], act: Act[Referral]) -> Step:
    return lambda db, now: each_referral(db, query(now), act, now=now)


def _people(query: Callable[[datetime], Select[Registration]], act: Act[Registration]) -> Step:
    return lambda db, now: each_registration(db, query(now), act, now=now)


# What the person said comes first; a rest that is over goes on before it could be called late.
STEPS: Mapping[str, Step] = {
    "cut_off": _referrals(clock_referrals.without_consent, clock_referrals.cut_off),
    "returned": _referrals(clock_switched.with_nobody_there, clock_switched.see_to_referral),
    "woken": _referrals(clock_referrals.rested, clock_referrals.wake),
    "lapsed": _referrals(clock_referrals.unanswered, clock_referrals.lapse),
    "reminded": _referrals(clock_referrals.silent, clock_referrals.remind),
    "asked": _referrals(clock_referrals.unasked, clock_referrals.ask),
    "brought_home": clock_switched.bring_home,
    "fallback_found": clock_switched.find_fallbacks,
    "taken_back": _people(clock_referrals.with_nobody, clock_referrals.take_back),
    "resumed": _people(clock_people.rested, clock_people.wake),
    "looked_at": _people(clock_referrals.slow_partners, clock_referrals.look_now),
    "fallback_told": clock_people.tell_fallbacks,
    "digests": lambda db, now: Done(clock_people.send_digests(db, now=now)),
    "full": lambda db, now: Done(clock_people.send_full(db, now=now)),
}

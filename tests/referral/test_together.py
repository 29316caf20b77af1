"""Two at the same moment: one is first, and the second is told what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.engine import Database
from portal.notify.models import OutboxMessage
from portal.referral.answer import accept, decline
from portal.referral.models import Referral, ReferralEvent
from portal.referral.party import BY_LINK
from portal.referral.queries import hold_for_change
from portal.referral.refusals import HappenedMeanwhileError
from portal.registration.models import Registration
from portal.registration.states import WrongStateError
from tests.referral.town import WEDNESDAY, Town, a_referral, build_town
from tests.support.tick import tick

Act = Callable[[Session], object]


@pytest.fixture
def built(database: Database) -> Town:
    """The town, for everybody to see."""
    with database.writing.begin() as db:
        return build_town(db)


def sent(database: Database, town: Town, many: int = 1) -> list[UUID]:
    with database.writing.begin() as db:
        return [a_referral(db, town).id for _ in range(many)]


def at_once(database: Database, *acts: Act) -> list[Exception | None]:
    """Let each act happen in a transaction of its own, all begun at the same moment."""
    barrier = Barrier(len(acts))

    def run(act: Act) -> Exception | None:
        barrier.wait()
        try:
            with database.writing.begin() as db:
                act(db)
        except (HappenedMeanwhileError, WrongStateError) as refusal:
            return refusal
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def says_yes(referral_id: UUID, seen: int | None) -> Act:
    def act(db: Session) -> None:
        accept(db, hold_for_change(db, referral_id, seen=seen), by=BY_LINK, now=WEDNESDAY)

    return act


def says_no(referral_id: UUID, seen: int | None) -> Act:
    def act(db: Session) -> None:
        referral = hold_for_change(db, referral_id, seen=seen)
        decline(db, referral, "full", by=BY_LINK, now=WEDNESDAY)

    return act


def test_of_two_who_answer_at_once_the_second_sees_what_happened(
    database: Database, built: Town
) -> None:
    (referral_id,) = sent(database, built)
    told = at_once(database, says_yes(referral_id, seen=1), says_no(referral_id, seen=1))
    refusals = [each for each in told if each]
    with database.reading() as db:
        referral = db.get_one(Referral, referral_id)
        answers = select(ReferralEvent.event).where(
            ReferralEvent.referral_id == referral_id, ReferralEvent.event != "send"
        )
        (answer,) = db.scalars(answers)
    assert [type(each) for each in refusals] == [HappenedMeanwhileError]
    refusal = refusals[0]
    assert isinstance(refusal, HappenedMeanwhileError)
    assert (refusal.event, refusal.state, refusal.at) == (answer, referral.state, WEDNESDAY)


def test_without_a_version_the_second_is_refused_by_the_table(
    database: Database, built: Town
) -> None:
    (referral_id,) = sent(database, built)
    told = at_once(database, says_yes(referral_id, seen=None), says_no(referral_id, seen=None))
    assert sorted(type(each).__name__ for each in told) == ["NoneType", "WrongStateError"]


def test_whoever_looked_before_it_changed_is_told_so(database: Database, built: Town) -> None:
    (referral_id,) = sent(database, built)
    assert at_once(database, says_yes(referral_id, seen=1)) == [None]
    (refusal,) = at_once(database, says_no(referral_id, seen=1))
    assert isinstance(refusal, HappenedMeanwhileError)
    assert (refusal.event, refusal.state) == ("accept", "accepted")


def test_two_clocks_at_once_do_nothing_twice(database: Database, built: Town) -> None:
    sent(database, built, many=12)
    late = WEDNESDAY + timedelta(days=12)
    told = at_once(database, *(ticking(late) for _ in range(3)))
    assert told == [None, None, None]
    # What one held while another looked is done by the next.
    at_once(database, ticking(late))
    with database.reading() as db:
        events = Counter(db.scalars(select(ReferralEvent.event)))
        kinds = Counter(db.scalars(select(OutboxMessage.kind)))
        states = set(db.scalars(select(Registration.state)))
    assert events == {"send": 12, "lapse": 12}
    assert (kinds["referral_lapsed"], kinds["partner_ended"]) == (12, 12)
    assert states == {"picked_up"}


def ticking(at: datetime) -> Act:
    return lambda db: tick(db, at)


def test_a_person_and_the_clock_at_once_leave_one_end(database: Database, built: Town) -> None:
    (referral_id,) = sent(database, built)
    late = WEDNESDAY + timedelta(days=12)
    at_once(database, says_no(referral_id, seen=1), ticking(late))
    at_once(database, ticking(late))
    with database.reading() as db:
        events = list(db.scalars(select(ReferralEvent.event)))
        referral = db.get_one(Referral, referral_id)
    assert len([each for each in events if each in ("decline", "lapse")]) == 1
    assert referral.state in ("rejected", "cancelled")

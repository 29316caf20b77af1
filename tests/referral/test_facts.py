"""What partners do is counted too, at the owner who asked them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.followup.partner import log_attempt
from portal.referral.answer import accept, decline, undo
from portal.referral.end import lapse
from portal.referral.party import BY_LINK
from portal.referral.withdraw import stop
from portal.referral.work import complete
from portal.registration.facts import ReportFact
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral


def figures(db: Session, town: Town) -> Counter[str]:
    db.flush()
    counted: Counter[str] = Counter()
    for fact in db.scalars(select(ReportFact)):
        assert (fact.owner_id, fact.digits) == (town.owner.id, "5611")
        counted[f"{fact.what} {fact.code or ''}".strip()] += fact.count
    return Counter({what: count for what, count in counted.items() if count})


ASKED = Counter({"referred": 1})


def test_what_a_partner_takes_up_and_does_is_counted(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    complete(db, referral, "schooling", by=BY_LINK, now=WEDNESDAY)
    done = {"taken_up": 1, "started": 1, "partner_done schooling": 1}
    assert figures(db, town) == ASKED + Counter(done)


def test_a_yes_that_is_taken_back_is_subtracted(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    undo(db, referral, by=BY_LINK, now=WEDNESDAY)
    assert figures(db, town) == ASKED


def test_a_no_is_counted_with_its_reason_and_so_is_coming_back(db: Session, town: Town) -> None:
    decline(db, a_referral(db, town), "full", by=BY_LINK, now=WEDNESDAY)
    assert figures(db, town) == ASKED + Counter({"declined full": 1, "came_back": 1})


def test_silence_is_counted(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    lapse(db, referral, now=referral.lapses_at)
    assert figures(db, town) == ASKED + Counter({"lapsed": 1, "came_back": 1})


def test_who_stops_is_counted_once_and_their_no_to_each_partner_too(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    stop(db, db.get_one(Registration, referral.registration_id), now=WEDNESDAY)
    assert figures(db, town) == ASKED + Counter({"withdrawn": 1, "partner_refused": 1})


def test_a_partner_who_is_the_first_to_speak_to_somebody_ends_the_waiting(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    registration.waiting_since = registration.received_at = WEDNESDAY - timedelta(days=1)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    for hours in (1, 2):
        log_attempt(db, referral, "reached", by=BY_LINK, now=WEDNESDAY + timedelta(hours=hours))
    db.flush()
    talks = db.scalars(select(ReportFact).where(ReportFact.what == "first_talk")).all()
    assert [talk.working_days for talk in talks] == [1]

"""Every norm that an organisation sets for itself counts for it: before its programme's, alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Organization, Programme
from portal.catalogue.norms import NORMS
from portal.followup import end, partner
from portal.followup.record import record_attempt
from portal.followup.tick import tick
from portal.notify.models import OutboxMessage
from portal.referral import words
from portal.referral.answer import accept, decline
from portal.referral.models import Referral
from portal.referral.party import BY_LINK
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral, a_registration, build_town
from tests.support.clock import amsterdam

# Three tries on two days and two parts of the day, one in writing; said eight working days later.
TRIES = (("no_answer", "18T10:00"), ("voicemail", "18T15:00"), ("message", "19T10:00"))
SAID_AT = amsterdam("2026-11-30T10:00")
ASKED_AT_MOST = 10  # A test that finds no end is a red one.
# Due on Wednesday; looked at on Friday, before the two working days of the owner are over.
LOOKED_AT = amsterdam("2026-11-20T10:00")


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)


def taken_up(db: Session, town: Town, *, met: bool = False) -> Referral:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    if met:
        partner.log_attempt(db, referral, "reached", by=BY_LINK, now=WEDNESDAY)
        partner.contact_made(db, referral, by=BY_LINK, now=WEDNESDAY)
    return referral


def called_first(db: Session, town: Town) -> object:
    """By when the owner calls whom a partner could not help, and whom it opens again."""
    back, again = a_referral(db, town), a_registration(db, town, state="aftercare")
    decline(db, back, "full", by=BY_LINK, now=WEDNESDAY)
    end.reopen(db, again, by=town.owner.handler, now=WEDNESDAY)
    return db.get_one(Registration, back.registration_id).next_action_at, again.promised_on


def planned(db: Session, town: Town) -> object:
    row = a_registration(db, town)
    record_attempt(db, row, "reached", by=town.owner.handler, now=WEDNESDAY)
    return row.next_action_at


def not_reached_by_owner(db: Session, town: Town) -> bool:
    row, by = a_registration(db, town), town.owner.handler
    for result, at in TRIES:
        record_attempt(db, row, result, by=by, now=amsterdam(f"2026-11-{at}"))
    db.flush()
    return end.may_say_not_reached(db, row, SAID_AT)


def not_reached_by_receiver(db: Session, town: Town) -> bool:
    referral = taken_up(db, town)
    for result, at in TRIES:
        partner.log_attempt(db, referral, result, by=BY_LINK, now=amsterdam(f"2026-11-{at}"))
    db.flush()
    return partner.may_say_not_reached(db, referral, SAID_AT)


def reported(db: Session, town: Town) -> object:
    referral = taken_up(db, town, met=True)
    words.report(db, referral, "Het gaat goed.", by=BY_LINK, now=WEDNESDAY)
    return referral.due_at


def checked(db: Session, town: Town) -> list[object]:
    """On which days somebody is asked how it goes, and by when the case is rounded off."""
    row, by, days = a_registration(db, town), town.owner.handler, list[object]()
    end.settle(db, row, "paid_work", by=by, now=WEDNESDAY)
    while row.next_action == "check" and len(days) < ASKED_AT_MOST:
        days.append(row.next_action_at)
        record_attempt(db, row, "reached", by=by, now=row.next_action_at or WEDNESDAY)
    return [*days, row.next_action_at]


def fallback_told(db: Session, town: Town) -> int:
    """How many more times whoever takes over is told, when one more person waits."""
    told = select(func.count()).where(OutboxMessage.kind == "fallback_overdue")
    before = db.scalar(told) or 0
    a_registration(db, town).next_action_at = amsterdam("2026-11-19T00:00")
    tick(db, LOOKED_AT)
    return (db.scalar(told) or 0) - before


# What follows from each norm, on the side whose norm it is; a value other than the default.
Effect = Callable[[Session, Town], object]
EFFECTS: Mapping[tuple[str, str], tuple[int, Effect]] = {
    ("first_contact_working_days", "owner"): (4, called_first),
    ("attempts", "owner"): (4, not_reached_by_owner),
    ("attempts", "receiver"): (4, not_reached_by_receiver),
    ("attempt_days", "owner"): (3, not_reached_by_owner),
    ("attempt_days", "receiver"): (3, not_reached_by_receiver),
    ("attempts_within_working_days", "owner"): (5, not_reached_by_owner),
    ("attempts_within_working_days", "receiver"): (5, not_reached_by_receiver),
    ("partner_answer_working_days", "receiver"): (
        4,
        lambda db, town: a_referral(db, town).respond_by,
    ),
    ("partner_lapse_working_days", "receiver"): (
        4,
        lambda db, town: a_referral(db, town).lapses_at,
    ),
    ("partner_contact_working_days", "receiver"): (3, lambda db, town: taken_up(db, town).due_at),
    ("partner_report_days", "receiver"): (14, reported),
    ("fallback_working_days", "owner"): (1, fallback_told),
    ("plan_days", "owner"): (5, planned),
    ("plan_days", "receiver"): (5, lambda db, town: taken_up(db, town, met=True).due_at),
    ("ask_contacted_days", "owner"): (3, lambda db, town: a_referral(db, town).ask_at),
    ("first_check_weeks", "owner"): (2, checked),
    ("second_check_months", "owner"): (2, checked),
    ("third_check_months", "owner"): (5, checked),
    ("fourth_check_months", "owner"): (9, checked),
    ("round_off_days", "owner"): (28, checked),
}


def sides(town: Town) -> dict[str, object]:
    """The key of the organisation on each side."""
    return {"owner": town.owner.id, "receiver": town.coach.id}


def test_every_norm_there_is_has_an_effect() -> None:
    assert {norm for norm, _side in EFFECTS} == set(NORMS)


@pytest.mark.parametrize(("norm", "side"), EFFECTS)
def test_an_organisation_goes_by_its_own_norm_before_that_of_the_programme(
    db: Session, town: Town, norm: str, side: str
) -> None:
    value, effect = EFFECTS[norm, side]
    programme = db.get_one(Programme, town.programme_id)
    own = db.get_one(Organization, sides(town)[side])
    usual = effect(db, town)
    programme.norms = {norm: value}
    in_programme = effect(db, town)
    assert in_programme != usual
    own.norms = {norm: NORMS[norm]}
    assert effect(db, town) == usual
    programme.norms, own.norms = {}, {norm: value}
    assert effect(db, town) == in_programme


@pytest.mark.parametrize(("norm", "side"), EFFECTS)
def test_the_norm_of_one_side_is_not_asked_of_the_other(
    db: Session, town: Town, norm: str, side: str
) -> None:
    value, effect = EFFECTS[norm, side]
    other = {"owner": "receiver", "receiver": "owner"}[side]
    usual = effect(db, town)
    db.get_one(Organization, sides(town)[other]).norms = {norm: value}
    assert effect(db, town) == usual

"""Every norm that an organisation sets for itself counts for it: before its programme's, alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Organization, Programme
from portal.catalogue.norms import NORMS
from portal.clock import amsterdam_day, overdue_from
from portal.followup import end, partner
from portal.followup.record import last_days, record_attempt
from portal.followup.retention_cases import ask_whether_to_keep
from portal.notify.models import OutboxMessage
from portal.referral import words
from portal.referral.answer import accept, decline
from portal.referral.models import Referral
from portal.referral.party import BY_LINK
from portal.referral.work import complete
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral, a_registration, build_town
from tests.support.clock import amsterdam
from tests.support.tick import tick

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


def declined(db: Session, town: Town) -> Referral:
    referral = a_referral(db, town)
    decline(db, referral, "full", by=BY_LINK, now=WEDNESDAY)
    return referral


def called_first(db: Session, town: Town) -> object:
    """By when the owner calls whom it opens again."""
    row = a_registration(db, town, state="aftercare")
    end.reopen(db, row, by=town.owner.handler, now=WEDNESDAY)
    return row.promised_on


def called_when_back(db: Session, town: Town) -> object:
    """By when the owner calls whom a partner could not help."""
    back = declined(db, town)
    return db.get_one(Registration, back.registration_id).next_action_at


def read_when_back(db: Session, town: Town) -> object:
    """By when the person reads that the owner calls, when a partner could not help."""
    back = declined(db, town)
    db.flush()
    query = select(OutboxMessage).where(
        OutboxMessage.kind == "partner_ended",
        OutboxMessage.registration_id == back.registration_id,
    )
    return db.scalars(query).one().data["by"]


def called_after_partner(db: Session, town: Town) -> object:
    """By when the owner calls whom a partner has helped."""
    referral = taken_up(db, town, met=True)
    complete(db, referral, "paid_work", by=BY_LINK, now=WEDNESDAY)
    return db.get_one(Registration, referral.registration_id).next_action_at


def called_by_new_owner(db: Session, town: Town) -> object:
    """By when somebody is called by whoever became their owner."""
    referral = a_referral(db, town, transfers=True)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    return db.get_one(Registration, referral.registration_id).promised_on


def asked_whether_to_keep(db: Session, town: Town) -> object:
    """By when the owner says whether somebody of long ago is kept."""
    row = a_registration(db, town)
    ask_whether_to_keep(db, [row.id], WEDNESDAY, WEDNESDAY)
    return row.next_action_at


def tried_again(db: Session, town: Town) -> object:
    """The last day that may be chosen to try again whom nobody reached."""
    row = a_registration(db, town)
    row.next_action_at = overdue_from(amsterdam_day(WEDNESDAY))
    return last_days(db, row, WEDNESDAY)["no_answer"]


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


class Case(NamedTuple):
    """A norm of one side, a value other than the default, and what follows from it."""

    norm: str
    side: str
    value: int
    effect: Callable[[Session, Town], object]


EFFECTS = (
    Case("first_contact_working_days", "owner", 4, called_first),
    Case("first_contact_working_days", "owner", 4, called_when_back),
    Case("first_contact_working_days", "owner", 4, read_when_back),
    Case("first_contact_working_days", "owner", 4, called_after_partner),
    Case("first_contact_working_days", "owner", 4, tried_again),
    Case("first_contact_working_days", "owner", 4, asked_whether_to_keep),
    Case("first_contact_working_days", "receiver", 4, called_by_new_owner),
    Case("attempts", "owner", 4, not_reached_by_owner),
    Case("attempts", "receiver", 4, not_reached_by_receiver),
    Case("attempt_days", "owner", 3, not_reached_by_owner),
    Case("attempt_days", "receiver", 3, not_reached_by_receiver),
    Case("attempts_within_working_days", "owner", 5, not_reached_by_owner),
    Case("attempts_within_working_days", "receiver", 5, not_reached_by_receiver),
    Case(
        "partner_answer_working_days",
        "receiver",
        4,
        lambda db, town: a_referral(db, town).respond_by,
    ),
    Case(
        "partner_lapse_working_days", "receiver", 4, lambda db, town: a_referral(db, town).lapses_at
    ),
    Case("partner_contact_working_days", "receiver", 3, lambda db, town: taken_up(db, town).due_at),
    Case("partner_report_days", "receiver", 14, reported),
    Case("fallback_working_days", "owner", 1, fallback_told),
    Case("plan_days", "owner", 5, planned),
    Case("plan_days", "receiver", 5, lambda db, town: taken_up(db, town, met=True).due_at),
    Case("ask_contacted_days", "owner", 3, lambda db, town: a_referral(db, town).ask_at),
    Case("first_check_weeks", "owner", 2, checked),
    Case("second_check_months", "owner", 2, checked),
    Case("third_check_months", "owner", 5, checked),
    Case("fourth_check_months", "owner", 9, checked),
    Case("round_off_days", "owner", 28, checked),
)


def sides(town: Town) -> dict[str, object]:
    """The key of the organisation on each side."""
    return {"owner": town.owner.id, "receiver": town.coach.id}


def _called(case: Case) -> str:
    return f"{case.norm}-{case.side}-{case.effect.__name__.strip('<>')}"


def test_every_norm_there_is_has_an_effect() -> None:
    assert {case.norm for case in EFFECTS} == set(NORMS)


@pytest.mark.parametrize("case", EFFECTS, ids=_called)
def test_an_organisation_goes_by_its_own_norm_before_that_of_the_programme(
    db: Session, town: Town, case: Case
) -> None:
    programme = db.get_one(Programme, town.programme_id)
    own = db.get_one(Organization, sides(town)[case.side])
    usual = case.effect(db, town)
    programme.norms = {case.norm: case.value}
    in_programme = case.effect(db, town)
    assert in_programme != usual
    own.norms = {case.norm: NORMS[case.norm]}
    assert case.effect(db, town) == usual
    programme.norms, own.norms = {}, {case.norm: case.value}
    assert case.effect(db, town) == in_programme


@pytest.mark.parametrize("case", EFFECTS, ids=_called)
def test_the_norm_of_one_side_is_not_asked_of_the_other(
    db: Session, town: Town, case: Case
) -> None:
    other = {"owner": "receiver", "receiver": "owner"}[case.side]
    usual = case.effect(db, town)
    db.get_one(Organization, sides(town)[other]).norms = {case.norm: case.value}
    assert case.effect(db, town) == usual

"""What time does to people who wait: a digest, the fallback that was named; never an end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Membership
from portal.catalogue.models import Contact, Organization
from portal.followup.handle import wait
from portal.followup.marks import ClockMark
from portal.followup.record import record_attempt
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.registration.consent import revoke
from portal.registration.erase import erase
from portal.registration.models import Registration, RegistrationEvent
from tests.referral.town import WEDNESDAY, Town, a_registration, build_town
from tests.support.clock import amsterdam
from tests.support.tick import tick

DAY = timedelta(days=1)
MOMENT = timedelta(seconds=1)


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)


def waits(db: Session, town: Town, *, due: str = "2026-11-18") -> Registration:
    """Somebody whose call was due on this day."""
    registration = a_registration(db, town)
    registration.next_action = "call"
    registration.next_action_at = amsterdam(f"{date.fromisoformat(due) + DAY}T00:00")
    return registration


def sent(db: Session, kind: str) -> list[OutboxMessage]:
    found = select(OutboxMessage).where(OutboxMessage.kind == kind)
    return list(db.scalars(found.order_by(OutboxMessage.created_at)))


def to(db: Session, messages: list[OutboxMessage]) -> list[str | None]:
    return [unseal(db, each, "recipient") for each in messages]


def test_the_coordinator_hears_each_working_day_how_many_are_late(db: Session, town: Town) -> None:
    waits(db, town)
    waits(db, town)
    waits(db, town, due="2026-11-30")
    for at in ("18T23:59", "19T06:59", "19T07:00", "19T15:00", "20T07:00", "21T09:00", "23T09:00"):
        tick(db, amsterdam(f"2026-11-{at}"))
    digests = sent(db, "overdue_digest")
    assert [each.created_at for each in digests] == [
        amsterdam(f"2026-11-{at}") for at in ("19T07:00", "20T07:00", "23T09:00")
    ]
    assert set(to(db, digests)) == {"coordinator@thuis.example"}
    assert {each.data["late"] for each in digests} == {2}
    assert {each.registration_id for each in digests} == {None}


def test_no_digest_on_a_day_the_organisation_is_closed_or_when_nobody_is_late(
    db: Session, town: Town
) -> None:
    registration = waits(db, town)
    db.get_one(Organization, town.owner.id).extra_holidays = ["2026-11-19"]
    tick(db, amsterdam("2026-11-19T10:00"))
    registration.next_action_at = amsterdam("2026-12-31T00:00")
    tick(db, amsterdam("2026-11-20T10:00"))
    assert sent(db, "overdue_digest") == []


def test_somebody_who_says_nobody_called_counts_as_late(db: Session, town: Town) -> None:
    registration = waits(db, town, due="2026-12-31")
    registration.nobody_called_at = WEDNESDAY
    tick(db, WEDNESDAY)
    assert len(sent(db, "overdue_digest")) == 1


# Due on this day: the fallback hears at the first moment of this one.
SILENCE = [
    ("2026-11-18", "2026-11-21T00:00"),
    ("2026-12-24", "2026-12-30T00:00"),  # Christmas, and a weekend.
    ("2027-03-25", "2027-04-01T00:00"),  # Good Friday and Easter Monday.
]


@pytest.mark.parametrize(("due", "told_at"), SILENCE)
def test_the_fallback_that_was_named_hears_after_two_more_working_days(
    db: Session, town: Town, due: str, told_at: str
) -> None:
    registration = waits(db, town, due=due)
    tick(db, amsterdam(told_at) - MOMENT)
    assert sent(db, "fallback_overdue") == []
    tick(db, amsterdam(told_at))
    (message,) = sent(db, "fallback_overdue")
    assert to(db, [message]) == ["handler@buurt.example"]
    assert message.data == {
        "contact": str(town.neighbours.contact_id),
        "owner": str(town.owner.id),
        "promised_on": registration.promised_on.isoformat(),
        "state": "picked_up",
    }


def test_the_fallback_hears_once_until_somebody_really_speaks_to_the_person(
    db: Session, town: Town
) -> None:
    registration = waits(db, town)
    for days in (5, 6, 9):
        tick(db, WEDNESDAY + days * DAY)
    by = town.owner.handler
    record_attempt(db, registration, "no_answer", by=by, now=WEDNESDAY + 10 * DAY)
    tick(db, WEDNESDAY + 20 * DAY)
    assert len(sent(db, "fallback_overdue")) == 1
    record_attempt(db, registration, "reached", by=by, now=WEDNESDAY + 21 * DAY)
    tick(db, WEDNESDAY + 60 * DAY)
    assert len(sent(db, "fallback_overdue")) == 2


def test_a_fallback_the_person_does_not_agree_with_hears_nothing_and_nobody_else_does(
    db: Session, town: Town
) -> None:
    registration = waits(db, town)
    revoke(db, registration, town.neighbours.id, now=WEDNESDAY)
    tick(db, WEDNESDAY + 20 * DAY)
    assert sent(db, "fallback_overdue") == []
    assert set(to(db, sent(db, "overdue_digest"))) == {"coordinator@thuis.example"}


def test_an_owner_s_own_norm_says_how_long_it_has(db: Session, town: Town) -> None:
    db.get_one(Organization, town.owner.id).norms = {"fallback_working_days": 1}
    waits(db, town)
    tick(db, amsterdam("2026-11-20T00:00"))
    assert len(sent(db, "fallback_overdue")) == 1


@pytest.mark.parametrize(
    ("phone", "reads"),
    [
        ("+31612345671", [("+31612345671", "sms")]),
        # A landline reads nothing: whoever coordinates there does.
        ("+31401234501", [("coordinator@buurt.example", "mail")]),
    ],
)
def test_a_fallback_without_account_is_written_to_where_somebody_reads_it(
    db: Session, town: Town, phone: str, reads: list[tuple[str, str]]
) -> None:
    waits(db, town)
    fallback = db.get_one(Contact, town.neighbours.contact_id)
    fallback.email, fallback.phone = None, phone
    for membership in db.scalars(select(Membership)):
        membership.contact_id = None
    tick(db, WEDNESDAY + 20 * DAY)
    messages = sent(db, "fallback_overdue")
    assert list(zip(to(db, messages), [each.channel for each in messages], strict=True)) == reads


def test_where_nobody_coordinates_those_who_follow_up_read_how_many_are_late(
    db: Session, town: Town
) -> None:
    waits(db, town)
    for membership in db.scalars(select(Membership).where(Membership.role == "coordinator")):
        db.delete(membership)
    tick(db, amsterdam("2026-11-19T07:00"))
    assert to(db, sent(db, "overdue_digest")) == ["handler@thuis.example"]


@pytest.mark.parametrize(
    ("at", "state"), [("2026-11-22T23:59", "waiting"), ("2026-11-23T00:00", "picked_up")]
)
def test_a_rest_that_was_agreed_ends_on_its_day(
    db: Session, town: Town, at: str, state: str
) -> None:
    registration = a_registration(db, town)
    record_attempt(db, registration, "reached", by=town.owner.handler, now=WEDNESDAY)
    wait(db, registration, date(2026, 11, 23), by=town.owner.handler, now=WEDNESDAY)
    due = registration.next_action_at
    tick(db, amsterdam(at))
    assert (registration.state, registration.next_action_at) == (state, due)
    assert registration.next_action == ("resume" if state == "waiting" else "call")


def moments() -> list[datetime]:
    return [WEDNESDAY + days * DAY for days in (0, 1, 5, 30, 90, 400)]


@pytest.mark.parametrize("state", ["new", "picked_up", "active", "aftercare"])
def test_no_passage_of_time_closes_a_person_or_resets_how_long_they_wait(
    db: Session, town: Town, state: str
) -> None:
    registration = a_registration(db, town, state=state)
    waited = registration.waiting_since
    for at in moments():
        tick(db, at)
    assert (registration.state, registration.waiting_since) == (state, waited)
    assert registration.next_action_at is not None
    events = set(db.scalars(select(RegistrationEvent.event)))
    assert events <= {"fallback_told"}


def test_a_second_tick_at_the_same_moment_changes_nothing(db: Session, town: Town) -> None:
    waits(db, town)
    for at in moments():
        tick(db, at)
        before = len(db.scalars(select(OutboxMessage)).all())
        assert not any(tick(db, at).did.values())
        assert len(db.scalars(select(OutboxMessage)).all()) == before


def test_marks_of_a_person_go_with_the_person(db: Session, town: Town) -> None:
    registration = waits(db, town)
    tick(db, WEDNESDAY + 20 * DAY)
    marked = select(ClockMark.registration_id)
    assert set(db.scalars(marked)) == {registration.id, None}
    erase(db, registration, now=WEDNESDAY + 21 * DAY)
    assert set(db.scalars(marked)) == {None}

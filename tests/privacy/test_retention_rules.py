"""What is kept long enough goes, once, and nobody is closed by it."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from portal.accounts.models import SignIn
from portal.catalogue.models import Programme
from portal.db.base import Base
from portal.db.engine import Database
from portal.followup.end import close, reopen, settle
from portal.followup.marks import ClockMark, first_time
from portal.followup.record import add_note, record_attempt
from portal.followup.retention import BATCH, is_finished, keep_to_rules, preview
from portal.notify.models import OutboxMessage
from portal.notify.outbox import put_out
from portal.privacy.audit import Action, record
from portal.privacy.models import AuditEvent
from portal.privacy.rotate import rotate_sealed
from portal.referral.link import make_link
from portal.referral.models import PartnerLink
from portal.registration.change import stop
from portal.registration.erase import erase
from portal.registration.models import Note, Registration, RegistrationEvent, Tombstone
from portal.registration.queries import reference_of
from portal.registration.reference import code_shown
from tests.referral.town import WEDNESDAY, Town, a_referral, a_registration
from tests.support.clock import SettableClock, amsterdam


def keep(database: Database, moment: str) -> dict[str, int]:
    """Do one batch of every rule; return what was done."""
    with database.writing.begin() as db:
        did = keep_to_rules(db, amsterdam(moment))
    return {name: count for name, count in did.items() if count}


def a_person(database: Database, town: Town) -> UUID:
    with database.writing.begin() as db:
        return a_registration(db, town).id


def load(database: Database, person: UUID) -> Registration:
    with database.reading() as db:
        return db.get_one(Registration, person)


def notes(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(Note)) or 0


def test_a_programme_that_keeps_closed_cases_longer_keeps_them_longer(
    database: Database, town: Town
) -> None:
    person = a_person(database, town)
    with database.writing.begin() as db:
        db.get_one(Programme, town.programme_id).retention = {"closed_months": 24}
        registration = db.get_one(Registration, person)
        close(db, registration, "moved", by=town.owner.handler, now=WEDNESDAY)
    assert keep(database, "2028-11-17T23:59") == {}
    assert keep(database, "2028-11-18T00:00") == {"closed": 1}


def test_who_opened_again_keeps_everything(database: Database, town: Town) -> None:
    person = a_person(database, town)
    with database.writing.begin() as db:
        registration = db.get_one(Registration, person)
        add_note(db, registration, "Werkt graag.", by=town.owner.handler, now=WEDNESDAY)
        settle(db, registration, "paid_work", by=town.owner.handler, now=WEDNESDAY)
        reopen(db, registration, by=town.owner.handler, now=WEDNESDAY + timedelta(days=60))
        close(db, registration, "moved", by=town.owner.handler, now=WEDNESDAY + timedelta(days=61))
    assert keep(database, "2027-03-01T10:00") == {}
    with database.reading() as db:
        assert notes(db) == 1


def test_what_is_written_in_aftercare_goes_three_months_after_it_was_written(
    database: Database, town: Town
) -> None:
    person, by = a_person(database, town), town.owner.handler
    with database.writing.begin() as db:
        settle(db, db.get_one(Registration, person), "paid_work", by=by, now=WEDNESDAY)
    assert keep(database, "2027-02-18T00:00") == {"settled": 1}
    assert keep(database, "2027-02-18T00:05") == {}
    with database.writing.begin() as db:
        later = amsterdam("2027-02-20T10:00")
        add_note(db, db.get_one(Registration, person), "Het gaat goed.", by=by, now=later)
    assert keep(database, "2027-05-19T23:59") == {}
    assert keep(database, "2027-05-20T00:00")["settled"] == 1
    with database.reading() as db:
        assert notes(db) == 0


def test_erasing_words_does_not_look_like_a_colleague_who_changed_the_case(
    database: Database, town: Town
) -> None:
    person = a_person(database, town)
    with database.writing.begin() as db:
        by = town.owner.handler
        settle(db, db.get_one(Registration, person), "paid_work", by=by, now=WEDNESDAY)
    before = load(database, person).version
    keep(database, "2027-02-18T00:00")
    assert load(database, person).version == before


@pytest.mark.parametrize("state", ["new", "picked_up", "active", "aftercare"])
def test_who_was_not_spoken_to_for_a_year_is_given_to_a_human_and_never_closed(
    database: Database, town: Town, state: str
) -> None:
    with database.writing.begin() as db:
        person = a_registration(db, town, state=state).id
    assert keep(database, "2027-11-17T23:59") == {}
    before = load(database, person).next_action_at
    assert keep(database, "2027-11-18T00:00") == {"silent": 1}
    asked = load(database, person)
    assert (asked.state, asked.next_action) == (state, "keep")
    # The day that was set does not become later: it is overdue since a year.
    assert asked.next_action_at == before
    assert asked.waiting_since == WEDNESDAY - timedelta(hours=2)
    assert keep(database, "2027-11-18T00:05") == {}


def test_a_step_far_ahead_comes_forward_to_within_the_norm(database: Database, town: Town) -> None:
    person = a_person(database, town)
    with database.writing.begin() as db:
        registration = db.get_one(Registration, person)
        registration.next_action_at = amsterdam("2028-06-01T00:00")
    keep(database, "2027-11-18T10:00")
    # Thursday; the second working day after it is Monday, so it is overdue from Tuesday.
    assert load(database, person).next_action_at == amsterdam("2027-11-23T00:00")


def test_a_conversation_answers_it_and_silence_is_asked_about_again_in_a_year(
    database: Database, town: Town
) -> None:
    person = a_person(database, town)
    keep(database, "2027-11-18T10:00")
    assert keep(database, "2028-11-17T10:00") == {}
    assert keep(database, "2028-11-18T10:00") == {"silent": 1}
    with database.writing.begin() as db:
        registration = db.get_one(Registration, person)
        now = amsterdam("2028-11-19T10:00")
        record_attempt(db, registration, "reached", by=town.owner.handler, now=now)
        assert registration.next_action == "plan"
    assert keep(database, "2029-11-18T10:00") == {}


def test_of_a_message_that_was_sent_only_the_address_goes(database: Database, town: Town) -> None:
    person = a_person(database, town)
    with database.writing.begin() as db:
        for state in ("sent", "kept", "dropped", "waiting", "undelivered"):
            message = put_out(
                db,
                "receipt",
                recipient="sam@post.nl",
                locale="nl",
                now=WEDNESDAY,
                registration_id=person,
            )
            message.state, message.sent_at, message.undelivered_at = state, WEDNESDAY, WEDNESDAY
    assert keep(database, "2026-12-17T23:59") == {}
    assert keep(database, "2026-12-18T00:00") == {"addresses": 3}
    with database.writing.begin() as db:
        left = {m.state for m in db.scalars(select(OutboxMessage)) if m.recipient}
        assert left == {"waiting", "undelivered"}
        assert db.scalar(select(func.count()).select_from(OutboxMessage)) == 5
        stop(db, db.get_one(Registration, person), now=amsterdam("2026-12-18T00:00"))
    rotate_sealed(database)
    assert keep(database, "2026-12-18T00:05") == {"addresses": 1}


def lying_around(db: Session, town: Town, person: UUID) -> None:
    """Let there be one of everything that is about nobody's open case."""
    other = a_registration(db, town)
    account = town.owner.handler.account_id
    for about in (person, other.id, None):
        record(db, Action.READ_CASE, account_id=account, registration_id=about, now=WEDNESDAY)
    erase(db, other, now=WEDNESDAY)
    begun = {"browser": "?", "created_at": WEDNESDAY}
    db.add(SignIn(account_id=account, token_digest=b"t" * 32, **begun))
    make_link(db, town.coach.id, now=WEDNESDAY)
    make_link(db, town.coach.id, now=WEDNESDAY, referral_id=a_referral(db, town, at=WEDNESDAY).id)
    first_time(db, "digest:planted", now=WEDNESDAY)
    first_time(db, "case:planted", now=WEDNESDAY, registration_id=person)
    for state in ("sent", "undelivered"):
        message = put_out(db, "overdue_digest", recipient="a@b.nl", locale="nl", now=WEDNESDAY)
        message.state, message.sent_at, message.undelivered_at = state, WEDNESDAY, WEDNESDAY


def test_what_lies_around_goes_on_its_day_and_what_belongs_to_a_case_stays(
    database: Database, town: Town
) -> None:
    person = a_person(database, town)
    with database.writing.begin() as db:
        lying_around(db, town, person)
    assert keep(database, "2026-12-17T23:59") == {}
    assert keep(database, "2026-12-18T00:00") == {
        "messages": 1,
        "tombstones": 1,
        "sessions": 1,
        "audit_of_erased": 1,
        "marks": 1,
    }
    # A link lasts 30 days, and says for 30 more that it is old; longer while its referral is open.
    assert keep(database, "2027-01-16T23:59") == {}
    assert keep(database, "2027-01-17T00:00") == {"links": 1}
    assert keep(database, "2027-11-17T23:59") == {}
    did = keep(database, "2027-11-18T00:00")
    assert (did["audit"], did["messages"]) == (2, 1)
    with database.reading() as db:
        assert db.scalars(select(ClockMark.what).where(ClockMark.what == "case:planted")).all()
        assert db.scalars(select(PartnerLink)).all()


def test_the_preview_says_what_will_happen_and_changes_nothing(
    database: Database, town: Town
) -> None:
    person, now = a_person(database, town), amsterdam("2028-01-01T10:00")
    with database.writing.begin() as db:
        lying_around(db, town, person)
        gone = a_registration(db, town)
        stop(db, gone, now=WEDNESDAY)
        code = code_shown(reference_of(db, gone).code)
    with database.reading() as db:
        said = {due.rule: due.count for due in preview(db, now) if due.count}
        codes = {due.rule: list(due.codes) for due in preview(db, now)}
    assert codes["never_begun"] == [code]
    assert "Amal" not in str(codes)
    did = keep(database, "2028-01-01T10:00")
    assert said["never_begun"] == 1
    assert did == said


def crowd(database: Database, town: Town, size: int) -> None:
    """Let many people have withdrawn on the same day, long ago."""
    with database.writing.begin() as db:
        first = a_registration(db, town)
        stop(db, first, now=WEDNESDAY)
        db.flush()
        rows = {each: Base.metadata.tables[each] for each in ("registration", "registration_event")}
        row = dict(db.execute(select(rows["registration"])).mappings().one())
        event = dict(db.execute(select(rows["registration_event"])).mappings().first() or {})
        ids = [uuid4() for _ in range(size - 1)]
        db.execute(
            insert(rows["registration"]),
            [row | {"id": each, **_unique()} for each in ids],
        )
        db.execute(
            insert(rows["registration_event"]),
            [event | {"id": uuid4(), "registration_id": each} for each in ids],
        )


def _unique() -> dict[str, object]:
    return {"client_uuid": uuid4(), "code_digest": uuid4().bytes, "link_digest": uuid4().bytes}


def test_a_big_backlog_goes_in_batches(database: Database, town: Town) -> None:
    crowd(database, town, BATCH + 5)
    with database.writing.begin() as db:
        assert not is_finished(keep_to_rules(db, amsterdam("2027-01-05T10:00")))
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Registration)) == 5
    assert keep(database, "2027-01-05T10:05") == {"never_begun": 5}


def test_several_workers_at_once_do_nothing_twice(
    database: Database, town: Town, clock: SettableClock
) -> None:
    crowd(database, town, 60)
    silent = a_person(database, town)
    clock.set("2028-01-05T10:00")
    start, did = Barrier(4), list[dict[str, int]]()

    def work() -> None:
        start.wait()
        with database.writing.begin() as db:
            did.append(keep_to_rules(db, clock()))

    workers = [Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sum(each["never_begun"] for each in did) == 60
    assert sum(each["silent"] for each in did) == 1
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Tombstone)) == 60
        asked = select(func.count()).where(
            RegistrationEvent.registration_id == silent, RegistrationEvent.event == "keep_asked"
        )
        assert db.scalar(asked) == 1
        assert db.scalar(select(func.count()).select_from(AuditEvent)) == 0

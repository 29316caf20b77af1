from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.snapshot import Snapshot
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.registration.change import (
    LONGEST_LINE,
    NotNowError,
    WrongLineError,
    add_line,
    change_phone,
    say_nobody_called,
    stop,
    undo_stop,
)
from portal.registration.consent import agreements
from portal.registration.intake import Intake
from portal.registration.lookup import find
from portal.registration.models import Consent, Note, Registration, RegistrationEvent
from portal.registration.states import WrongStateError
from portal.registration.ways import BsnError, WrongPhoneError
from tests.registration.people import NOW, registered, send
from tests.support.clock import amsterdam

LAST_DAY = amsterdam("2026-11-20T23:59")
DAY_AFTER = amsterdam("2026-11-21T00:00")
TOLD = ("receipt",)


@pytest.fixture
def sam(db: Session, known: Snapshot) -> Registration:
    """Somebody who was promised a call on Friday 20 November."""
    return registered(db, known)


def events(db: Session) -> list[str]:
    return list(db.scalars(select(RegistrationEvent.event).order_by(RegistrationEvent.at)))


def messages(db: Session) -> list[OutboxMessage]:
    """What was put out after the receipt."""
    return list(db.scalars(select(OutboxMessage).where(OutboxMessage.kind.not_in(TOLD))))


def test_a_line_is_kept_sealed_and_told_as_an_event_without_its_words(
    db: Session, sam: Registration
) -> None:
    add_line(db, sam, "Ik kan niet\nop dinsdag", insist=False, now=NOW)
    db.flush()
    [note] = db.scalars(select(Note))
    assert unseal(db, note, "text") == "Ik kan niet\nop dinsdag"
    assert b"dinsdag" not in note.text
    assert note.account_id is None
    [event] = db.scalars(select(RegistrationEvent).where(RegistrationEvent.event == "line"))
    assert event.data == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "needed"),
        (" \n\u202e", "needed"),
        ("x" * (LONGEST_LINE + 1), "long"),
        ("Mijn BSN is 123456782", "bsn"),
    ],
)
def test_a_line_that_cannot_be_kept_is_told_why(
    db: Session, sam: Registration, text: str, code: str
) -> None:
    with pytest.raises(WrongLineError) as wrong:
        add_line(db, sam, text, insist=False, now=NOW)
    assert wrong.value.code == code


def test_somebody_can_insist_that_a_number_is_no_bsn(db: Session, sam: Registration) -> None:
    add_line(db, sam, "Mijn dossier is 123456782", insist=True, now=NOW)
    assert "line" in events(db)


def test_nobody_called_can_be_said_from_the_day_after_and_not_before(
    db: Session, sam: Registration
) -> None:
    with pytest.raises(NotNowError):
        say_nobody_called(db, sam, spoken=False, now=LAST_DAY)
    assert sam.nobody_called_at is None
    say_nobody_called(db, sam, spoken=False, now=DAY_AFTER)
    assert sam.nobody_called_at == DAY_AFTER


def test_somebody_besides_the_owner_is_told_without_a_name(
    db: Session, known: Snapshot, sam: Registration
) -> None:
    say_nobody_called(db, sam, spoken=False, now=DAY_AFTER)
    db.flush()
    [message] = messages(db)
    takes_over = known.contacts[sam.fallback_contact_id]
    assert takes_over.organization_id != sam.owner_id
    assert unseal(db, message, "recipient") == takes_over.phone
    assert message.kind == "nobody_called"
    assert message.data == {
        "owner": str(sam.owner_id),
        "promised_on": "2026-11-20",
        "state": "new",
    }


def test_nobody_called_is_said_once(db: Session, sam: Registration) -> None:
    say_nobody_called(db, sam, spoken=False, now=DAY_AFTER)
    with pytest.raises(NotNowError):
        say_nobody_called(db, sam, spoken=False, now=DAY_AFTER)


def test_who_was_spoken_to_can_say_it_only_when_the_next_step_is_late(
    db: Session, sam: Registration
) -> None:
    sam.next_action_at = amsterdam("2026-12-01T00:00")
    with pytest.raises(NotNowError):
        say_nobody_called(db, sam, spoken=True, now=DAY_AFTER)
    say_nobody_called(db, sam, spoken=True, now=amsterdam("2026-12-01T00:00"))


def test_stopping_closes_and_ends_every_consent(db: Session, sam: Registration) -> None:
    stop(db, sam, now=NOW)
    db.flush()
    assert (sam.state, sam.withdrawn_at, sam.closed_at) == ("closed", NOW, NOW)
    assert sam.next_action_at is None
    assert [agreed.given for agreed in agreements(db, sam)] == [False, False]


def test_stopping_can_be_undone_for_48_hours(db: Session, sam: Registration) -> None:
    stop(db, sam, now=NOW)
    db.flush()
    undo_stop(db, sam, now=NOW + timedelta(hours=48))
    db.flush()
    assert (sam.state, sam.withdrawn_at, sam.closed_at) == ("new", None, None)
    assert sam.next_action == "call"
    assert [agreed.given for agreed in agreements(db, sam)] == [True, True]


def test_what_was_agreed_aloud_is_taken_up_again_as_it_was_said(
    db: Session, known: Snapshot, walk_in: Intake
) -> None:
    sam = db.get_one(Registration, send(db, known, intake=walk_in).id)
    stop(db, sam, now=NOW)
    db.flush()
    undo_stop(db, sam, now=NOW + timedelta(hours=1))
    db.flush()
    again = db.scalars(select(Consent).where(Consent.revoked_at.is_(None))).all()
    assert len(again) == 2
    said = {(each.method, each.interpreter, each.recorded_by_id) for each in again}
    assert said == {("spoken", "family", walk_in.recorded_by)}


def test_after_48_hours_a_stop_stays(db: Session, sam: Registration) -> None:
    stop(db, sam, now=NOW)
    db.flush()
    with pytest.raises(NotNowError):
        undo_stop(db, sam, now=NOW + timedelta(hours=48, seconds=1))
    assert sam.state == "closed"


def test_nobody_is_late_for_the_time_in_which_nobody_could_call(
    db: Session, sam: Registration
) -> None:
    stop(db, sam, now=LAST_DAY)
    db.flush()
    undo_stop(db, sam, now=amsterdam("2026-11-22T12:00"))
    assert sam.next_action_at == amsterdam("2026-11-24T00:00")


def test_what_was_next_before_a_stop_is_next_again(db: Session, sam: Registration) -> None:
    sam.next_action, sam.next_action_at = "plan", amsterdam("2026-12-02T00:00")
    stop(db, sam, now=NOW)
    db.flush()
    undo_stop(db, sam, now=NOW)
    assert (sam.next_action, sam.next_action_at) == ("plan", amsterdam("2026-12-02T00:00"))


def test_what_is_closed_takes_no_line_and_no_second_stop(db: Session, sam: Registration) -> None:
    stop(db, sam, now=NOW)
    with pytest.raises(NotNowError):
        add_line(db, sam, "Toch nog iets", insist=False, now=NOW)
    with pytest.raises(WrongStateError):
        stop(db, sam, now=NOW)


def test_another_number_is_kept_found_and_told_to_the_old_one(
    db: Session, sam: Registration
) -> None:
    change_phone(db, sam, "06 87654321", now=NOW)
    db.flush()
    assert unseal(db, sam, "phone") == "+31687654321"
    assert find(db, {sam.owner_id}, "06 87654321") == [sam]
    assert find(db, {sam.owner_id}, "06 12345678") == []
    [message] = messages(db)
    assert message.kind == "phone_changed"
    assert unseal(db, message, "recipient") == "+31612345678"


def test_the_same_number_changes_nothing(db: Session, sam: Registration) -> None:
    change_phone(db, sam, "+31 6 1234 5678", now=NOW)
    assert messages(db) == []


@pytest.mark.parametrize(("typed", "error"), [("112", WrongPhoneError), ("123456782", BsnError)])
def test_what_is_no_number_is_not_taken(
    db: Session, sam: Registration, typed: str, error: type[ValueError]
) -> None:
    with pytest.raises(error):
        change_phone(db, sam, typed, now=NOW)
    assert unseal(db, sam, "phone") == "+31612345678"

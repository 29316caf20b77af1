"""Words on a referral: they never close anything, and say who said them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.followup.partner import contact_made, log_attempt
from portal.privacy.encryption import unseal
from portal.referral.answer import accept
from portal.referral.models import Referral
from portal.referral.party import BY_LINK, as_owner
from portal.referral.queries import events_of, notes_of
from portal.referral.refusals import NobodySaidItError, NotYoursError
from portal.referral.words import note_told, report
from portal.registration.models import Registration
from portal.registration.refusals import EmptyNoteError, HoldsBsnError, WrongDayError
from portal.registration.states import WrongActorError, WrongStateError
from tests.referral.town import WEDNESDAY, Town, a_referral
from tests.support.clock import amsterdam

DAY = timedelta(days=1)
TODAY = WEDNESDAY.date()


def in_progress(db: Session, town: Town) -> Referral:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    log_attempt(db, referral, "reached", by=BY_LINK, now=WEDNESDAY)
    contact_made(db, referral, by=BY_LINK, now=WEDNESDAY)
    return referral


def told(
    db: Session,
    town: Town,
    referral: Referral,
    *,
    text: str = "Gaat goed.",
    said_by: str = "Rob",
    said_on: date = TODAY,
) -> None:
    by = town.owner.handler
    note_told(db, referral, text, said_by=said_by, said_on=said_on, by=by, now=WEDNESDAY)


def test_a_report_never_closes_anything(db: Session, town: Town) -> None:
    referral = in_progress(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    report(db, referral, "Ze begint maandag met koken.", by=BY_LINK, now=WEDNESDAY + DAY)
    assert (referral.state, registration.state) == ("in_progress", "active")
    db.flush()
    (note,) = notes_of(db, referral.id)
    assert (note.side, note.account_id) == ("receiver", None)
    assert unseal(db, note, "text") == "Ze begint maandag met koken."


def test_after_a_report_the_owner_asks_again_a_norm_later(db: Session, town: Town) -> None:
    referral = in_progress(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    assert referral.due_at == amsterdam("2026-12-03T00:00")
    report(db, referral, "Goed.", by=BY_LINK, now=WEDNESDAY + DAY)
    assert referral.due_at == amsterdam("2026-12-18T00:00")
    assert registration.next_action_at == referral.due_at


def test_words_do_not_move_the_day_of_the_first_call(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    due = referral.due_at
    report(db, referral, "Volgende week.", by=BY_LINK, now=WEDNESDAY + DAY)
    told(db, town, referral)
    assert referral.due_at == due


def test_only_the_receiver_reports_and_only_what_it_took_up(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    registration = db.get_one(Registration, referral.registration_id)
    with pytest.raises(WrongStateError):
        report(db, referral, "Goed.", by=BY_LINK, now=WEDNESDAY)
    owner = as_owner(town.owner.handler, registration)
    with pytest.raises(WrongActorError):
        report(db, referral, "Goed.", by=owner, now=WEDNESDAY)


def test_what_was_said_on_the_phone_says_by_whom_and_on_which_day(db: Session, town: Town) -> None:
    referral = in_progress(db, town)
    told(db, town, referral, said_by=" Rob\u202e ", said_on=TODAY - 3 * DAY)
    db.flush()
    (note,) = notes_of(db, referral.id)
    assert (unseal(db, note, "said_by"), note.said_on) == ("Rob", TODAY - 3 * DAY)
    assert (note.side, note.account_id) == ("owner", town.owner.handler.account_id)
    event = next(each for each in events_of(db, referral.id) if each.event == "told")
    assert (event.actor, event.way, event.data) == ("receiver", "told", {"on": "2026-11-15"})


def test_what_was_said_is_noted_by_the_owner_with_a_name_and_a_recent_day(
    db: Session, town: Town
) -> None:
    referral = in_progress(db, town)
    with pytest.raises(NobodySaidItError):
        told(db, town, referral, said_by=" ")
    for day in (TODAY + DAY, TODAY - 32 * DAY):
        with pytest.raises(WrongDayError):
            told(db, town, referral, said_on=day)
    with pytest.raises(NotYoursError):
        note_told(
            db,
            referral,
            "Goed.",
            said_by="Rob",
            said_on=TODAY,
            by=town.coach.handler,
            now=WEDNESDAY,
        )


def test_words_are_read_before_they_are_kept(db: Session, town: Town) -> None:
    referral = in_progress(db, town)
    with pytest.raises(EmptyNoteError):
        report(db, referral, " \u200b ", by=BY_LINK, now=WEDNESDAY)
    with pytest.raises(HoldsBsnError):
        told(db, town, referral, text="Haar BSN is 111222333")

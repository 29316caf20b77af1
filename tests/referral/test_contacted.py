"""The question whether somebody made contact: asked once, answered once; a no is heard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.answer import accept
from portal.referral.contacted import ask_contacted, say_contacted
from portal.referral.models import Referral
from portal.referral.party import BY_LINK
from portal.referral.queries import events_of
from portal.referral.refusals import AnsweredAlreadyError
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral
from tests.support.clock import amsterdam

LATER = WEDNESDAY + timedelta(days=7)


def asked(db: Session, town: Town) -> tuple[Referral, Registration]:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    ask_contacted(db, referral, now=LATER)
    return referral, db.get_one(Registration, referral.registration_id)


def recipients(db: Session, kind: str) -> set[str | None]:
    sent = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind))
    return {unseal(db, each, "recipient") for each in sent}


def test_a_no_tops_the_list_of_the_owner_and_somebody_besides_it_hears(
    db: Session, town: Town
) -> None:
    referral, registration = asked(db, town)
    say_contacted(db, referral, yes=False, now=LATER)
    assert registration.nobody_called_at == LATER
    assert registration.next_action == "call_partner"
    assert registration.next_action_at == amsterdam("2026-11-26T00:00")
    assert recipients(db, "not_contacted") == {
        "handler@thuis.example",
        "coordinator@thuis.example",
    }


def test_a_yes_changes_nothing_but_is_kept(db: Session, town: Town) -> None:
    referral, registration = asked(db, town)
    say_contacted(db, referral, yes=True, now=LATER)
    assert (referral.contacted, registration.nobody_called_at) == (True, None)
    assert referral.state == "accepted"
    assert "contacted" in [each.event for each in events_of(db, referral.id)]
    assert not recipients(db, "not_contacted")


def test_the_answer_counts_once_and_only_when_there_was_a_question(db: Session, town: Town) -> None:
    referral, _ = asked(db, town)
    say_contacted(db, referral, yes=True, now=LATER)
    with pytest.raises(AnsweredAlreadyError):
        say_contacted(db, referral, yes=False, now=LATER)
    with pytest.raises(AnsweredAlreadyError):
        say_contacted(db, a_referral(db, town), yes=False, now=LATER)

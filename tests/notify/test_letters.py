"""What messages know when they leave: what is true then, and for staff never about whom it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact
from portal.db.engine import Database
from portal.followup.clock_people import send_digests, send_full, tell_fallback
from portal.followup.letters import all_letters
from portal.followup.messages import NAMES_A_DAY
from portal.followup.outbox import ShownMessage, shown_outbox
from portal.followup.switching import tell_who_takes_over
from portal.followup.taking_over import take_over
from portal.notify.kinds import KINDS, PERSON, STAFF, Told
from portal.notify.models import OutboxMessage
from portal.referral.answer import accept, decline, undo
from portal.referral.consent import answer_ask, ask_consent
from portal.referral.contacted import ask_contacted, say_contacted
from portal.referral.end import lapse, retract
from portal.referral.link import open_link
from portal.referral.models import Referral
from portal.referral.party import BY_LINK, Party, as_owner
from portal.referral.renew import send_list
from portal.referral.tell import tell_owner, tell_receiver
from portal.referral.withdraw import withdraw
from portal.registration.models import Registration
from portal.settings import ROOT
from portal.web.coverage_words import NOT_TOLD
from tests.referral.town import PHONE, WEDNESDAY, Town, a_referral, a_registration, build_town

BASE_URL = "https://voordeur.example"
TELLING = {"tell", "tell_contact", "tell_receiver", "tell_owner", "put_out", "put_out_to"}
LATER = WEDNESDAY + timedelta(days=8)


@dataclass(frozen=True)
class Place:
    """A town, and a transaction in it that is never committed."""

    db: Session
    town: Town

    def shown(self, now: datetime = WEDNESDAY) -> dict[str, ShownMessage]:
        """Return the newest message of every kind, as it would read now."""
        self.db.flush()
        found = shown_outbox(self.db, all_letters(BASE_URL), now=now)
        return {message.kind: message for message in reversed(found)}

    def told(self, kind: str, now: datetime = WEDNESDAY) -> Told | None:
        """Return what the newest message of a kind knows."""
        self.db.flush()
        query = select(OutboxMessage).where(OutboxMessage.kind == kind)
        message = self.db.scalars(query.order_by(OutboxMessage.created_at.desc())).first()
        assert message
        return all_letters(BASE_URL)(self.db, message, now)

    def registration(self, referral: Referral) -> Registration:
        """Return whom it is about."""
        return self.db.get_one(Registration, referral.registration_id)


@pytest.fixture
def place(database: Database) -> Iterator[Place]:
    """A town where nobody is registered yet."""
    with database.writing() as db:
        yield Place(db, build_town(db))
        db.rollback()


def kinds_in(text: str) -> Iterator[str]:
    """Name every kind that a module puts in the outbox."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TELLING:
            yield from (
                each.value
                for each in node.args
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def test_every_kind_that_is_put_out_is_in_the_table_and_the_other_way_round() -> None:
    modules = (ROOT / "portal").rglob("*.py")
    used = {kind for module in modules for kind in kinds_in(module.read_text(encoding="utf-8"))}
    # Those that somebody at the desk chooses are put out by the name of what was chosen.
    assert used | {"receipt"} | set(NAMES_A_DAY) == set(KINDS)


def test_everything_that_partners_and_owners_read_names_nobody(place: Place) -> None:
    db, town = place.db, place.town
    taken = a_referral(db, town)
    accept(db, taken, by=BY_LINK, now=WEDNESDAY)
    ask_contacted(db, taken, now=WEDNESDAY)
    say_contacted(db, taken, yes=False, now=LATER)
    tell_receiver(db, taken, "referral_reminder", now=WEDNESDAY)
    tell_receiver(db, taken, "referral_link", now=WEDNESDAY)
    assert send_list(db, town.coach.id, now=WEDNESDAY)
    tell_owner(db, taken, "referral_done", now=WEDNESDAY)
    withdraw(db, taken, now=LATER)
    retract(db, a_referral(db, town), "other_wish", by=owner(place), now=WEDNESDAY)
    lapse(db, a_referral(db, town), now=WEDNESDAY + timedelta(days=30))
    moved = a_referral(db, town, to=town.guide, transfers=True)
    accept(db, moved, by=BY_LINK, now=WEDNESDAY)
    _coordinators_hear(place, place.registration(taken))
    shown = place.shown()
    staff = {kind for kind, row in KINDS.items() if row.audience == STAFF}
    assert staff - set(shown) == {"nobody_called"}
    for message in db.scalars(select(OutboxMessage)):
        # By this somebody sees who did not get it, when it is lost.
        assert (message.registration_id is None) == (message.kind in NOT_TOLD), message.kind
        assert message.registration_id or message.data["organization"], message.kind
    for kind in staff & set(shown):
        letter = shown[kind].letter
        assert letter, kind
        words = f"{letter.subject} {letter.text}"
        assert not re.search(rf"Amal|{re.escape(PHONE)}|koken|06 12345678", words), words


def _coordinators_hear(place: Place, late: Registration) -> None:
    """Somebody waits, is queued, is taken over by whoever was told; people came from elsewhere."""
    db, town = place.db, place.town
    late.next_action_at, late.queued = WEDNESDAY - timedelta(days=20), True
    db.flush()
    assert tell_fallback(db, late, LATER)
    assert send_digests(db, now=LATER.replace(hour=9))
    assert send_full(db, now=LATER.replace(hour=9))
    coach = db.get_one(Contact, town.coach.contact_id)
    tell_who_takes_over(db, town.owner.contact_id, 3, coach, now=WEDNESDAY)
    take_over(db, late, town.neighbours.handler, now=LATER)


def owner(place: Place) -> Party:
    registration = a_registration(place.db, place.town)
    return as_owner(place.town.owner.handler, registration)


def test_a_partner_gets_a_link_that_opens_exactly_this_referral(place: Place) -> None:
    referral = a_referral(place.db, place.town)
    letter = place.shown()["referral_sent"].letter
    assert letter
    found = re.search(rf"{BASE_URL}/reply/(\S+)", letter.text)
    assert found
    opened = open_link(place.db, found[1], now=WEDNESDAY)
    assert opened.referral == referral
    assert "vrijdag 20 november" in letter.text


def test_no_token_and_no_name_waits_in_the_outbox(place: Place) -> None:
    a_referral(place.db, place.town)
    place.db.flush()
    letter = place.shown()["referral_sent"].letter
    assert letter
    token = letter.text.partition("/reply/")[2].split()[0]
    for message in place.db.scalars(select(OutboxMessage)):
        assert token not in str(message.data)
        assert "Amal" not in str(message.data)
        assert PHONE.encode() not in message.recipient


def test_a_question_to_a_partner_is_no_longer_asked_once_it_is_answered(place: Place) -> None:
    referral = a_referral(place.db, place.town)
    told = place.told("referral_sent")
    assert told
    assert told.is_true
    decline(place.db, referral, "full", by=BY_LINK, now=WEDNESDAY)
    told = place.told("referral_sent")
    assert told
    assert not told.is_true


def test_a_yes_that_was_undone_is_not_told_to_the_person(place: Place) -> None:
    referral = a_referral(place.db, place.town)
    accept(place.db, referral, by=BY_LINK, now=WEDNESDAY)
    told = place.told("partner_accepted")
    assert told
    assert told.is_true
    undo(place.db, referral, by=BY_LINK, now=WEDNESDAY)
    told = place.told("partner_accepted")
    assert told
    assert not told.is_true


def test_the_person_is_not_asked_what_they_have_answered(place: Place) -> None:
    db, town = place.db, place.town
    referral = a_referral(db, town)
    ask_contacted(db, referral, now=WEDNESDAY)
    registration = place.registration(referral)
    by = town.owner.handler
    ask = ask_consent(db, registration, town.guide.id, shares=("wishes",), by=by, now=WEDNESDAY)
    before = [place.told(kind) for kind in ("ask_contacted", "consent_asked")]
    assert [told.is_true for told in before if told] == [True, True]
    say_contacted(db, referral, yes=True, now=LATER)
    answer_ask(db, registration, ask, agreed=False, locale="ar", now=LATER)
    after = [place.told(kind) for kind in ("ask_contacted", "consent_asked")]
    assert [told.is_true for told in after if told] == [False, False]


def test_the_person_is_told_who_calls_and_not_what_it_is_about(place: Place) -> None:
    db, town = place.db, place.town
    accept(db, a_referral(db, town), by=BY_LINK, now=WEDNESDAY)
    shown = place.shown()
    persons = {kind for kind, row in KINDS.items() if row.audience == PERSON} & set(shown)
    assert {"consent_noted", "partner_accepted"} <= persons
    for kind in persons:
        message = shown[kind]
        assert message.letter
        assert (message.way, message.letter.locale) == ("sms", "ar")
        assert "Sanne" in message.letter.text
        assert not re.search("Werk|Thuis|Gids|Buurt", message.letter.text)


def test_a_day_that_has_passed_is_left_out(place: Place) -> None:
    referral = a_referral(place.db, place.town)
    decline(place.db, referral, "full", by=BY_LINK, now=WEDNESDAY)
    on_time, late = place.told("partner_ended"), place.told("partner_ended", now=LATER)
    assert on_time
    assert on_time.words["day"] == WEDNESDAY.date() + timedelta(days=2)
    assert late
    assert late.words["day"] is None


def test_whoever_is_erased_is_told_nothing(place: Place) -> None:
    registration = a_registration(place.db, place.town)
    message = OutboxMessage(
        id=UUID(int=1), registration_id=registration.id, kind="receipt", channel="sms", data={}
    )
    assert all_letters(BASE_URL)(place.db, message, WEDNESDAY)
    registration.first_name = None
    assert all_letters(BASE_URL)(place.db, message, WEDNESDAY) is None

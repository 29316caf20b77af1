"""What is not sent, or not yet: at night, after an erasure, after a stop, when it is over."""

from __future__ import annotations

import json

import pytest

from portal.notify.send import send_next
from portal.notify.silence import silence
from portal.notify.worker import drain
from portal.privacy.encryption import seal
from portal.registration.models import Registration
from portal.web.logs import JsonLine
from tests.notify.town import MAIL, MOBILE, Town
from tests.support.gateway import Gateway
from tests.support.smtp import MailHost


def test_an_sms_in_the_night_waits_for_the_morning(town: Town, sms_gateway: Gateway) -> None:
    town.clock.set("2026-11-18T22:15")
    town.register(phone=MOBILE)
    drain(town.post)
    assert (sms_gateway.posted, town.states()) == ([], [("waiting", None)])
    town.clock.set("2026-11-19T07:59")
    assert not send_next(town.post)
    town.clock.set("2026-11-19T08:00")
    drain(town.post)
    assert len(sms_gateway.posted) == 1
    assert town.messages()[0].tries == 1


def test_quiet_days_are_not_taken_from_the_72_hours(town: Town, sms_gateway: Gateway) -> None:
    town.clock.set("2026-12-24T20:59")  # Christmas, Boxing Day and a Sunday follow.
    town.register(phone=MOBILE)
    sms_gateway.status = 500
    drain(town.post)
    town.clock.set("2026-12-24T21:30")
    drain(town.post)
    town.clock.set("2026-12-28T08:00")
    sms_gateway.status = 202
    drain(town.post)
    assert town.states() == [("sent", None)]


def test_a_mail_goes_at_night_too(town: Town, mail_host: MailHost) -> None:
    town.clock.set("2026-11-22T03:00")
    town.register(email=MAIL)
    drain(town.post)
    assert len(mail_host.mails) == 1


@pytest.mark.parametrize("column", ["email", "first_name"])
def test_a_message_whose_recipient_was_erased_is_dropped(
    town: Town, mail_host: MailHost, column: str
) -> None:
    fatma = town.register(email=MAIL)
    town.change(fatma, **{column: None})
    drain(town.post)
    assert (mail_host.mails, town.states()) == ([], [("dropped", "erased")])
    assert town.registration(fatma).undelivered_at is None


def test_a_message_that_is_no_longer_true_is_dropped(town: Town, mail_host: MailHost) -> None:
    fatma = town.register(email=MAIL)
    town.change(fatma, state="closed")
    drain(town.post)
    assert (mail_host.mails, town.states()) == ([], [("dropped", "over")])


def test_a_message_follows_the_person_to_another_number(town: Town, sms_gateway: Gateway) -> None:
    fatma = town.register(phone=MOBILE)
    with town.database.writing.begin() as db:
        seal(db, db.get_one(Registration, fatma), "phone", "+31687654321")
    town.tell(fatma, "phone_changed", MOBILE)
    drain(town.post)
    # What was for her goes to the new number; that it changed is told to the old one.
    assert sorted(each["to"] for each in sms_gateway.posted) == [MOBILE, "+31687654321"]
    told = next(each["text"] for each in sms_gateway.posted if each["to"] == MOBILE)
    assert "Fatma" not in told


def test_a_landline_gets_no_sms_and_no_banner(town: Town, sms_gateway: Gateway) -> None:
    fatma = town.register(phone="+31401234567")
    drain(town.post)
    assert (sms_gateway.posted, town.states()) == ([], [("kept", "landline")])
    assert town.registration(fatma).undelivered_at is None


@pytest.mark.parametrize("reason", ["stop", "bounce"])
def test_a_silent_address_gets_nothing_and_somebody_calls(
    town: Town, sms_gateway: Gateway, reason: str
) -> None:
    fatma = town.register(phone=MOBILE)
    with town.database.writing.begin() as db:
        silence(db, MOBILE, reason, town.clock())
    drain(town.post)
    assert (sms_gateway.posted, town.states()) == ([], [("undelivered", reason)])
    assert town.registration(fatma).undelivered_at is not None


def test_a_message_of_an_unknown_kind_is_given_up_and_holds_up_nobody(
    town: Town, mail_host: MailHost, caplog: pytest.LogCaptureFixture
) -> None:
    fatma = town.register(email=MAIL)
    town.tell(fatma, "from_the_future", MAIL)
    town.tell(fatma, "other_contact", MAIL, contact="not an id")
    drain(town.post)
    assert sorted(town.states()) == [
        ("sent", None),
        ("undelivered", "words"),
        ("undelivered", "words"),
    ]
    assert len(mail_host.mails) == 1
    lines = [json.loads(JsonLine().format(record)) for record in caplog.records]
    # Both are due at the same moment.
    unknown, broken = sorted(lines, key=lambda line: str(line["kind"]))
    assert (unknown["kind"], unknown["way"]) == ("from_the_future", "mail")
    assert (broken["kind"], broken["way"]) == ("other_contact", "mail")
    assert (unknown["cause"], broken["cause"]) == ("UnknownKindError", "ValueError")
    assert all(":" in line["place"] for line in lines)


def test_a_message_nobody_tried_for_a_week_is_given_up(town: Town, mail_host: MailHost) -> None:
    town.register(email=MAIL)
    town.clock.advance(days=8)
    drain(town.post)
    assert (mail_host.mails, town.states()) == ([], [("undelivered", "too_late")])

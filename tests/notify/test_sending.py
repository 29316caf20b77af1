"""What becomes of a message: sent once, tried again, given up, kept or dropped."""

from __future__ import annotations

from datetime import timedelta

from portal.notify.send import send_next
from portal.notify.worker import drain
from portal.referral.undelivered import all_undelivered
from portal.registration.models import Registration
from tests.notify.town import MAIL, MOBILE, Town
from tests.support.gateway import Gateway
from tests.support.smtp import MailHost


def try_until_it_ends(town: Town) -> None:
    """Let the clock jump from try to try, until no message is waiting."""
    while waiting := [each.due_at for each in town.messages() if each.state == "waiting"]:
        town.clock.set(max(min(waiting), town.clock()))
        drain(town.post)


def test_a_receipt_goes_by_mail_when_there_is_an_address(
    town: Town, mail_host: MailHost, sms_gateway: Gateway
) -> None:
    town.register(email=MAIL, phone=MOBILE)
    assert drain(town.post) == 1
    assert [mail["To"] for mail in mail_host.mails] == [MAIL]
    assert sms_gateway.posted == []
    (message,) = town.messages()
    assert (message.state, message.sent_at, message.tries) == ("sent", town.clock(), 1)


def test_a_receipt_goes_by_sms_when_there_is_only_a_number(
    town: Town, sms_gateway: Gateway
) -> None:
    town.register(phone=MOBILE)
    drain(town.post)
    assert [each["to"] for each in sms_gateway.posted] == [MOBILE]


def test_what_was_sent_is_not_sent_again(town: Town, mail_host: MailHost) -> None:
    town.register(email=MAIL)
    drain(town.post)
    town.clock.advance(days=10)
    assert not send_next(town.post)
    assert len(mail_host.mails) == 1


def test_without_channels_everything_is_kept_and_nothing_is_sent(mute_town: Town) -> None:
    mute_town.register(email=MAIL)
    mute_town.register(phone=MOBILE)
    assert drain(mute_town.post) == 2
    assert mute_town.states() == [("kept", None)] * 2
    assert [message.sent_at for message in mute_town.messages()] == [None, None]


def test_after_an_outage_of_an_hour_everything_arrives_once(
    town: Town, mail_host: MailHost, sms_gateway: Gateway
) -> None:
    mail_host.stop()
    sms_gateway.status = 503
    for _ in range(5):
        town.register(email=MAIL)
        town.register(phone=MOBILE)
    for _ in range(20):
        drain(town.post)
        town.clock.advance(minutes=3)
    assert mail_host.mails == []
    assert town.count("waiting") == 10
    mail_host.start()
    sms_gateway.status, failed = 202, len(sms_gateway.posted)
    for _ in range(24):
        drain(town.post)
        town.clock.advance(minutes=3)
    assert len(mail_host.mails) == len(set(mail_host.ids())) == 5
    assert len(sms_gateway.posted) - failed == 5
    assert town.count("sent") == 10


def test_after_72_hours_it_is_given_up_and_the_desk_is_told(
    town: Town, mail_host: MailHost
) -> None:
    fatma = town.register(email=MAIL)
    mail_host.stop()
    try_until_it_ends(town)
    (message,) = town.messages()
    assert (message.state, message.trouble) == ("undelivered", "unreachable")
    assert message.first_try_at is not None
    assert message.undelivered_at is not None
    assert message.undelivered_at - message.first_try_at == timedelta(hours=72)
    assert 72 < message.tries < 160
    with town.database.reading() as db:
        owner = db.get_one(Registration, fatma).owner_id
        (case,) = all_undelivered(db, [owner])
        assert all_undelivered(db, []) == []
    assert (case.registration_id, case.first_name) == (fatma, "Fatma")
    assert case.since == message.undelivered_at


def test_a_refusal_for_good_is_undelivered_at_once(town: Town, mail_host: MailHost) -> None:
    fatma = town.register(email=MAIL)
    version = town.registration(fatma).version
    mail_host.manners.rcpt = "550 no such person"
    drain(town.post)
    assert town.states() == [("undelivered", "smtp_550")]
    after = town.registration(fatma)
    assert after.undelivered_at == town.clock()
    # Whoever has the case open at the desk is not told that a colleague changed it.
    assert after.version == version


def test_a_refusal_for_now_is_tried_again(town: Town, mail_host: MailHost) -> None:
    town.register(email=MAIL)
    mail_host.manners.rcpt = "451 busy"
    drain(town.post)
    assert town.states() == [("waiting", "smtp_451")]
    mail_host.manners.rcpt = "250 OK"
    town.clock.advance(minutes=1)
    drain(town.post)
    assert town.states() == [("sent", None)]


def test_a_mail_taken_in_silence_comes_again_under_the_same_message_id(
    town: Town, mail_host: MailHost
) -> None:
    town.register(email=MAIL)
    mail_host.manners.data = "vanish"
    drain(town.post)
    mail_host.manners.data = "250 OK"
    town.clock.advance(minutes=1)
    drain(town.post)
    assert len(mail_host.mails) == 2
    assert len(set(mail_host.ids())) == 1
    assert town.states() == [("sent", None)]


def test_a_gateway_that_answers_nonsense_is_tried_for_72_hours_and_then_given_up(
    town: Town, sms_gateway: Gateway
) -> None:
    fatma = town.register(phone=MOBILE)
    sms_gateway.status, sms_gateway.answer = 200, b"<html>Buy this domain</html>"
    drain(town.post)
    assert town.states() == [("waiting", "nonsense")]
    try_until_it_ends(town)
    assert town.states() == [("undelivered", "nonsense")]
    assert town.registration(fatma).undelivered_at is not None

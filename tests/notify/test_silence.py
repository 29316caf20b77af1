"""Who wants no SMS any more, and mail that comes back."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.db.engine import Database
from portal.notify.bounces import Bounce, read_bounce, record_bounce
from portal.notify.models import SilentAddress
from portal.notify.silence import (
    STOP_WORDS,
    heed,
    is_stop,
    silence,
    silence_of,
    silent_among,
    speak_again,
)
from portal.notify.worker import drain
from portal.privacy.encryption import Vault
from portal.registration.undelivered import flag_undelivered
from tests.notify.town import MAIL, MOBILE, Town
from tests.support.clock import SettableClock
from tests.support.databases import ENCRYPTION_KEYS, SECRET_KEYS
from tests.support.gateway import Gateway
from tests.support.smtp import MailHost

WORDS = [word for words in STOP_WORDS.values() for word in words]


@pytest.mark.parametrize("word", WORDS)
def test_a_stop_word_counts_in_any_dress(word: str) -> None:
    for text in (word, word.upper(), f"  {word}.\n", f'"{word}!"'):
        assert is_stop(text), text


@pytest.mark.parametrize("text", ["İPTAL", "Iptal", "STOP", "توقّف"])
def test_capitals_and_vowel_marks_of_each_language_do_not_matter(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "stop maar niet", "please stop", "nonstop", "st op", "ja", "durma", "لا تتوقف"],
)
def test_only_the_word_alone_counts(text: str) -> None:
    assert not is_stop(text)


def test_after_a_stop_no_sms_goes_to_that_number(
    town: Town, sms_gateway: Gateway, clock: SettableClock
) -> None:
    town.register(phone=MOBILE)
    with town.database.writing.begin() as db:
        assert not heed(db, MOBILE, "hoi, wie is dit?", clock())
        assert heed(db, MOBILE, "Stop", clock())
        assert heed(db, MOBILE, "STOP", clock())
    drain(town.post)
    assert sms_gateway.posted == []
    assert town.states() == [("undelivered", "stop")]
    with town.database.writing.begin() as db:
        speak_again(db, MOBILE)
        assert silence_of(db, MOBILE) is None


def test_a_silent_address_is_stored_as_a_digest_and_found_under_an_older_key(
    database: Database, clock: SettableClock
) -> None:
    with database.writing.begin() as db:
        silence(db, "Fatma@Voorbeeld.example", "bounce", clock())
        (row,) = db.scalars(select(SilentAddress))
        assert b"voorbeeld" not in row.digest
        db.info["vault"] = Vault(
            {"s2": b"another secret of 32 bytes long!", **SECRET_KEYS}, ENCRYPTION_KEYS
        )
        assert silence_of(db, "fatma@voorbeeld.example") == "bounce"
        assert silence_of(db, "other@voorbeeld.example") is None


REPORT = """From: MAILER-DAEMON@mail.example
To: hallo@voordeur.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {mail}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such person

--b
Content-Type: {head}

From: Voordeur <hallo@voordeur.example>
To: {mail}
Message-ID: {message_id}
Subject: hello

--b--
"""


def report(
    message_id: str, status: str = "5.1.1", action: str = "failed", head: str = "message/rfc822"
) -> bytes:
    """A delivery report as Postfix writes it."""
    return REPORT.format(
        mail=MAIL, message_id=message_id, status=status, action=action, head=head
    ).encode()


@pytest.mark.parametrize("head", ["message/rfc822", "text/rfc822-headers"])
def test_a_lasting_bounce_is_undelivered_flagged_and_the_address_left_alone(
    town: Town, mail_host: MailHost, clock: SettableClock, head: str
) -> None:
    fatma = town.register(email=MAIL)
    drain(town.post)
    bounce = read_bounce(report(mail_host.ids()[0], head=head))
    assert bounce is not None
    clock.advance(minutes=5)
    with town.database.writing.begin() as db:
        assert record_bounce(db, bounce, flag_undelivered, clock())
        assert record_bounce(db, bounce, flag_undelivered, clock())
    assert town.states() == [("undelivered", "bounced")]
    assert town.registration(fatma).undelivered_at == clock()
    town.tell(fatma, "other_contact", MAIL)
    drain(town.post)
    assert len(mail_host.mails) == 1
    assert ("undelivered", "bounce") in town.states()


@pytest.mark.parametrize(
    ("status", "action"), [("4.2.2", "failed"), ("4.0.0", "delayed"), ("5.4.7", "delayed")]
)
def test_a_passing_bounce_changes_nothing(
    town: Town, mail_host: MailHost, clock: SettableClock, status: str, action: str
) -> None:
    fatma = town.register(email=MAIL)
    drain(town.post)
    bounce = read_bounce(report(mail_host.ids()[0], status, action))
    assert bounce is not None
    assert not bounce.permanent
    with town.database.writing.begin() as db:
        assert record_bounce(db, bounce, flag_undelivered, clock())
    assert town.states() == [("sent", None)]
    assert town.registration(fatma).undelivered_at is None


def test_a_bounce_of_a_mail_that_was_erased_is_no_error(town: Town, clock: SettableClock) -> None:
    gone = UUID("5e0b2f3a-0d9c-4f0e-9d57-000000000009")
    bounce = Bounce(gone, permanent=True)
    assert read_bounce(report(f"<{gone}@voordeur.example>")) == bounce
    with town.database.writing.begin() as db:
        assert not record_bounce(db, bounce, flag_undelivered, clock())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: hoi\n\nMag ik morgen langskomen?\n",
        b"\x00\xff" * 500,
        report("<somebody@else.example>"),
        report("not an id"),
        report("<------------------------------------@x.example>"),
        b"Content-Type: multipart/report; boundary=b\n\n--b\n",
    ],
)
def test_what_is_no_report_about_us_is_left_to_a_human(raw: bytes) -> None:
    assert read_bounce(raw) is None


def test_those_who_are_silent_are_found_among_many(town: Town, clock: SettableClock) -> None:
    with town.database.writing.begin() as db:
        silence(db, MAIL, "bounce", clock())
        found = silent_among(db, {MAIL.upper(), MOBILE, "other@voorbeeld.example"})
        assert found == {MAIL.upper()}
        assert silent_among(db, set()) == set()

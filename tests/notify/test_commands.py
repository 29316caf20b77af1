"""The operator's commands, as they are typed: `portal worker` and `portal messages`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping

import pytest
from sqlalchemy import select

from portal.clock import utc_now
from portal.notify.models import SilentAddress
from portal.notify.silence import silence_of
from portal.settings import ROOT
from tests.notify.test_silence import report
from tests.notify.town import MAIL, MOBILE, Town
from tests.support.smtp import MailHost

PLANTED = ("Fatma", MAIL, MOBILE, MOBILE.lstrip("+"), "Trudo", "/mine/")


@pytest.fixture
def town(town: Town) -> Town:
    """The town at this moment: a command goes by the clock of the machine."""
    town.clock.set(utc_now())
    return town


def portal(
    env: Mapping[str, str], *words: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "portal", *words]
    return subprocess.run(command, env=env, cwd=ROOT, input=given, capture_output=True, check=False)


def test_a_worker_sends_once_what_is_due_and_its_log_names_nobody(
    town: Town, mail_host: MailHost, environment: dict[str, str]
) -> None:
    town.register(email=MAIL)
    town.register(phone=MOBILE)
    town.register(email="nobody@voorbeeld.example")
    mail_host.manners.rcpt = "550 <fatma@voorbeeld.example> is Fatma, who is not here"
    ended = portal(environment, "worker", "--once")
    said = ended.stdout.decode() + ended.stderr.decode()
    assert ended.returncode == 0, said
    assert sorted(town.states()) == [
        ("kept", None),
        ("undelivered", "smtp_550"),
        ("undelivered", "smtp_550"),
    ]
    assert not [word for word in PLANTED if word in said]
    lines = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith(b"{")]
    assert {"givenup", "kept"} <= {line["what"] for line in lines}


def test_a_worker_beside_a_server_ends_when_the_server_is_gone(
    town: Town, environment: dict[str, str]
) -> None:
    assert portal(environment, "worker", "--until-input-ends").returncode == 0


def test_a_setting_that_cannot_be_used_is_one_sentence(
    town: Town, environment: dict[str, str]
) -> None:
    ended = portal(environment | {"MAIL_FROM": ""}, "worker")
    assert ended.returncode == 1
    assert ended.stderr.startswith(b"portal: MAIL_FROM must be set")
    assert ended.stderr.count(b"\n") == 1


def test_a_bounce_is_handed_over_on_standard_input(
    town: Town, mail_host: MailHost, environment: dict[str, str]
) -> None:
    town.register(email=MAIL)
    portal(environment, "worker", "--once")
    back = report(mail_host.ids()[0])
    assert portal(environment, "messages", "bounce", given=back).returncode == 0
    assert town.states() == [("undelivered", "bounced")]
    letter = portal(environment, "messages", "bounce", given=b"Subject: hoi\n\nDag!\n")
    assert letter.returncode == 1
    assert b"not a report" in letter.stderr


@pytest.mark.parametrize(
    ("kept", "typed", "again"),
    [(MOBILE, "06 12345678", "+31 6 1234 5678"), (MAIL, " Fatma@Voorbeeld.Example", MAIL)],
)
def test_an_address_can_be_silenced_and_allowed_again_however_it_is_typed(
    town: Town, environment: dict[str, str], kept: str, typed: str, again: str
) -> None:
    portal(environment, "messages", "stop", typed)
    with town.database.reading() as db:
        assert silence_of(db, kept) == "stop"
    portal(environment, "messages", "allow", again)
    with town.database.reading() as db:
        assert silence_of(db, kept) is None


@pytest.mark.parametrize(
    ("word", "typed"), [("stop", "0612"), ("stop", "fatma@"), ("allow", "Fatma")]
)
def test_what_is_no_address_is_refused_in_one_sentence(
    town: Town, environment: dict[str, str], word: str, typed: str
) -> None:
    ended = portal(environment, "messages", word, typed)
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.startswith(b"This is no phone number and no mail address")
    assert ended.stderr.count(b"\n") == 1
    with town.database.reading() as db:
        assert db.scalars(select(SilentAddress)).all() == []

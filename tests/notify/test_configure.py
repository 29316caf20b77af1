"""From settings to channels. What cannot be used stops the worker with one sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from portal.notify.channels import Console
from portal.notify.configure import channels_of, hours_of
from portal.notify.mail import MailServer, SmtpChannel
from portal.notify.quiet import Hours
from portal.notify.sms import SmsChannel
from portal.settings import Settings, SettingsError, from_environment
from tests.support.databases import ENCRYPTION_KEYS, SECRET_KEYS

PLAIN = Settings(
    data=Path("data"),
    database_url="sqlite://",
    secret_keys=SECRET_KEYS,
    encryption_keys=ENCRYPTION_KEYS,
    mail_from="Voordeur <hallo@voordeur.example>",
)


def server_of(url: str) -> MailServer:
    channel = channels_of(replace(PLAIN, smtp_url=url))["mail"]
    assert isinstance(channel, SmtpChannel)
    return channel.server


def test_without_addresses_there_are_no_channels() -> None:
    assert channels_of(PLAIN) == {}


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587, "starttls")),
        ("smtps://mail.example", MailServer("mail.example", 465, "all")),
        ("smtp://127.0.0.1:1025?starttls=no", MailServer("127.0.0.1", 1025, "none")),
        ("smtp://mailbox:25?starttls=no", MailServer("mailbox", 25, "none")),
        (
            "smtps://me%40x.example:p%3Aa%2Fss@mail.example:4650",
            MailServer("mail.example", 4650, "all", "me@x.example", "p:a/ss"),
        ),
    ],
)
def test_a_mail_server_is_one_address(url: str, server: MailServer) -> None:
    assert server_of(url) == server


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        ("SMTP_URL", "smtp_url", "mail.example"),
        ("SMTP_URL", "smtp_url", "https://mail.example"),
        ("SMTP_URL", "smtp_url", "smtp://:s3cret@"),
        ("SMTP_URL", "smtp_url", "smtp://u:s3cret@mail.example:99999"),
        ("SMTP_URL", "smtp_url", "smtp://u:s3cret@mail.example?starttls=no"),
        ("MAIL_FROM", "mail_from", ""),
        ("MAIL_FROM", "mail_from", "Voordeur"),
        ("SMS_URL", "sms_url", "ftp://gateway.example"),
        ("SMS_URL", "sms_url", "http://key:s3cret@gateway.example/send"),
        ("SMS_TEMPLATE", "sms_template", "to={to}"),
        ("SMS_TEMPLATE", "sms_template", '["{to}", "{text}"]'),
        ("SMS_TEMPLATE", "sms_template", '{"to": "{to}"}'),
    ],
)
def test_what_cannot_be_used_is_named_without_its_secrets(
    name: str, setting: str, value: str
) -> None:
    right = replace(PLAIN, smtp_url="smtp://mail.example", sms_url="https://gateway.example/send")
    assert set(channels_of(right)) == {"mail", "sms"}
    wrong = replace(right, **{setting: value})  # type: ignore[arg-type]  # names from the table
    with pytest.raises(SettingsError, match=name) as caught:
        channels_of(wrong)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9000/", "http://10.0.0.7/sms", "http://gateway/"]
)
def test_a_gateway_next_door_may_be_spoken_to_unsealed(url: str) -> None:
    assert isinstance(channels_of(replace(PLAIN, sms_url=url))["sms"], SmsChannel)


def test_a_demonstration_sends_nothing_whatever_is_set() -> None:
    everything = replace(
        PLAIN, demo=True, smtp_url="smtp://mail.example", sms_url="https://gateway.example/send"
    )
    assert channels_of(everything) == {}
    shown = channels_of(replace(everything, smtp_url="console:"))
    assert list(shown) == ["mail"]
    assert isinstance(shown["mail"], Console)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("08:00-21:00", Hours()), ("09:30-18:00", Hours(time(9, 30), time(18)))],
)
def test_hours_are_a_setting(text: str, hours: Hours) -> None:
    assert hours_of(replace(PLAIN, sms_hours=text)) == hours


@pytest.mark.parametrize("text", ["", "8-21", "21:00-08:00", "08:00", "08:00-21:00-22:00", "a-b"])
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="SMS_HOURS"):
        hours_of(replace(PLAIN, sms_hours=text))


def test_every_setting_comes_from_the_environment() -> None:
    key = "1:" + "A" * 43 + "="
    found = from_environment(
        {
            "PORTAL_BASE_URL": "https://voordeur.example",
            "PORTAL_PHONE": "+31881234567",
            "PORTAL_SECRET_KEYS": key,
            "PORTAL_ENCRYPTION_KEYS": key,
            "SMTP_URL": "smtp://u:s3cret@mail.example",
            "MAIL_FROM": "hallo@voordeur.example",
            "SMS_URL": "https://gateway.example/?key=s3cret",
            "SMS_TEMPLATE": json.dumps({"n": "{to}", "t": "{text}", "key": "s3cret"}),
            "SMS_AUTHORIZATION": "Bearer s3cret",
            "SMS_HOURS": "10:00-17:00",
            "SMS_SUNDAYS": "1",
        }
    )
    assert set(channels_of(found)) == {"mail", "sms"}
    assert hours_of(found) == Hours(time(10), time(17), sundays=True)
    assert "s3cret" not in repr(found)
    assert all("s3cret" not in repr(channel) for channel in channels_of(found).values())

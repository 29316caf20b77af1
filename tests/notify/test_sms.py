"""SMS, against a real gateway that answers sense and nonsense."""

from __future__ import annotations

from socket import create_server
from uuid import UUID

import pytest

from portal.notify.channels import ChannelError, Envelope, RefusedError, TryAgainError
from portal.notify.sms import SmsChannel, SmsGateway, is_mobile
from tests.support.gateway import Gateway

TEMPLATE = {"recipients": ["{to}"], "body": "{text}", "reference": "{id}", "flash": False, "n": 1}
ENVELOPE = Envelope(
    UUID("5e0b2f3a-0d9c-4f0e-9d57-000000000002"),
    "+31612345678",
    "tr",
    "",
    'Merhaba Ayşe {to}. "Sanne" \\ 40',
)


def channel_to(gateway: Gateway, wait: float = 5) -> SmsChannel:
    return SmsChannel(SmsGateway(gateway.url, TEMPLATE, "AccessKey k-1"), wait=wait)


def trouble(channel: SmsChannel) -> tuple[type[ChannelError], str]:
    with pytest.raises(ChannelError) as caught:
        channel.send(ENVELOPE)
    return type(caught.value), caught.value.code


def test_the_gateway_gets_its_own_json_with_every_sign_of_the_text(sms_gateway: Gateway) -> None:
    channel_to(sms_gateway).send(ENVELOPE)
    assert sms_gateway.posted == [
        {
            "recipients": ["+31612345678"],
            "body": ENVELOPE.text,
            "reference": str(ENVELOPE.id),
            "flash": False,
            "n": 1,
        }
    ]


def test_every_try_carries_the_same_key(sms_gateway: Gateway) -> None:
    for _ in range(2):
        channel_to(sms_gateway).send(ENVELOPE)
    path, headers = sms_gateway.asked[0]
    assert path == "/send?account=1"
    assert headers["Authorization"] == "AccessKey k-1"
    assert [each["Idempotency-Key"] for _, each in sms_gateway.asked] == [str(ENVELOPE.id)] * 2


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (200, b"", (TryAgainError, "nonsense")),
        (200, b"<html>It works!</html>", (TryAgainError, "nonsense")),
        (200, b"42", (TryAgainError, "nonsense")),
        (200, b'{"id": "1', (TryAgainError, "nonsense")),
        (200, b"[" * 60_000, (TryAgainError, "nonsense")),
        (200, bytes(range(256)), (TryAgainError, "nonsense")),
        (200, b'{"a": "' + b"x" * 100_000 + b'"}', (TryAgainError, "nonsense")),
        (302, b'{"id": "1"}', (TryAgainError, "http_302")),
        (400, b'{"error": "no such number"}', (RefusedError, "http_400")),
        (422, b'{"error": "no such number"}', (RefusedError, "http_422")),
        (400, b"<html>Bad request</html>", (TryAgainError, "http_400")),
        (401, b'{"error": "key"}', (TryAgainError, "http_401")),
        (404, b"not here", (TryAgainError, "http_404")),
        (429, b'{"error": "slow down"}', (TryAgainError, "http_429")),
        (500, b"oops", (TryAgainError, "http_500")),
        (999, b"?", (TryAgainError, "http_999")),
    ],
)
def test_only_sense_counts_as_sent_and_only_a_clear_no_as_refused(
    sms_gateway: Gateway, status: int, answer: bytes, expected: tuple[type[ChannelError], str]
) -> None:
    sms_gateway.status, sms_gateway.answer = status, answer
    assert trouble(channel_to(sms_gateway)) == expected


def test_a_redirect_is_not_followed_with_somebodys_number(sms_gateway: Gateway) -> None:
    sms_gateway.status, sms_gateway.headers = 307, {"Location": sms_gateway.url}
    trouble(channel_to(sms_gateway))
    assert len(sms_gateway.posted) == 1


def test_a_gateway_that_says_nothing_is_tried_again(sms_gateway: Gateway) -> None:
    sms_gateway.silent = True
    assert trouble(channel_to(sms_gateway, wait=0.2)) == (TryAgainError, "timeout")


def test_a_gateway_that_never_answers_a_handshake_is_cut_off() -> None:
    with create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/send"
        channel = SmsChannel(SmsGateway(url, TEMPLATE), wait=5, longest=0.2)
        # Not "timeout", as after a single wait: the whole conversation was too long.
        assert trouble(channel) == (TryAgainError, "unreachable")


def test_nobody_listens(sms_gateway: Gateway) -> None:
    nowhere = SmsGateway("http://127.0.0.1:9/", TEMPLATE)
    assert trouble(SmsChannel(nowhere)) == (TryAgainError, "unreachable")


@pytest.mark.parametrize(
    ("number", "mobile"),
    [
        ("+31612345678", True),
        ("+32470123456", True),
        ("+4915112345678", True),
        ("+31401234567", False),
        ("+3114020", False),
        ("14020", False),
        ("", False),
        ("sanne", False),
    ],
)
def test_an_sms_goes_to_mobile_numbers_only(number: str, mobile: bool) -> None:
    assert is_mobile(number) is mobile

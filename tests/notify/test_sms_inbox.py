"""What people answer to an SMS, as a gateway hands it over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from portal.notify.silence import silence_of
from portal.settings import Settings, SettingsError, from_environment
from tests.notify.town import MOBILE, Town
from tests.support.application import CheckedClient, client_of, close, make
from tests.support.clock import SettableClock

TOKEN = "a-token-that-only-the-gateway-knows"


@pytest.fixture
def gateway(mute_town: Town, settings: Settings, clock: SettableClock) -> Iterator[CheckedClient]:
    """A gateway that may hand over what it hears."""
    heard = replace(settings, sms_inbox_token=TOKEN, sms_inbox_fields=("sender", "body"))
    app = make(heard, clock)
    yield client_of(app)
    close(app)


def silenced(town: Town) -> str | None:
    with town.database.reading() as db:
        return silence_of(db, MOBILE)


@pytest.mark.parametrize("number", [MOBILE, MOBILE[1:], "06 12345678"])
def test_a_stop_is_heard_however_the_number_is_written(
    mute_town: Town, gateway: CheckedClient, number: str
) -> None:
    sent = gateway.post(f"/sms/{TOKEN}", data={"sender": number, "body": "Stop!"})
    assert (sent.status_code, silenced(mute_town)) == (204, "stop")


def test_json_is_taken_as_well(mute_town: Town, gateway: CheckedClient) -> None:
    gateway.post(f"/sms/{TOKEN}", json={"sender": MOBILE, "body": "İPTAL"})
    assert silenced(mute_town) == "stop"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"sender": MOBILE, "body": "wie is dit?"}, 204),
        ({"sender": MOBILE}, 204),
        ({"sender": "Voordeur", "body": "stop"}, 422),
        ({"body": "stop"}, 422),
        ({}, 422),
    ],
)
def test_anything_else_changes_nothing(
    mute_town: Town, gateway: CheckedClient, said: dict[str, str], status: int
) -> None:
    for answer in (
        gateway.post(f"/sms/{TOKEN}", data=said),
        gateway.post(f"/sms/{TOKEN}", json=said),
        gateway.post(f"/sms/{TOKEN}", json=[said]),
    ):
        assert answer.status_code in (status, 422)
    assert silenced(mute_town) is None


def test_without_the_token_nobody_is_heard(mute_town: Town, gateway: CheckedClient) -> None:
    said = {"sender": MOBILE, "body": "stop"}
    assert gateway.post("/sms/another-token", data=said).status_code == 404
    assert gateway.post("/sms/ünïcode", data=said).status_code == 404
    assert gateway.get(f"/sms/{TOKEN}").status_code in (404, 405)
    assert silenced(mute_town) is None


def test_where_no_token_is_set_there_is_no_such_address(
    mute_town: Town, client: CheckedClient
) -> None:
    assert client.post("/sms/", data={}).status_code == 404
    assert client.post(f"/sms/{TOKEN}", data={}).status_code == 404


@pytest.mark.parametrize(
    ("name", "value"), [("SMS_INBOX_TOKEN", "short"), ("SMS_INBOX_FIELDS", "from")]
)
def test_a_token_that_can_be_guessed_and_half_a_pair_of_names_are_refused(
    name: str, value: str
) -> None:
    key = "1:" + "A" * 43 + "="
    keys = {"PORTAL_SECRET_KEYS": key, "PORTAL_ENCRYPTION_KEYS": key, "PORTAL_DEMO": "1"}
    assert from_environment(keys | {"SMS_INBOX_TOKEN": TOKEN}).sms_inbox_token == TOKEN
    with pytest.raises(SettingsError, match=name):
        from_environment(keys | {name: value})

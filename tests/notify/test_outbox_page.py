"""A demonstration shows what would have gone out; nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from portal.notify.worker import drain
from portal.settings import Settings
from tests.notify.town import MAIL, MOBILE, Town
from tests.support.application import CheckedClient, client_of, close, make
from tests.support.clock import SettableClock


@pytest.fixture
def demonstration(
    mute_town: Town, settings: Settings, clock: SettableClock
) -> Iterator[CheckedClient]:
    """A visitor of a demonstration."""
    app = make(replace(settings, demo=True), clock)
    yield client_of(app)
    close(app)


def test_the_outbox_reads_as_the_messages_would(
    mute_town: Town, demonstration: CheckedClient
) -> None:
    empty = demonstration.get("/demo/outbox").text
    assert "Meld iemand aan" in empty
    mute_town.register(email=MAIL)
    mute_town.clock.advance(minutes=1)
    mute_town.register("ar", phone=MOBILE, first_name="Amal <b>")
    drain(mute_town.post)
    page = demonstration.page("/demo/outbox")
    sms, mail = page.all("article")
    assert "Sms aan 06 12345678" in sms.text
    assert "Amal <b>" in sms.text
    assert [(part.get("lang"), part.get("dir")) for part in sms.all("div")] == [("ar", "rtl")]
    assert f"Mail aan {MAIL}" in mail.text
    assert "We hebben je antwoorden." in mail.text
    assert "/nl/mine/" in mail.text


def test_the_outbox_is_in_the_language_of_whoever_looks(demonstration: CheckedClient) -> None:
    page = demonstration.get("/demo/outbox", headers={"Accept-Language": "en"}).text
    assert 'lang="en"' in page
    assert "A demonstration sends nothing" in page


def test_a_message_that_can_no_longer_be_written_is_shown_without_words(
    mute_town: Town, demonstration: CheckedClient
) -> None:
    fatma = mute_town.register(email=MAIL)
    mute_town.tell(fatma, "from_the_future", MAIL)
    mute_town.change(fatma, first_name=None)
    assert demonstration.get("/demo/outbox").text.count("niet meer geschreven") == 2


def test_outside_a_demonstration_there_is_no_such_page(client: CheckedClient) -> None:
    assert client.get("/demo/outbox").status_code == 404

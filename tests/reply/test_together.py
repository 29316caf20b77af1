"""The same answer twice, and two people at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from portal.followup.clock_referrals import remind
from portal.referral.models import ReferralEvent
from tests.reply.asking import Asking
from tests.reply.saying import press
from tests.support.application import CheckedClient
from tests.support.html import read_html


@pytest.fixture
def at(asking: Asking) -> str:
    """The address of the only referral, which waits for an answer."""
    return f"/reply/{asking.token(asking.refer())}"


@pytest.mark.parametrize(
    ("state", "act", "fields"),
    [
        ("requested", "accept", {}),
        ("requested", "decline", {"reason": "full"}),
        ("accepted", "undo", {}),
        ("accepted", "contact_made", {}),
        ("in_progress", "hold", {"until": "2026-11-30"}),
        ("on_hold", "resume", {}),
        ("in_progress", "complete", {"outcome": "activity"}),
        ("in_progress", "fail", {"reason": "moved"}),
        ("in_progress", "attempt", {"result": "reached"}),
        ("in_progress", "attempt", {"result": "voicemail"}),
        ("in_progress", "report", {"text": "Het gaat goed."}),
    ],
)
def test_the_same_answer_twice_counts_once_and_is_thanked(
    asking: Asking, client: CheckedClient, state: str, act: str, fields: dict[str, str]
) -> None:
    at = f"/reply/{asking.token(asking.refer())}"
    asking.bring(asking.only(), state)
    page = client.page(at)
    first = client.submit(page, f"{at}/{act}", at=at, **fields)
    assert first.status_code == 303
    before = asking.rows()
    second = client.submit(page, f"{at}/{act}", at=at, **fields)
    assert second.status_code == 303
    assert "Dat was al gezegd. Er is niets veranderd." in client.page(second.location).text
    assert asking.rows() == before


def test_the_second_of_two_sees_what_happened_and_when_with_what_they_chose(
    asking: Asking, client: CheckedClient, at: str
) -> None:
    his = client.page(at)
    asking.world.clock.advance(minutes=2)
    press(client, at, "accept")
    before = asking.rows()
    late = client.submit(his, f"{at}/decline", at=at, reason="full")
    assert late.status_code == 409
    page = read_html(late.text)[1]
    told = page.all("div", id="trouble")[0].text
    assert "Een collega was je net voor." in told
    assert "10:02 · Randstad: Gaan helpen" in told
    assert "Je vulde in: Wij hebben nu geen plek." in told
    assert asking.rows() == before


def test_a_line_typed_meanwhile_is_kept_in_the_form_and_goes_through_on_a_second_press(
    asking: Asking, client: CheckedClient, at: str
) -> None:
    asking.bring(asking.only(), "in_progress")
    his = client.page(at)
    asking.world.clock.advance(minutes=2)
    press(client, at, "hold", until="2026-11-30")
    late = client.submit(his, f"{at}/report", at=at, text="Zij belt terug.")
    assert late.status_code == 409
    page = read_html(late.text)[1]
    assert page.all("textarea")[0].text == "Zij belt terug."
    again = client.submit(page, f"{at}/report", at=f"{at}/report")
    assert again.status_code == 303


def test_a_reminder_in_between_stands_in_nobody_s_way(
    asking: Asking, client: CheckedClient, at: str
) -> None:
    page = client.page(at)
    asking.act(asking.only(), lambda db, row: remind(db, row, asking.world.clock()))
    assert client.submit(page, f"{at}/accept", at=at).status_code == 303
    assert asking.load(asking.only()).state == "accepted"


def test_of_many_answers_at_the_same_moment_exactly_one_counts(
    app: Flask, asking: Asking, client: CheckedClient, at: str
) -> None:
    page = client.page(at)
    clients = [app.test_client() for _ in range(6)]
    acts = ["accept", "decline"] * 3

    def press_it(pair: tuple[object, str]) -> int:
        visitor, act = pair
        assert isinstance(visitor, CheckedClient)
        fields = {"reason": "full"} if act == "decline" else {}
        return visitor.submit(page, f"{at}/{act}", at=at, **fields).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(press_it, zip(clients, acts, strict=True)))
    assert statuses == [303, 303, 303, 409, 409, 409]
    with asking.world.looking() as db:
        events = select(ReferralEvent.event).where(ReferralEvent.event.in_(("accept", "decline")))
        assert len(db.scalars(events).all()) == 1

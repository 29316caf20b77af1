"""Soft limits: a busy place is not a flood, and whoever meets a limit loses nothing they typed."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network

import pytest
from flask import Flask
from limits import RateLimitItem
from sqlalchemy import func, select

from portal.db.engine import Database
from portal.registration.models import Note, Registration
from portal.settings import Settings
from portal.web import limits
from portal.web.limits import (
    CODE_GUESSES,
    LINES,
    LINES_ON_ONE,
    SENDS,
    SENDS_TO_ONE,
)
from tests.frontdoor.visiting import carried, check, code_on, link_on, post, register, send, tree
from tests.support.application import CheckedClient, client_of, close, make
from tests.support.clock import SettableClock
from tests.support.html import Element

pytestmark = pytest.mark.usefixtures("eindhoven")

TEN_TIMES = 10  # as docs/operate.md says


def stored(database: Database, table: type = Registration) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def flood(app: Flask, address: str = "127.0.0.1") -> None:
    """As many people sent something from this address as may in an hour."""
    spend(app, SENDS.amount, address)


def spend(app: Flask, times: int, address: str = "127.0.0.1", limit: RateLimitItem = SENDS) -> None:
    """So many times something was sent from this address."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        for _ in range(times):
            limits.spend(limit)


def called(page: Element) -> list[str]:
    """The numbers that the main part of a page offers to call."""
    [main] = page.all("main")
    return [link.get("href") for link in main.all("a") if link.get("href").startswith("tel:")]


def test_one_number_can_be_sent_some_times_and_then_it_must_wait(
    client: CheckedClient, database: Database, clock: SettableClock
) -> None:
    for _ in range(SENDS_TO_ONE.amount):
        register(client)
    page = check(client)
    busy = tree(send(client, page), 429)
    assert stored(database) == SENDS_TO_ONE.amount
    assert "Het is nu heel druk." in busy.text
    assert "Al je antwoorden staan er nog." in busy.text
    assert called(busy) == ["tel:+31401234567"]
    assert {**carried(busy), "shown": ""} == {**carried(page), "shown": ""}
    # Somebody else's number, from the same address, is taken.
    register(client, phone="06 87654321", first_name="Voorbeeld-Robin")


def test_the_same_number_in_another_writing_is_the_same_number(client: CheckedClient) -> None:
    for _ in range(SENDS_TO_ONE.amount):
        register(client, phone="06 12345678")
    tree(send(client, check(client, phone="+31 6-1234 5678")), 429)


def test_a_mail_address_is_counted_as_well(client: CheckedClient) -> None:
    for number in range(SENDS_TO_ONE.amount):
        register(client, phone=f"06 1234567{number}", email="sam@post.nl")
    tree(send(client, check(client, phone="06 12345679", email="SAM@post.nl")), 429)


def test_a_busy_page_can_be_sent_as_soon_as_there_is_room(
    app: Flask, client: CheckedClient, database: Database
) -> None:
    flood(app)
    busy = tree(send(client, check(client)), 429)
    app.extensions["limits"].storage.reset()
    assert send(client, busy).status_code == 303
    assert stored(database) == 1


def test_every_registration_counts_for_the_address_it_came_from(
    app: Flask, client: CheckedClient, database: Database
) -> None:
    spend(app, SENDS.amount - 1)
    register(client)
    tree(send(client, check(client, phone="06 87654321")), 429)
    assert stored(database) == 1


def test_what_was_sent_before_gives_its_receipt_however_busy_it_is(
    app: Flask, client: CheckedClient, database: Database
) -> None:
    page = check(client)
    first = send(client, page)
    flood(app)
    again = send(client, page)
    assert again.status_code == 303
    assert client.get(again.headers["Location"]).text == client.get(first.headers["Location"]).text
    assert stored(database) == 1


def test_a_community_centre_is_not_a_flood(client: CheckedClient, database: Database) -> None:
    for number in range(61):
        register(client, phone=f"06 123456{number:02}")
    assert stored(database) == 61


def test_a_place_that_is_known_to_be_busy_may_do_more(
    settings: Settings, clock: SettableClock, database: Database
) -> None:
    places = (ip_network("127.0.0.0/8"),)
    app = make(replace(settings, busy_places=places), clock)
    client = client_of(app)
    for _ in range(TEN_TIMES - 1):
        flood(app)
    mine = link_on(register(client))
    flood(app)
    assert send(client, check(client)).status_code == 429
    # What is counted stays apart there too: a line is still taken.
    assert post(client, f"{mine}/line", {"text": "Dag"}).status_code == 303
    # An address elsewhere is held to what everybody is held to.
    flood(app, "192.0.2.7")
    page = check(client)
    answer = client.post(
        "/nl/send",
        data={**carried(page), "consent": "yes"},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert answer.status_code == 429
    close(app)


def test_nobody_waits_in_memory_by_name_or_number(app: Flask, client: CheckedClient) -> None:
    register(client, phone="06 29384756", email="zonnestraal@post.nl")
    kept = str(vars(app.extensions["limits"].storage))
    assert "send to one" in kept
    assert "29384756" not in kept
    assert "zonnestraal" not in kept


def test_a_line_too_many_comes_back_as_typed(client: CheckedClient, database: Database) -> None:
    mine = link_on(register(client))
    for number in range(LINES_ON_ONE.amount):
        assert post(client, f"{mine}/line", {"text": f"Regel {number}"}).status_code == 303
    late = tree(post(client, f"{mine}/line", {"text": "Nog iets"}), 429)
    [box] = late.all("textarea")
    assert "Nog iets" in box.text
    assert "Wacht een paar minuten en probeer het weer. Of bel ons." in late.text
    assert stored(database, Note) == LINES_ON_ONE.amount


def test_lines_about_somebody_else_are_counted_apart(client: CheckedClient) -> None:
    sam, robin = (
        link_on(register(client, phone=phone)) for phone in ("06 12345678", "06 87654321")
    )
    for number in range(LINES_ON_ONE.amount):
        post(client, f"{sam}/line", {"text": f"Regel {number}"})
    assert post(client, f"{sam}/line", {"text": "Nog iets"}).status_code == 429
    assert post(client, f"{robin}/line", {"text": "Dag"}).status_code == 303


def test_lines_from_one_address_have_an_end_whoever_they_are_about(
    app: Flask, client: CheckedClient, database: Database
) -> None:
    mine = link_on(register(client))
    spend(app, LINES.amount - 1, limit=LINES)
    assert post(client, f"{mine}/line", {"text": "De laatste"}).status_code == 303
    late = tree(post(client, f"{mine}/line", {"text": "Nog iets"}), 429)
    assert "Nog iets" in late.all("textarea")[0].text
    assert stored(database, Note) == 1


def test_a_number_too_many_comes_back_as_typed(client: CheckedClient) -> None:
    mine = link_on(register(client))
    for number in range(5):
        post(client, f"{mine}/phone", {"phone": f"06 8765432{number}"})
    late = tree(post(client, f"{mine}/phone", {"phone": "06 87654329"}), 429)
    [box] = late.all("input", name="phone")
    assert box.get("value") == "06 87654329"
    assert "06 87654324" in late.text
    assert "Probeer het morgen weer, of bel ons." in late.text


def test_a_number_that_was_not_changed_does_not_count(client: CheckedClient) -> None:
    mine = link_on(register(client))
    for wrong in ("06123", "abc", "", "06-1234-abc", "06 12345678", "06 12345678"):
        post(client, f"{mine}/phone", {"phone": wrong})
    assert post(client, f"{mine}/phone", {"phone": "06 87654321"}).status_code == 303


def test_guessing_codes_ends_on_a_page_with_the_code_and_a_number(client: CheckedClient) -> None:
    for _ in range(CODE_GUESSES.amount):
        client.get("/nl/status/222-222-22")
    for late in (
        client.page("/nl/status/333-333-33", 429),
        tree(post(client, "/nl/status", {"code": "333-333-33"}), 429),
    ):
        assert "Te veel verkeerde codes." in late.text
        [typed] = late.all("input", name="code")
        assert typed.get("value") == "333-333-33"
        assert late.all("footer")[0].all("a")[0].get("href").startswith("tel:")


def test_a_line_sent_where_too_many_codes_were_wrong_is_not_lost(client: CheckedClient) -> None:
    code = code_on(register(client))
    for _ in range(CODE_GUESSES.amount):
        client.get("/nl/status/222-222-22")
    late = tree(post(client, f"/nl/status/{code}/line", {"text": "Ik kan <dinsdag>"}), 429)
    [line] = late.all("textarea")
    assert line.text == "Ik kan <dinsdag>"
    assert line.get("dir") == "auto"
    assert "Wat je schreef" in late.text

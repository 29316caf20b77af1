"""A press too many at the desk: one button puts it right, or a sentence says why not."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from portal.followup.models import ContactAttempt
from portal.notify.models import OutboxMessage
from tests.desk.partners import Desk, tree
from tests.desk.world import MO, World, sign_in
from tests.support.application import CheckedClient


@pytest.fixture
def desk(world: World, sanne: CheckedClient) -> Desk:
    found = Desk(world, sanne, world.register())
    world.clock.advance(minutes=5)
    return found


def log(desk: Desk, **fields: str) -> None:
    assert desk.press(desk.case, f"{desk.case}/attempts", **fields).status_code == 303


def undo(desk: Desk, **fields: str) -> TestResponse:
    return desk.press(desk.case, f"{desk.case}/attempts/undo", **fields)


def attempts(desk: Desk) -> list[str]:
    with desk.world.looking() as db:
        return list(db.scalars(select(ContactAttempt.result)))


def test_a_press_too_many_is_undone_by_one_more(desk: Desk) -> None:
    log(desk, result="reached")
    page = desk.page().text
    assert "Vergist? Je kunt ‘Gesproken’ tot 10:20 ongedaan maken, met wat erbij hoort." in page
    desk.world.clock.advance(minutes=2)
    assert undo(desk).status_code == 303
    page = desk.page().text
    assert "Het is ongedaan gemaakt: alles is weer zoals het was." in page
    assert "‘Gesproken’ was een vergissing en is ongedaan gemaakt" in page
    assert "Vergist?" not in page
    assert (desk.registration().state, attempts(desk)) == ("new", [])


def test_nothing_offers_to_undo_what_is_a_quarter_of_an_hour_ago(desk: Desk) -> None:
    log(desk, result="reached")
    page = desk.page()
    desk.world.clock.advance(minutes=16)
    assert "Vergist?" not in desk.page().text
    late = desk.client.submit(page, f"{desk.case}/attempts/undo", at=desk.case)
    assert late.status_code == 422
    assert "Ongedaan maken kan niet meer." in tree(late).text
    assert attempts(desk) == ["reached"]


def test_a_message_that_has_left_keeps_it_and_the_desk_says_so(desk: Desk) -> None:
    log(desk, result="no_answer", message="please_call")
    with desk.world.writing() as db:
        left = update(OutboxMessage).values(state="sent", sent_at=desk.world.clock())
        db.execute(left)
    answer = undo(desk)
    assert answer.status_code == 422
    assert "Het bericht is al weg, dus dit blijft staan." in tree(answer).text
    assert attempts(desk) == ["no_answer"]


def test_a_message_that_has_not_left_is_said_not_to_have_been_sent(desk: Desk) -> None:
    log(desk, result="no_answer", message="please_call")
    assert undo(desk).status_code == 303
    assert "niet verstuurd: klopte niet meer" in desk.page().text


def test_a_colleague_is_not_offered_to_undo_it(app: Flask, desk: Desk) -> None:
    log(desk, result="reached")
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    sign_in(client, MO)
    assert "Vergist?" not in client.page(desk.case).text


def test_whoever_undoes_on_an_old_page_sees_what_happened_since(app: Flask, desk: Desk) -> None:
    log(desk, result="reached")
    page = desk.page()
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    sign_in(client, MO)
    desk.world.clock.advance(minutes=1)
    log(Desk(desk.world, client, desk.person), result="voicemail")
    late = desk.client.submit(page, f"{desk.case}/attempts/undo", at=desk.case)
    assert late.status_code == 409
    assert "10:06 · Mo Voorbeeld: Ingesproken" in tree(late).text
    assert sorted(attempts(desk)) == ["reached", "voicemail"]

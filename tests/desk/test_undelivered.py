"""What did not arrive is red at the desk, until somebody has seen to it."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.notify.models import OutboxMessage
from portal.referral.tell import tell_owner
from portal.registration.undelivered import flag_undelivered
from tests.desk.partners import Desk, stored
from tests.desk.world import ESRA, World, sign_in
from tests.reply.asking import Asking
from tests.support.application import CheckedClient

AT_HOME = "Voor 1 persoon kwam een bericht niet aan"


@pytest.fixture
def desk(world: World, sanne: CheckedClient) -> Desk:
    return Desk(world, sanne, world.register())


def give_up(world: World, kind: str) -> UUID:
    """Let a message of this kind have been tried for 72 hours."""
    with world.writing() as db:
        message = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).one()
        message.state, message.undelivered_at = "undelivered", world.clock()
        message.trouble = "smtp_550"
        flag_undelivered(db, message, world.clock())
        return message.id


def message(world: World, key: UUID) -> OutboxMessage:
    with world.looking() as db:
        return db.get_one(OutboxMessage, key)


def see_to(desk: Desk, what: str) -> None:
    answer = desk.press(desk.case, f"{desk.case}/undelivered", what=what)
    assert answer.status_code == 303, answer.text


def test_a_person_who_was_not_told_is_red_at_home_and_on_the_case(desk: Desk) -> None:
    assert AT_HOME not in desk.client.page("/desk/").text
    give_up(desk.world, "receipt")
    assert AT_HOME in desk.client.page("/desk/").text
    text = desk.page().text
    assert "Een bericht kwam niet aan" in text
    assert "Bel, of zoek een ander nummer of adres." in text
    assert "kwam niet aan" in text


def test_a_partner_that_was_not_told_is_red_too(desk: Desk) -> None:
    Asking(desk.world).refer(registration=desk.person)
    give_up(desk.world, "referral_sent")
    assert AT_HOME in desk.client.page("/desk/").text
    assert "Randstad kreeg ons bericht niet. Bel ze." in desk.page().text


def test_another_organisation_sees_nothing_of_it(app: Flask, desk: Desk) -> None:
    give_up(desk.world, "receipt")
    esra = app.test_client()
    assert isinstance(esra, CheckedClient)
    sign_in(esra, ESRA)
    assert AT_HOME not in esra.page("/desk/").text


@pytest.mark.parametrize("kind", ["receipt", "referral_sent"])
def test_whoever_told_them_another_way_takes_it_off_the_list(desk: Desk, kind: str) -> None:
    Asking(desk.world).refer(registration=desk.person)
    lost = give_up(desk.world, kind)
    see_to(desk, "seen")
    assert AT_HOME not in desk.client.page("/desk/").text
    assert message(desk.world, lost).state == "dropped"
    text = desk.page().text
    assert "Loste een bericht op dat niet aankwam" in text
    assert "kwam niet aan; iemand loste het op" in text


@pytest.mark.parametrize("kind", ["receipt", "not_contacted"])
def test_to_a_person_and_to_us_the_same_message_is_tried_once_more(desk: Desk, kind: str) -> None:
    asking = Asking(desk.world)
    asking.act(
        asking.refer(registration=desk.person),
        lambda db, row: tell_owner(db, row, "not_contacted", now=desk.world.clock()),
    )
    lost = give_up(desk.world, kind)
    see_to(desk, "again")
    found = message(desk.world, lost)
    assert (found.state, found.tries, found.due_at) == ("waiting", 0, desk.world.clock())
    assert found.first_try_at is None
    assert AT_HOME not in desk.client.page("/desk/").text


@pytest.mark.parametrize(("state", "fresh"), [("requested", 1), ("cancelled", 0)])
def test_to_a_partner_goes_a_fresh_link_while_it_is_open(
    desk: Desk, state: str, fresh: int
) -> None:
    asking = Asking(desk.world)
    referral = asking.refer(registration=desk.person)
    lost = give_up(desk.world, "referral_sent")
    asking.bring(referral, state)
    see_to(desk, "again")
    assert message(desk.world, lost).state == "dropped"
    with desk.world.looking() as db:
        rows = select(OutboxMessage).where(OutboxMessage.kind == "referral_sent")
        again = [row for row in db.scalars(rows) if row.id != lost]
    assert len(again) == fresh
    assert all(row.state == "waiting" for row in again)


@pytest.mark.parametrize("what", ["", "seen", "again", "whatever"])
def test_where_nothing_is_lost_there_is_nothing_to_see_to(desk: Desk, what: str) -> None:
    before = stored(Asking(desk.world).rows())
    fields = {"what": what, "version": str(desk.registration().version)}
    assert desk.forge(f"{desk.case}/undelivered", **fields).status_code == 422
    assert stored(Asking(desk.world).rows()) == before

"""Did somebody contact you? Asked a week after a partner was; answered by link and by code."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.notify.models import OutboxMessage
from portal.referral.answer import accept, decline
from portal.registration.models import Registration
from tests.frontdoor.helping import BY_LINK, Helped
from tests.frontdoor.visiting import actions, heading, post, tree
from tests.support.application import CheckedClient, values_of


def test_did_somebody_contact_you_by_link_names_the_partner(
    client: CheckedClient, sam: Helped
) -> None:
    sam.is_referred()
    sam.world.clock.advance(days=7)
    sam.was_asked_whether_they_called()
    page = client.page(sam.mine)
    assert heading(page) == "Heeft iemand van Springplank040 contact met je opgenomen?"
    assert "Op woensdag 18 november vroegen we hun om je te helpen." in page.text


@pytest.mark.parametrize("key", ["mine", "by_code"])
def test_a_no_is_told_to_the_owner_and_a_second_tap_is_thanked(
    client: CheckedClient, sam: Helped, key: str
) -> None:
    sam.is_referred()
    with sam.world.writing() as db:
        accept(db, sam.referral(db), by=BY_LINK, now=sam.world.clock())
    sam.world.clock.advance(days=7)
    sam.was_asked_whether_they_called()
    home = getattr(sam, key)
    page = client.page(home)
    [form] = page.all("form", action=f"{home}/contacted")
    data = {**values_of(form), "answer": "no"}
    answer = post(client, f"{home}/contacted", data)
    told = client.page(answer.headers["Location"])
    assert "Bedankt dat je het zegt." in told.text
    assert heading(told) == "Je zei ons dat niemand contact opnam"
    assert "Sanne weet het nu." in told.text
    again = tree(post(client, f"{home}/contacted", {**data, "answer": "yes"}), 409)
    assert "Je gaf hier al antwoord op." in again.text
    with sam.world.looking() as db:
        assert sam.referral(db).contacted is False
        assert db.scalars(select(Registration.nobody_called_at)).one() == sam.world.clock()
        kinds = db.scalars(select(OutboxMessage.kind)).all()
        assert "not_contacted" in kinds


def test_a_yes_is_kept_and_asks_no_more(client: CheckedClient, sam: Helped) -> None:
    sam.is_referred()
    referral = sam.was_asked_whether_they_called()
    answer = post(client, f"{sam.mine}/contacted", {"referral": referral, "answer": "yes"})
    page = client.page(answer.headers["Location"])
    assert "Fijn om te horen." in page.text
    assert "contacted" not in actions(page)


def test_by_code_the_partner_stays_unnamed(client: CheckedClient, sam: Helped) -> None:
    sam.is_referred()
    sam.was_asked_whether_they_called()
    page = client.page(sam.by_code)
    assert heading(page) == "Heeft iemand contact met je opgenomen?"
    [main] = page.all("main")
    assert "Springplank040" not in main.text
    assert "Rob" not in main.text


def test_who_said_no_meanwhile_is_not_asked_about(client: CheckedClient, sam: Helped) -> None:
    sam.is_referred()
    referral = sam.was_asked_whether_they_called()
    with sam.world.writing() as db:
        decline(db, sam.referral(db), "full", by=BY_LINK, now=sam.world.clock())
    assert "contacted" not in actions(client.page(sam.mine))
    late = tree(post(client, f"{sam.mine}/contacted", {"referral": referral, "answer": "no"}), 409)
    assert "Dat kan nu niet." in late.text


@pytest.mark.parametrize("said", ["", "perhaps"])
def test_neither_counts_for_contact(client: CheckedClient, sam: Helped, said: str) -> None:
    sam.is_referred()
    referral = sam.was_asked_whether_they_called()
    page = tree(post(client, f"{sam.mine}/contacted", {"referral": referral, "answer": said}), 422)
    assert "contacted" in actions(page)
    with sam.world.looking() as db:
        assert sam.referral(db).contacted is None

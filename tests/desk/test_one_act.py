"""One act at the desk: the step, a message in their language and a note. All of it or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.clock import due_on
from portal.followup.messages import NAMES_A_DAY
from portal.followup.models import ContactAttempt
from portal.notify.models import OutboxMessage
from portal.registration.letters import about_registrations
from portal.registration.models import Note, Registration
from portal.registration.queries import reference_of
from tests.desk.partners import Desk, stored, tree
from tests.desk.world import World
from tests.reply.asking import Asking
from tests.support.application import CheckedClient
from tests.support.html import Element


@pytest.fixture
def desk(world: World, sanne: CheckedClient) -> Desk:
    return Desk(world, sanne, in_turkish(world, world.register()))


def in_turkish(world: World, person: UUID) -> UUID:
    """Let somebody have filled in the form in Turkish."""
    with world.writing() as db:
        db.get_one(Registration, person).locale = "tr"
    return person


def act(desk: Desk, **fields: Any) -> TestResponse:
    return desk.press(desk.case, f"{desk.case}/attempts", **fields)


def sent(desk: Desk) -> list[OutboxMessage]:
    with desk.world.looking() as db:
        chosen = OutboxMessage.kind.in_(NAMES_A_DAY)
        return list(db.scalars(select(OutboxMessage).where(chosen)))


def notes(desk: Desk) -> int:
    with desk.world.looking() as db:
        return len(db.scalars(select(Note)).all())


def test_a_call_a_message_and_a_note_are_one_press(desk: Desk) -> None:
    answer = act(
        desk, result="no_answer", wished="2026-11-19", message="tried_call", note="Belt vaak niet."
    )
    assert answer.status_code == 303, answer.text
    (message,) = sent(desk)
    assert (message.kind, message.channel, message.locale) == ("tried_call", "sms", "tr")
    assert message.data == {"by": "2026-11-19"}
    assert notes(desk) == 1
    text = desk.page().text
    for words in ("Genoteerd: geen gehoor.", "Het bericht gaat eruit.", "Belt vaak niet."):
        assert words in text
    assert "Bericht: “we konden je niet bereiken”" in text


def button(page: Element, value: str) -> list[str]:
    """The words on the button that sends this, if there is one."""
    found = page.all("button", name="result", value=value)
    return [each.text for each in found]


def test_send_and_keep_is_an_attempt_by_message_with_the_note_beside_it(desk: Desk) -> None:
    assert button(desk.page(), "send") == ["Versturen en bewaren"]
    answer = act(
        desk, result="send", message="tried_call", day="2026-11-19", note="Belt vaak niet."
    )
    assert answer.status_code == 303, answer.text
    (message,) = sent(desk)
    assert (message.kind, message.channel, message.locale) == ("tried_call", "sms", "tr")
    assert message.data == {"by": "2026-11-19"}
    with desk.world.looking() as db:
        assert db.scalars(select(ContactAttempt.result)).all() == ["message"]
    row = desk.registration()
    # Writing is picking up, and not a conversation; the day in the message is the day to call.
    assert (row.state, row.next_action) == ("picked_up", "call_again")
    assert row.waiting_since == row.received_at
    assert row.next_action_at
    assert due_on(row.next_action_at) == date(2026, 11, 19)
    text = desk.page().text
    for words in ("Het bericht gaat eruit.", "Bericht gestuurd", "Belt vaak niet."):
        assert words in text


def test_there_is_nothing_to_send_before_a_message_is_chosen(desk: Desk) -> None:
    before = stored(Asking(desk.world).rows())
    answer = act(desk, result="send", note="Blijft staan.")
    assert answer.status_code == 422
    page = tree(answer)
    assert "Kies eerst een bericht." in page.all("div", role="alert")[0].text
    assert page.all("textarea", id="note")[0].text == "Blijft staan."
    assert stored(Asking(desk.world).rows()) == before


@pytest.mark.parametrize("kind", [kind for kind, names in NAMES_A_DAY.items() if names])
@pytest.mark.parametrize("step", ["no_answer", "look", "send"])
def test_a_message_with_an_open_place_blocks_everything(desk: Desk, kind: str, step: str) -> None:
    before = stored(Asking(desk.world).rows())
    answer = act(desk, result=step, message=kind, note="Blijft staan.")
    assert answer.status_code == 422
    page = tree(answer)
    assert "Kies eerst een dag: dit bericht noemt er een." in page.text
    assert page.all("textarea", id="note")[0].text == "Blijft staan."
    (chosen,) = [option for option in page.all("option") if option.has("selected")]
    assert chosen.get("value") == kind
    assert stored(Asking(desk.world).rows()) == before


def test_a_message_without_a_day_needs_none(desk: Desk) -> None:
    assert act(desk, result="voicemail", message="please_call").status_code == 303
    assert sent(desk)[0].data == {}


def test_a_message_is_read_first_in_their_language_with_ours_beside_it(desk: Desk) -> None:
    before = stored(Asking(desk.world).rows())
    answer = act(desk, result="look", wished="2026-11-19", message="tried_call")
    assert answer.status_code == 200
    page = tree(answer)
    (theirs,) = [each for each in page.all("blockquote") if each.get("lang") == "tr"]
    assert "Sanne en geç 19 Kasım Perşembe günü tekrar dener." in theirs.text
    assert "Sanne probeert het nog een keer, uiterlijk donderdag 19 november." in page.text
    assert page.all("input", name="wished")[0].get("value") == "2026-11-19"
    assert not page.all("div", role="alert")
    assert stored(Asking(desk.world).rows()) == before


@pytest.mark.parametrize("kind", NAMES_A_DAY)
def test_nobody_at_a_desk_is_shown_the_private_link(
    world: World, sanne: CheckedClient, kind: str
) -> None:
    person = in_turkish(world, world.register(email="sam@voorbeeld.example"))
    desk = Desk(world, sanne, person)
    with world.looking() as db:
        link = reference_of(db, world.load(person)).link
    seen = act(desk, result="look", wished="2026-11-19", message=kind)
    assert seen.status_code == 200, seen.text
    assert "[kendi bağlantısı]" in seen.text
    assert "[de eigen link]" in seen.text
    sent_now = act(desk, result="no_answer", wished="2026-11-19", message=kind)
    assert sent_now.status_code == 303, sent_now.text
    for page in (seen.text, desk.client.get(desk.case).text, desk.client.get("/desk/").text):
        assert link not in page
        assert "/mine/" not in page
    with world.looking() as db:
        (message,) = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind))
        told = about_registrations("https://voordeur.example")(db, message, world.clock())
    assert told
    assert link in str(told.words["link"])


def test_there_is_nothing_to_read_before_a_message_is_chosen(desk: Desk) -> None:
    assert "Kies eerst een bericht." in act(desk, result="look").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"note": "Nummer 111222333."}, "Er staan cijfers in die op een BSN lijken."),
        ({"note": "Heeft een indicatie."}, "Je schrijft ‘indicatie’."),
        ({"wished": "2026-11-21"}, "Kies een dag van vandaag tot en met vrijdag 20 november."),
        ({"day": "2026-11-21"}, "Kies een dag van vandaag tot en met vrijdag 20 november."),
        ({"wished": "2026-11-17"}, "Kies een dag van vandaag tot en met vrijdag 20 november."),
        (
            {"result": "pick_up", "wished": "2026-12-18"},
            "Het bericht noemt een dag na de volgende stap.",
        ),
        ({"message": "you_won"}, ""),
        ({"result": "wait"}, "Dit kan niet meer."),
    ],
)
def test_whatever_stands_in_the_way_of_one_part_keeps_all_of_it_from_happening(
    desk: Desk, fields: dict[str, str], words: str
) -> None:
    before = stored(Asking(desk.world).rows())
    filled = {"result": "no_answer", "wished": "2026-11-19", "message": "tried_call", **fields}
    answer = act(desk, **filled)
    assert answer.status_code == 422
    assert words in tree(answer).text
    assert stored(Asking(desk.world).rows()) == before


def test_a_word_that_decides_is_asked_about_once(desk: Desk) -> None:
    asked = act(desk, result="reached", note="Zonder indicatie.")
    again = desk.go_on(asked, f"{desk.case}/attempts", result="reached")
    assert again.status_code == 303
    assert notes(desk) == 1


def test_what_is_promised_is_due_that_day(desk: Desk) -> None:
    act(desk, result="reached", wished="2026-11-24", message="found_something")
    row = desk.registration()
    assert row.next_action == "plan"
    assert row.next_action_at is not None
    assert row.next_action_at.date() == date(2026, 11, 24)
    assert "wo 25 nov" not in desk.page().all("h2", id="next-step")[0].text


def test_picking_up_and_promising_brings_the_call_forward(desk: Desk) -> None:
    act(desk, result="pick_up", wished="2026-11-19", message="found_something")
    row = desk.registration()
    assert row.state == "picked_up"
    assert row.next_action_at is not None
    assert row.next_action_at.date() == date(2026, 11, 19)


def test_waiting_and_going_on_with_a_message(desk: Desk) -> None:
    act(desk, result="reached")
    waited = act(desk, result="wait", wished="2026-12-01", message="found_something")
    assert waited.status_code == 303, waited.text
    assert desk.registration().state == "waiting"
    assert act(desk, result="resume", message="please_call").status_code == 303
    assert desk.registration().state == "picked_up"
    assert [each.kind for each in sent(desk)] == ["found_something", "please_call"]


def test_the_mail_goes_first_and_the_desk_says_so(world: World, sanne: CheckedClient) -> None:
    person = in_turkish(world, world.register(email="sam@voorbeeld.example"))
    desk = Desk(world, sanne, person)
    assert "Per mail, in het Turks." in desk.page().text
    act(desk, result="no_answer", message="please_call")
    assert sent(desk)[0].channel == "mail"


def test_a_landline_gets_no_sms_and_the_desk_says_so(world: World, sanne: CheckedClient) -> None:
    desk = Desk(world, sanne, world.register(phone="+31402345678"))
    assert "Dit is geen mobiel nummer: een sms komt niet aan." in desk.page().text


def test_whoever_left_no_way_gets_no_message(world: World, sanne: CheckedClient) -> None:
    desk = Desk(world, sanne, world.register(phone=None, drop_by="de-voorbeeldhoek"))
    page = desk.page()
    assert not page.all("select", name="message")
    assert button(page, "send") == button(page, "look") == []
    assert "dus er is niets om naartoe te sturen" in page.text
    version = str(desk.registration().version)
    fields = {"result": "no_answer", "message": "please_call", "version": version}
    answer = desk.forge(f"{desk.case}/attempts", **fields)
    assert answer.status_code == 422
    assert "Er is geen nummer of adres om het naartoe te sturen." in answer.text
    with world.looking() as db:
        assert not db.scalars(select(ContactAttempt)).all()


def test_whoever_acts_on_an_old_page_keeps_what_they_typed(desk: Desk) -> None:
    page = desk.page()
    desk.world.clock.advance(minutes=2)
    act(desk, result="no_answer")
    fields = {"result": "voicemail", "message": "please_call", "note": "Ingesproken."}
    late = desk.client.submit(page, f"{desk.case}/attempts", at=desk.case, **fields)
    assert late.status_code == 409
    assert tree(late).all("textarea", id="note")[0].text == "Ingesproken."
    assert not sent(desk)
    assert not notes(desk)


@pytest.mark.parametrize(
    ("result", "beyond", "last"),
    [("no_answer", "2026-11-21", "vrijdag 20 november"), ("reached", "2026-12-03", "woensdag 2")],
)
def test_a_day_beyond_what_may_be_chosen_comes_back_as_typed_with_the_last_one_that_may(
    desk: Desk, result: str, beyond: str, last: str
) -> None:
    answer = act(desk, result=result, wished=beyond, note="Blijft staan.")
    assert answer.status_code == 422
    page = tree(answer)
    (trouble,) = page.all("div", id="trouble")
    assert f"tot en met {last}" in trouble.text
    assert trouble.all("a")[0].get("href") == "#wished"
    (field,) = page.all("input", name="wished")
    assert (field.get("value"), field.get("aria-invalid")) == (beyond, "true")
    assert page.all("textarea", id="note")[0].text == "Blijft staan."
    assert desk.registration().state == "new"
    assert (
        desk.go_on(answer, f"{desk.case}/attempts", result=result, wished="2026-11-20").status_code
        == 303
    )


def test_the_last_days_stand_beside_the_field(desk: Desk) -> None:
    hint = desk.page().all("p", id="wished-hint")[0].text
    assert hint == "Niet bereikt: uiterlijk vr 20 nov. Gesproken: uiterlijk wo 2 dec."

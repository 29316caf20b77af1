"""What the owner does with a referral: a day of introduction, what was said, how it ended."""

from __future__ import annotations

import pytest

from tests.desk.partners import Desk, speak, stored, tree
from tests.desk.world import SANNE, World, sign_in
from tests.reply.asking import Asking
from tests.support.application import CheckedClient


@pytest.fixture
def desk(world: World, sanne: CheckedClient) -> Desk:
    person = world.register(likes=("eindhoven-zorg",), wishes=("paid_work", "together"))
    speak(world, person)
    return Desk(world, sanne, person)


def test_an_act_on_a_referral_that_changed_is_refused_with_what_was_typed(
    desk: Desk, world: World
) -> None:
    asking = Asking(world)
    referral = asking.refer(registration=desk.person)
    page, path = desk.page(), f"{desk.case}/referrals/{referral}/told"
    world.clock.advance(minutes=2)
    asking.bring(referral, "accepted")
    fields = {"text": "Ze zitten vol.", "said_by": "Linda", "act": "decline:full"}
    late = desk.client.submit(page, path, at=desk.case, **fields)
    assert late.status_code == 409
    assert "Dit is intussen veranderd." in late.text
    assert "Randstad gaat helpen" in tree(late).text
    (typed,) = [each for each in tree(late).all("textarea") if each.text]
    assert typed.text == "Ze zitten vol."
    assert asking.load(referral).state == "accepted"


def test_the_day_of_introduction_can_be_agreed_later(desk: Desk, world: World) -> None:
    asking = Asking(world)
    referral = asking.refer(registration=desk.person)
    path = f"{desk.case}/referrals/{referral}/introduction"
    assert desk.press(desk.case, path, introduce_on="2026-11-20").status_code == 303
    assert "kennismaking op vr 20 nov" in desk.page().text
    assert desk.press(desk.case, path, introduce_on="2026-11-01").status_code == 422
    met = {"text": "Ze zagen elkaar.", "said_by": "Linda", "act": "contact_made"}
    told = f"{desk.case}/referrals/{referral}/told"
    asking.bring(referral, "accepted")
    early = desk.press(desk.case, told, **met)
    assert early.status_code == 422
    assert "Vul de dag van de kennismaking in" in early.text
    world.clock.set("2026-11-20T16:00")
    sign_in(desk.client, SANNE)
    assert desk.press(desk.case, told, **met).status_code == 303
    assert asking.load(referral).state == "in_progress"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Schrijf eerst iets."),
        ({"said_by": " "}, "Schrijf op wie het zei."),
        ({"said_on": "2026-12-24"}, "Kies een dag na vandaag"),
        ({"said_on": ""}, "Kies een dag."),
        ({"act": "hold"}, "Kies een dag."),
        ({"text": "Geen indicatie."}, "Je schrijft ‘indicatie’."),
    ],
)
def test_what_was_said_needs_words_a_name_and_a_day(
    desk: Desk, world: World, fields: dict[str, str], words: str
) -> None:
    asking = Asking(world)
    referral = asking.refer(registration=desk.person)
    asking.bring(referral, "accepted")
    before = stored(asking.rows())
    path = f"{desk.case}/referrals/{referral}/told"
    filled = {"text": "Het gaat goed.", "said_by": "Linda", **fields}
    answer = desk.press(desk.case, path, **filled)
    assert answer.status_code == 422
    assert words in tree(answer).text
    assert stored(asking.rows()) == before


def test_what_is_only_written_down_moves_nothing(desk: Desk, world: World) -> None:
    asking = Asking(world)
    referral = asking.refer(registration=desk.person)
    path = f"{desk.case}/referrals/{referral}/told"
    words = {"text": "Linda overlegt nog.", "said_by": "Linda"}
    assert desk.press(desk.case, path, **words).status_code == 303
    assert asking.load(referral).state == "requested"
    text = desk.page().text
    assert "Vastgelegd: gezegd door Linda." in text
    assert "gezegd door Linda op wo 18 nov" in text


def test_a_referral_of_another_person_is_not_there(desk: Desk, world: World) -> None:
    other = Asking(world).refer("Voorbeeld-Ander")
    for act in ("retract", "lead", "introduction", "told"):
        path = f"{desk.case}/referrals/{other}/{act}"
        fields = {
            "version": "1",
            "reason": "by_mistake",
            "introduce_on": "2026-11-20",
            "text": "Nee.",
            "said_by": "Linda",
            "said_on": "2026-11-18",
            "act": "",
        }
        assert desk.forge(path, **fields).status_code == 404
    assert Asking(world).load(other).state == "requested"


def test_how_it_ended_stands_with_those_who_were_asked_before(desk: Desk, world: World) -> None:
    asking = Asking(world)
    referral = asking.refer(registration=desk.person)
    asking.bring(referral, "rejected")
    text = desk.page().text
    assert "1 die eerder gevraagd is" in text
    assert "ze zitten vol" in text
    assert "Randstad zei nee: ze zitten vol" in text

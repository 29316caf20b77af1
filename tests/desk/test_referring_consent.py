"""The person decides first: asked on their own page, aloud or on paper; and a no on the phone."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.referral.consent import PARTNER_TEXT, RECORDED_METHODS
from portal.referral.models import ConsentAsk, Referral
from portal.registration.models import INTERPRETERS, RegistrationEvent
from tests.desk.partners import Desk, speak, stored, tree
from tests.desk.world import SANNE, World, organization_id
from tests.reply.asking import Asking
from tests.support.application import ORIGIN, CheckedClient, values_of

YES = {"method": "phone", "interpreter": "nobody", "yes": "y"}
USUAL = ["wishes", "likes", "times", "reach"]


@pytest.fixture
def desk(world: World, sanne: CheckedClient) -> Desk:
    person = world.register(language="ar", likes=("eindhoven-zorg",))
    speak(world, person)
    return Desk(world, sanne, person)


def read_aloud(desk: Desk, slug: str = "randstad", **fields: Any) -> TestResponse:
    at = desk.partner(slug)
    return desk.press(at, f"{at}/aloud", **fields)


def ask(desk: Desk, at: str, **fields: Any) -> TestResponse:
    """Press the other button of the same form."""
    (form,) = desk.client.page(at).all("form", action=f"{at}/aloud")
    assert form.all("button", formaction=f"{at}/ask")
    data = {**values_of(form), **fields}
    return desk.client.post(f"{at}/ask", data=data, headers={"Referer": ORIGIN + at})


def agree(desk: Desk, slug: str = "randstad", **fields: Any) -> TestResponse:
    """Read it aloud, and write down what was said."""
    at = desk.partner(slug)
    shown = desk.press(at, f"{at}/aloud", share=USUAL)
    return desk.client.submit(tree(shown), f"{at}/agreed", at=at, **{**YES, **fields})


def test_nothing_is_chosen_for_the_partner_but_what_it_needs_to_begin(desk: Desk) -> None:
    page = desk.client.page(desk.partner("randstad"))
    ticked = [each.get("value") for each in page.all("input", name="share") if each.has("checked")]
    assert ticked == USUAL
    assert "Randstad hoort niets voordat Voorbeeld-Sam ja zegt." in page.text


def test_the_question_goes_to_their_own_page_with_a_message(desk: Desk) -> None:
    at = desk.partner("randstad")
    assert ask(desk, at, share=["wishes", "reach"]).status_code == 303
    with desk.world.looking() as db:
        asked = db.scalars(select(ConsentAsk)).one()
        assert asked.organization_id == organization_id(db, "randstad")
    assert (asked.shares, asked.text_version) == (["wishes", "reach"], PARTNER_TEXT)
    assert "consent_asked" in desk.kinds()
    assert not desk.consents("randstad")
    text = desk.page().text
    assert "Voorbeeld-Sam kreeg op wo 18 nov een vraag over Randstad" in text
    assert "Kreeg de vraag om toestemming voor Randstad" in text


def test_the_same_question_is_not_asked_twice(desk: Desk) -> None:
    at = desk.partner("randstad")
    ask(desk, at)
    page = desk.client.page(at)
    assert not page.all("button", formaction=f"{at}/ask")
    assert "Het staat sinds wo 18 nov op de eigen pagina" in page.text
    version = str(desk.registration().version)
    again = desk.forge(f"{at}/ask", share=USUAL, version=version)
    assert again.status_code == 422
    assert "Dit heb je al gevraagd" in again.text
    assert desk.kinds().count("consent_asked") == 1


def test_whoever_left_no_number_or_address_is_asked_when_they_come_by(
    world: World, sanne: CheckedClient
) -> None:
    person = world.register(phone=None, drop_by="de-voorbeeldhoek")
    speak(world, person)
    desk = Desk(world, sanne, person)
    at = desk.partner("randstad")
    page = sanne.page(at)
    assert "Voorbeeld-Sam gaf geen nummer of adres. Vraag het bij het langskomen." in page.text
    assert not page.all("button", formaction=f"{at}/ask")
    refused = desk.forge(f"{at}/ask", share=USUAL, version=str(desk.registration().version))
    assert refused.status_code == 422
    assert "Er is geen nummer of adres" in refused.text
    assert "consent_asked" not in desk.kinds()


def test_what_is_read_aloud_is_in_their_language_with_ours_beside_it(desk: Desk) -> None:
    page = tree(read_aloud(desk, share=["likes", "reach"]))
    (aloud,) = page.all("blockquote")
    assert (aloud.get("lang"), aloud.get("dir")) == ("ar", "rtl")
    assert "Randstad" in aloud.text
    assert "ما تحب أن تفعله" in aloud.text
    assert "ما تريد أن تفعله" not in "".join(each.text for each in aloud.all("li"))
    assert "Mogen we Randstad om hulp vragen, en dit over jou vertellen?" in page.text
    assert not desk.consents("randstad")


@pytest.mark.parametrize("method", RECORDED_METHODS)
@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_yes_is_kept_with_how_in_which_language_with_whom_and_by_whom(
    desk: Desk, method: str, interpreter: str
) -> None:
    answer = agree(desk, method=method, interpreter=interpreter, locale="ar")
    assert answer.status_code == 303, answer.text
    (consent,) = desk.consents("randstad")
    assert (consent.method, consent.interpreter, consent.locale) == (method, interpreter, "ar")
    assert consent.text_version == PARTNER_TEXT
    assert consent.shares == USUAL
    assert consent.recorded_by_id == desk.world.identity(SANNE).account_id
    assert consent.given_at == desk.world.clock()
    assert "consent_noted" in desk.kinds()
    assert ("tolk: " in desk.page().text) == (interpreter != "nobody")


def test_a_yes_on_the_phone_answers_what_stood_on_their_page(desk: Desk) -> None:
    at = desk.partner("randstad")
    ask(desk, at)
    assert agree(desk).status_code == 303
    with desk.world.looking() as db:
        assert db.scalars(select(ConsentAsk)).one().agreed is True


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"yes": ""}, "Lees het eerst voor."),
        ({"interpreter": "the neighbours"}, ""),
        ({"method": "screen"}, ""),
        ({"locale": "xx"}, ""),
        ({"share": "everything"}, ""),
    ],
)
def test_without_a_yes_that_can_be_nothing_is_kept(
    desk: Desk, fields: dict[str, str], words: str
) -> None:
    answer = agree(desk, **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert not desk.consents("randstad")


def test_a_question_about_nothing_is_not_asked(desk: Desk) -> None:
    answer = read_aloud(desk, share=[])
    assert answer.status_code == 422
    assert "Kies er een" in answer.text


def test_two_presses_keep_one_yes(desk: Desk) -> None:
    at = desk.partner("randstad")
    shown = tree(desk.press(at, f"{at}/aloud", share=USUAL))
    first = desk.client.submit(shown, f"{at}/agreed", at=at, **YES)
    second = desk.client.submit(shown, f"{at}/agreed", at=at, **YES)
    assert (first.status_code, second.status_code) == (303, 409)
    assert "Dit is intussen veranderd." in second.text
    assert len(desk.consents("randstad")) == 1


def test_they_can_be_asked_for_more(desk: Desk) -> None:
    agree(desk)
    page = desk.client.page(desk.partner("randstad"))
    (more,) = [link for link in page.all("a") if "Mogen ze meer weten" in link.text]
    assert desk.client.page(more.get("href")).all("input", name="share")


def test_a_no_on_the_phone_cuts_access_at_once_and_says_who_wrote_it_down(
    desk: Desk, world: World
) -> None:
    referral = Asking(world).refer(registration=desk.person)
    with world.looking() as db:
        path = f"{desk.case}/consents/{organization_id(db, 'randstad')}/withdraw"
    assert desk.press(desk.case, path).status_code == 303
    assert all(each.revoked_at for each in desk.consents("randstad"))
    with world.looking() as db:
        row = db.get_one(Referral, referral)
        event = db.scalars(
            select(RegistrationEvent).where(RegistrationEvent.event == "consent_revoked")
        ).one()
    assert (row.state, row.reason) == ("cancelled", "withdrawn")
    assert (event.actor, event.account_id) == ("person", world.identity(SANNE).account_id)
    assert "referral_withdrawn" in desk.kinds()
    assert "Voorbeeld-Sam, vastgelegd door Sanne Voorbeeld" in desk.page().text


@pytest.mark.parametrize("slug", ["trudo", "koenraed"])
def test_a_no_is_noted_only_to_a_partner_that_was_agreed_with(desk: Desk, slug: str) -> None:
    asking = Asking(desk.world)
    before = stored(asking.rows())
    with desk.world.looking() as db:
        path = f"{desk.case}/consents/{organization_id(db, slug)}/withdraw"
    assert desk.forge(path, version=str(desk.registration().version)).status_code == 422
    assert stored(asking.rows()) == before


@pytest.mark.parametrize("step", ["ask", "aloud", "agreed", "refer"])
def test_the_address_of_a_form_leads_back_to_its_page(desk: Desk, step: str) -> None:
    at = desk.partner("randstad")
    assert desk.client.get(f"{at}/{step}").headers["Location"] == at


def unknown() -> UUID:
    """An organisation that there is not."""
    return UUID(int=7)


def test_only_partners_of_the_programme_can_be_asked_about(desk: Desk) -> None:
    desk.client.page(f"{desk.case}/partners/{unknown()}", 404)
    with desk.world.looking() as db:
        desk.client.page(f"{desk.case}/partners/{organization_id(db, 'trudo')}", 404)


@pytest.mark.parametrize(
    ("to", "forged"),
    [
        ("refer", {"service": "zz"}),
        ("refer", {"introduction_on": "zz"}),
        ("agreed", {"method": "screen"}),
        ("agreed", {"share": "evil"}),
    ],
)
def test_what_no_form_holds_is_refused_in_our_own_words(
    desk: Desk, to: str, forged: dict[str, str]
) -> None:
    agree(desk)
    fields = {"share": USUAL, "locale": "nl", **YES, **forged}
    version = str(desk.registration().version)
    answer = desk.forge(f"{desk.partner('randstad')}/{to}", version=version, **fields)
    assert answer.status_code == 422
    assert "Kies een dag." in answer.text or "Kies er een." in answer.text
    assert not re.search("valid|coerce|evil", answer.text, re.IGNORECASE)

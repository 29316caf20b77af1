"""Ask a partner: whom, what, with what they will see; and what stands in the way."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from portal.catalogue.models import Contact, Organization
from portal.referral.consent import record_consent
from portal.registration.models import Registration
from tests.desk.partners import Desk, speak, stored, tree
from tests.desk.world import SANNE, World, contact_id, organization_id
from tests.reply.asking import Asking
from tests.support.application import CheckedClient

SHARES = ("wishes", "likes", "times", "reach", "words")


@pytest.fixture
def desk(world: World, sanne: CheckedClient) -> Desk:
    person = world.register(likes=("eindhoven-zorg",), wishes=("paid_work", "together"))
    speak(world, person)
    return Desk(world, sanne, person)


def agree(desk: Desk, *slugs: str, shares: tuple[str, ...] = SHARES) -> None:
    """The person said yes on the phone."""
    by, now = desk.world.identity(SANNE), desk.world.clock()
    with desk.world.writing() as db:
        row = db.get_one(Registration, desk.person)
        for slug in slugs:
            which = organization_id(db, slug)
            record_consent(
                db, row, which, shares=shares, method="phone", locale="nl", by=by, now=now
            )


def look(desk: Desk, slug: str = "randstad", **fields: Any) -> TestResponse:
    """Fill in what is asked, and look at the sheet."""
    at = desk.partner(slug)
    return desk.press(at, f"{at}/refer", **fields)


def send(desk: Desk, slug: str = "randstad", **fields: Any) -> TestResponse:
    """Fill it in, look at the sheet, and send it."""
    at, shown = desk.partner(slug), look(desk, slug, **fields)
    assert shown.status_code == 200, shown.text
    return desk.client.submit(tree(shown), f"{at}/refer", at=at, go="send")


@pytest.mark.parametrize(("slug", "only_called"), [("koenraed", True), ("randstad", False)])
def test_before_a_partner_who_gets_no_message_is_asked_somebody_is_asked_to_call(
    desk: Desk, slug: str, only_called: bool
) -> None:
    agree(desk, slug)
    said = "We kunnen Tom niet schrijven: we hebben alleen een vast nummer."
    assert (said in desk.client.page(desk.partner(slug)).text) is only_called


def test_whom_fits_comes_first_and_everybody_else_stands_in_a_list(desk: Desk) -> None:
    page = desk.client.page(f"{desk.case}/partners")
    fitting = [heading.text for heading in page.all("h2")]
    assert fitting[0] == "Randstad"
    assert "Buurthuis De Voorbeeldhoek" in fitting
    rest = [option.text for option in page.all("option")]
    assert "Springplank040" in rest
    assert "Trudo" not in fitting + rest


def test_one_from_the_list_is_led_to(desk: Desk) -> None:
    at = desk.partner("springplank040")
    chosen = at.rpartition("/")[2]
    answer = desk.client.get(f"{desk.case}/partners?organization={chosen}")
    assert answer.headers["Location"] == at


def test_a_landlord_who_need_not_know_is_not_offered(world: World, sanne: CheckedClient) -> None:
    person = world.register(landlord="woonbedrijf", landlord_hidden=True, contact="trudo-sanne")
    speak_by_owner(world, person)
    with world.looking() as db:
        woonbedrijf = organization_id(db, "woonbedrijf")
    case = f"/desk/registrations/{person}"
    assert "Woonbedrijf" not in sanne.page(f"{case}/partners").text.replace("verhuurder", "")
    sanne.page(f"{case}/partners/{woonbedrijf}", 404)


def speak_by_owner(world: World, person: Any) -> None:
    """Let the case belong to Trudo, whoever it went to by the rules."""
    with world.writing() as db:
        row = db.get_one(Registration, person)
        row.owner_id, row.contact_id = organization_id(db, "trudo"), contact_id(db, "trudo-sanne")
    speak(world, person)


def test_without_a_yes_of_the_person_the_form_offers_asking_it(desk: Desk) -> None:
    at = desk.partner("randstad")
    page = desk.client.page(at)
    assert not page.all("form", action=f"{at}/refer")
    assert page.all("form", action=f"{at}/aloud")


@pytest.mark.parametrize("go", ["", "send"])
def test_without_a_yes_of_the_person_nothing_is_sent(desk: Desk, go: str) -> None:
    at = desk.partner("randstad")
    answer = desk.forge(f"{at}/refer", version=str(desk.registration().version), go=go)
    assert answer.status_code == 422
    assert "Deze partner mag het nog niet weten." in answer.text
    assert not desk.referrals()


def test_the_sheet_shows_what_was_agreed_and_nothing_else(desk: Desk) -> None:
    agree(desk, "randstad", shares=("wishes", "words"))
    text = tree(look(desk, words="Werkt graag met ouderen.")).text
    assert "Dit ziet Randstad" in text
    assert "betaald werk, samen dingen doen" in text
    assert "Werkt graag met ouderen." in text
    assert "Vindt leuk" not in text
    assert "06 12345678" not in text


def test_looking_at_the_sheet_stores_nothing(desk: Desk) -> None:
    agree(desk, "randstad")
    asking = Asking(desk.world)
    before = stored(asking.rows())
    assert look(desk, words="Belt graag.").status_code == 200
    assert stored(asking.rows()) == before


def test_what_was_looked_at_is_what_is_sent(desk: Desk) -> None:
    agree(desk, "randstad")
    answer = send(desk, words="Werkt graag met ouderen.", introduction_on="2026-11-24")
    assert answer.status_code == 303, answer.text
    (referral,) = desk.referrals()
    assert (referral.state, referral.lead, referral.warm) == ("requested", True, True)
    assert desk.registration().state == "referred"
    assert "referral_sent" in desk.kinds()
    text = desk.page().text
    assert "Het is aan Randstad gevraagd." in text
    for words in ("gevraagd", "houdt overzicht", "kennismaking op di 24 nov"):
        assert words in text
    assert "Ze antwoorden uiterlijk vr 20 nov." in text


def test_change_leads_back_with_what_was_filled_in(desk: Desk) -> None:
    agree(desk, "randstad")
    at, shown = desk.partner("randstad"), look(desk, words="Belt graag.", lead="y")
    back = desk.client.submit(tree(shown), f"{at}/refer", at=at, go="change")
    assert back.status_code == 200
    assert tree(back).all("textarea")[0].text == "Belt graag."
    assert not desk.referrals()


def test_several_are_asked_at_once_and_one_leads(desk: Desk) -> None:
    agree(desk, "randstad", "springplank040")
    assert send(desk).status_code == 303
    assert send(desk, "springplank040", lead="y").status_code == 303
    leads = {each.receiver_id: each.lead for each in desk.referrals()}
    with desk.world.looking() as db:
        assert leads == {
            organization_id(db, "randstad"): False,
            organization_id(db, "springplank040"): True,
        }
    randstad = next(each for each in desk.referrals() if not each.lead)
    assert "lead_passed" in Asking(desk.world).events(randstad.id)
    path = f"{desk.case}/referrals/{randstad.id}/lead"
    assert desk.press(desk.case, path).status_code == 303
    assert [each.lead for each in desk.referrals() if each.id == randstad.id] == [True]
    assert sum(each.lead for each in desk.referrals()) == 1


def test_asking_the_same_twice_is_said(desk: Desk) -> None:
    agree(desk, "randstad")
    send(desk)
    again = look(desk)
    assert again.status_code == 422
    assert "Dit heb je al gevraagd" in again.text
    assert len(desk.referrals()) == 1


def test_handing_over_needs_a_yes_to_everything(desk: Desk) -> None:
    agree(desk, "randstad")
    at = desk.partner("randstad")
    assert not desk.client.page(at).all("input", name="transfers")
    refused = look(desk, transfers="y")
    assert refused.status_code == 422
    assert "Er is voor minder toestemming gegeven." in refused.text


def test_handing_over_is_not_offered_to_who_could_not_open_the_case(desk: Desk) -> None:
    agree(desk, "springplank040", shares=(*SHARES, "case"))
    assert not desk.client.page(desk.partner("springplank040")).all("input", name="transfers")
    refused = look(desk, "springplank040", transfers="y")
    assert refused.status_code == 422
    assert "Niemand heeft daar een account" in refused.text


def test_handing_over_is_explained_before_it_is_sent(desk: Desk) -> None:
    agree(desk, "randstad", shares=(*SHARES, "case"))
    shown = look(desk, transfers="y")
    assert "zie jij niets meer van Voorbeeld-Sam" in tree(shown).text
    send(desk, transfers="y")
    assert desk.referrals()[0].transfers


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"introduction_on": "2026-11-01"}, "Kies een dag na vandaag"),
        ({"words": "111222333"}, "Er staan cijfers in die op een BSN lijken."),
        ({"words": "Heeft een Wmo-indicatie."}, "Wat je schrijft lijkt op een indicatie."),
        ({"service": "2b0e3c8e-0000-4000-8000-000000000000"}, "Dit bieden ze niet meer."),
    ],
)
def test_what_cannot_be_asked_is_said_and_comes_back_as_typed(
    desk: Desk, fields: dict[str, str], words: str
) -> None:
    agree(desk, "randstad")
    answer = look(desk, **fields)
    assert answer.status_code == 422
    assert words in tree(answer).text
    if typed := fields.get("words"):
        assert tree(answer).all("textarea")[0].text == typed
    assert not desk.referrals()


def test_a_partner_that_was_switched_off_meanwhile_is_not_asked(desk: Desk) -> None:
    agree(desk, "randstad")
    at = desk.partner("randstad")
    page = desk.client.page(at)
    with desk.world.writing() as db:
        db.get_one(Organization, organization_id(db, "randstad")).active = False
    answer = desk.client.submit(page, f"{at}/refer", at=at, go="send")
    assert answer.status_code == 422
    assert "Daar neemt nu niemand mensen aan." in answer.text
    assert not desk.referrals()


def test_whoever_handles_rent_is_never_asked(desk: Desk) -> None:
    agree(desk, "randstad")
    at = desk.partner("randstad")
    page = desk.client.page(at)
    with desk.world.writing() as db:
        db.get_one(Contact, contact_id(db, "randstad-linda")).handles_rent = True
    answer = desk.client.submit(page, f"{at}/refer", at=at, go="send")
    assert answer.status_code == 422
    assert not desk.referrals()


def test_a_stale_page_is_refused_with_what_was_typed(desk: Desk) -> None:
    agree(desk, "randstad")
    at = desk.partner("randstad")
    page = desk.client.page(at)
    desk.world.clock.advance(minutes=3)
    speak(desk.world, desk.person)
    late = desk.client.submit(page, f"{at}/refer", at=at, go="send", words="Belt graag.")
    assert late.status_code == 409
    assert "Dit is intussen veranderd." in late.text
    assert tree(late).all("textarea")[0].text == "Belt graag."
    assert not desk.referrals()

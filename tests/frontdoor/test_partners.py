"""Who may contact you: what each knows, how far it is, and a way to say no; by code no names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from portal.followup import partner as reached
from portal.referral import answer, work
from portal.referral.models import Referral
from portal.referral.party import BY_LINK
from portal.referral.words import report
from portal.registration.models import Consent
from tests.desk.world import organization_id
from tests.frontdoor.helping import OTHER, PARTNER, Helped
from tests.frontdoor.visiting import heading, post
from tests.support.application import CheckedClient
from tests.support.html import Element

ROW = "whole"


def row_of(page: Element, name: str) -> str:
    """What the page says about one organisation."""
    rows = [each for each in page.all("li") if each.get("class") == ROW]
    [found] = [each.text for each in rows if each.text.startswith(name)]
    return found


def accepts(sam: Helped) -> None:
    """Rob of Springplank040 takes it up."""
    with sam.world.writing() as db:
        answer.accept(db, sam.referral(db), by=BY_LINK, now=sam.world.clock())


def begins(sam: Helped) -> None:
    """Rob takes it up and speaks to them."""
    accepts(sam)
    with sam.world.writing() as db:
        referral, now = sam.referral(db), sam.world.clock()
        reached.log_attempt(db, referral, "reached", by=BY_LINK, now=now)
        reached.contact_made(db, referral, by=BY_LINK, now=now)


def rests(sam: Helped) -> None:
    """It rests for two weeks."""
    begins(sam)
    with sam.world.writing() as db:
        until = date(2026, 12, 2)
        work.hold(db, sam.referral(db), until, by=BY_LINK, now=sam.world.clock())


def completes(sam: Helped) -> None:
    """It worked."""
    begins(sam)
    with sam.world.writing() as db:
        work.complete(db, sam.referral(db), "schooling", by=BY_LINK, now=sam.world.clock())


def declines(sam: Helped) -> None:
    """There is no room."""
    with sam.world.writing() as db:
        answer.decline(db, sam.referral(db), "full", by=BY_LINK, now=sam.world.clock())


def nothing(_sam: Helped) -> None:
    """Nobody has answered yet."""


# What the partner did, then heading and next move by private link, and the same by code.
STORY: dict[str, tuple[Callable[[Helped], None], tuple[str, str], tuple[str, str]]] = {
    "asked": (
        nothing,
        (
            "We vroegen Springplank040 om je te helpen",
            "Springplank040 zegt ons uiterlijk vrijdag 20 november of ze kunnen helpen.",
        ),
        ("We hebben iemand om hulp gevraagd", "Je hoort meer, uiterlijk vrijdag 20 november."),
    ),
    "taken up": (
        accepts,
        ("Springplank040 gaat je helpen", "Rob belt je uiterlijk woensdag 25 november."),
        ("Iemand gaat je helpen", "Je hoort meer, uiterlijk woensdag 25 november."),
    ),
    "begun": (
        begins,
        ("Je bent begonnen bij Springplank040", "Rob helpt je nu."),
        ("Je bent begonnen", "Sanne houdt contact met je."),
    ),
    "resting": (
        rests,
        ("Je bent begonnen bij Springplank040", "Het rust tot en met woensdag 2 december."),
        ("Je bent begonnen", "Het rust tot en met woensdag 2 december."),
    ),
    "done": (
        completes,
        ("Je hebt een stap gezet", "Sanne praat met je over hoe het verdergaat"),
        ("Je hebt een stap gezet", "Sanne praat met je over hoe het verdergaat"),
    ),
    "back": (
        declines,
        ("We kijken met je verder", "Sanne belt je uiterlijk vrijdag 20 november."),
        ("We kijken met je verder", "Sanne belt je uiterlijk vrijdag 20 november."),
    ),
}


@pytest.mark.parametrize("name", STORY)
def test_it_says_how_far_a_partner_is_with_names_only_by_private_link(
    client: CheckedClient, sam: Helped, name: str
) -> None:
    happens, by_link, by_code = STORY[name]
    sam.is_referred()
    happens(sam)
    mine, coded = client.page(sam.mine), client.page(sam.by_code)
    for page, (head, move) in ((mine, by_link), (coded, by_code)):
        [main] = page.all("main")
        assert heading(page) == head
        assert move in main.text
    [main] = coded.all("main")
    assert "Springplank040" not in main.text
    assert "Rob" not in main.text


def test_a_partner_who_may_not_reach_the_person_is_brought_together_with_them(
    client: CheckedClient, sam: Helped
) -> None:
    sam.is_referred(shares=("wishes",))
    accepts(sam)
    assert "Sanne brengt je in contact met Rob." in client.page(sam.mine).text


def test_a_warm_handover_names_the_day(client: CheckedClient, sam: Helped) -> None:
    sam.is_referred(warm=True, introduction_on=date(2026, 11, 24))
    accepts(sam)
    said = "Op dinsdag 24 november ontmoet je Rob. Sanne brengt jullie bij elkaar."
    assert said in client.page(sam.mine).text


def test_each_organisation_is_shown_with_what_it_knows_and_since_when(
    client: CheckedClient, sam: Helped
) -> None:
    sam.is_referred(shares=("wishes", "words"), words="Sam bakt heel goed brood.")
    page = client.page(sam.mine)
    assert "Ja, sinds woensdag 18 november." in row_of(page, "Trudo")
    assert "Ze zien alles op deze pagina." in row_of(page, "Trudo")
    others = row_of(page, "Buurthuis De Voorbeeldhoek")
    assert "Ze helpen alleen als het Sanne niet lukt. Ze zien je antwoorden niet." in others
    partner = row_of(page, "Springplank040")
    for said in (
        "Wat weten ze?",
        "je voornaam en welke taal je spreekt",
        "wat je wilt doen",
        "Sam bakt heel goed brood.",
        "zegt ons uiterlijk vrijdag 20 november of ze kunnen helpen",
    ):
        assert said in partner, said
    assert "bereiken" not in partner


def test_who_was_agreed_with_and_not_asked_yet_knows_nothing(
    client: CheckedClient, sam: Helped
) -> None:
    asked = sam.is_asked()
    post(client, f"{sam.mine}/answer", {"ask": asked, "answer": "yes"})
    assert "Wat mogen ze weten?" in row_of(client.page(sam.mine), "Springplank040")


def test_rather_not_ends_it_at_once(client: CheckedClient, sam: Helped) -> None:
    sam.is_referred()
    accepts(sam)
    post(client, f"{sam.mine}/consent", {"organization": PARTNER, "answer": "no"})
    page = client.page(sam.mine)
    row = row_of(page, "Springplank040")
    assert "Nee, sinds woensdag 18 november." in row
    assert "Ze zien niets meer." in row
    assert heading(page) == "We kijken met je verder"
    with sam.world.looking() as db:
        assert sam.referral(db).state == "cancelled"
        of_partner = Consent.organization_id == organization_id(db, PARTNER)
        assert db.scalars(select(Consent).where(of_partner)).one().revoked_at


def test_of_two_partners_each_has_its_own_line(client: CheckedClient, sam: Helped) -> None:
    sam.is_referred()
    sam.is_referred(OTHER)
    begins(sam)
    page = client.page(sam.mine)
    assert heading(page) == "Je bent begonnen bij Springplank040"
    assert "Rob helpt je nu." in row_of(page, "Springplank040")
    assert "of ze kunnen helpen" in row_of(page, "Randstad")


def test_what_a_partner_writes_can_be_read(client: CheckedClient, sam: Helped) -> None:
    sam.is_referred()
    begins(sam)
    with sam.world.writing() as db:
        report(db, sam.referral(db), "Sam komt elke maandag.", by=BY_LINK, now=sam.world.clock())
    assert "Sam komt elke maandag." in client.page(sam.mine).text
    assert "Sam komt" not in client.page(sam.by_code).text


def test_a_code_never_names_an_owner_that_was_not_on_the_receipt(
    client: CheckedClient, sam: Helped
) -> None:
    assert "Trudo" in client.page(sam.by_code).all("main")[0].text
    sam.world.open_every_list()
    sam.is_referred(shares=("wishes", "reach", "case"), transfers=True)
    accepts(sam)
    with sam.world.looking() as db:
        assert sam.load(db).owner_id == organization_id(db, PARTNER)
    [main] = client.page(sam.by_code).all("main")
    assert "Rob" in main.text
    assert "Springplank040" not in main.text
    assert "Springplank040" in client.page(sam.mine).all("main")[0].text


def test_the_lead_comes_before_another_who_is_as_far(client: CheckedClient, sam: Helped) -> None:
    sam.is_referred()
    sam.is_referred(OTHER, lead=True)
    assert heading(client.page(sam.mine)) == "We vroegen Randstad om je te helpen"
    with sam.world.looking() as db:
        assert len(db.scalars(select(Referral)).all()) == 2


@pytest.mark.parametrize("locale", ["en", "tr", "ar"])
@pytest.mark.parametrize("name", STORY)
def test_how_far_it_is_can_be_read_in_every_language(
    client: CheckedClient, sam: Helped, name: str, locale: str
) -> None:
    sam.is_referred()
    STORY[name][0](sam)
    for path in (sam.mine, sam.by_code):
        assert client.page(path.replace("/nl/", f"/{locale}/", 1)).all("html", lang=locale)

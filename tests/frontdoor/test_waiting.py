"""What waits for the person stands on top of their page, and is answered by the tap of a button."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.catalogue.models import Organization
from portal.catalogue.version import bump_version
from portal.referral.consent import PARTNER_TEXT, record_consent
from portal.referral.models import ConsentAsk
from portal.registration.models import Consent
from tests.desk.world import organization_id
from tests.frontdoor.helping import PARTNER, SHARES, Helped
from tests.frontdoor.visiting import actions, heading, post, tree
from tests.support.application import CheckedClient, values_of
from tests.support.html import Element


def agreed(sam: Helped) -> Consent | None:
    """The consent for the partner that counts now."""
    with sam.world.looking() as db:
        of_partner = Consent.organization_id == organization_id(db, PARTNER)
        return db.scalars(select(Consent).where(of_partner)).one_or_none()


def test_a_question_about_consent_is_the_most_important_thing(
    client: CheckedClient, sam: Helped
) -> None:
    sam.is_asked()
    page = client.page(sam.mine)
    assert heading(page) == "Sanne heeft een vraag voor je"
    assert page.all("title")[0].text == "Sanne heeft een vraag voor je – Voordeur"
    for said in (
        "Sanne wil Springplank040 vragen of ze je kunnen helpen.",
        "Springplank040 doet bijvoorbeeld dit: ",
        "Dit vertellen we dan aan Springplank040: je voornaam en welke taal je spreekt",
        "hoe ze je kunnen bereiken, maar pas als ze ja zeggen",
        "Nee zeggen mag.",
        "Mogen we Springplank040 om hulp vragen, en dit over jou vertellen?",
    ):
        assert said in page.text, said
    assert page.text.index("Sanne wil Springplank040") < page.text.index("Je hebt met ons gepraat")


def test_yes_and_no_weigh_the_same_and_nothing_is_ticked(
    client: CheckedClient, sam: Helped
) -> None:
    sam.is_asked()
    [form] = client.page(sam.mine).all("form", action=f"{sam.mine}/answer")
    answers = [button for button in form.all("button") if button.get("name") == "answer"]
    assert [button.get("value") for button in answers] == ["yes", "no"]
    assert len({button.get("class") for button in answers}) == 1
    ticks = form.all("input", type="checkbox")
    assert [tick.get("value") for tick in ticks] == list(SHARES)
    assert "without" not in values_of(form)
    # Heard one by one, each tick says what it leaves out.
    labels = [label.text for label in form.all("label")]
    assert labels[0] == "Dit niet: wat je wilt doen"
    assert len(set(labels)) == len(SHARES)


def test_what_would_be_told_stands_in_one_piece_beside_its_tick(
    client: CheckedClient, sam: Helped
) -> None:
    sam.is_asked()
    [form] = client.page(sam.mine).all("form", action=f"{sam.mine}/answer")
    rows = [[each for each in row.children if isinstance(each, Element)] for row in form.all("li")]
    # A name in the sentence would otherwise be a column of its own.
    assert [[piece.tag for piece in row] for row in rows[1:]] == [["span", "label"]] * len(SHARES)


def test_yes_is_a_consent_for_exactly_what_was_asked(client: CheckedClient, sam: Helped) -> None:
    asked = sam.is_asked()
    answer = post(client, f"{sam.mine}/answer", {"ask": asked, "answer": "yes"})
    assert answer.headers["Location"] == f"{sam.mine}?done=consent_yes"
    page = client.page(answer.headers["Location"])
    assert "Dank je wel. Nu kunnen we het ze vragen." in page.text
    assert "answer" not in actions(page)
    given = agreed(sam)
    assert given
    assert (given.shares, given.method, given.locale) == (list(SHARES), "screen", "nl")
    assert given.text_version == PARTNER_TEXT


def test_a_thing_can_be_left_out_and_nothing_can_be_added(
    client: CheckedClient, sam: Helped
) -> None:
    asked = sam.is_asked()
    without = ["likes", "case", "nothing-like-it"]
    added = {"shares": "case", "without": without}
    post(client, f"{sam.mine}/answer", {"ask": asked, "answer": "yes", **added})
    given = agreed(sam)
    assert given
    assert given.shares == ["wishes", "reach"]


def test_no_changes_nothing_but_the_question(client: CheckedClient, sam: Helped) -> None:
    asked = sam.is_asked()
    answer = post(client, f"{sam.mine}/answer", {"ask": asked, "answer": "no"})
    assert "We vragen het ze niet." in client.page(answer.headers["Location"]).text
    assert agreed(sam) is None
    with sam.world.looking() as db:
        assert sam.ask(db).agreed is False
        assert sam.load(db).state == "picked_up"


@pytest.mark.parametrize("said", ["", "maybe", "YES"])
def test_neither_yes_nor_no_is_asked_again_with_the_ticks_kept(
    client: CheckedClient, sam: Helped, said: str
) -> None:
    asked = sam.is_asked()
    data = {"ask": asked, "answer": said, "without": "reach"}
    page = tree(post(client, f"{sam.mine}/answer", data), 422)
    assert "Druk op ‘Ja’ of ‘Nee’." in page.text
    [form] = page.all("form", action=f"{sam.mine}/answer")
    assert values_of(form)["without"] == ["reach"]
    assert agreed(sam) is None


def test_a_second_tap_is_thanked_and_changes_nothing(client: CheckedClient, sam: Helped) -> None:
    asked = sam.is_asked()
    post(client, f"{sam.mine}/answer", {"ask": asked, "answer": "no"})
    page = tree(post(client, f"{sam.mine}/answer", {"ask": asked, "answer": "yes"}), 409)
    assert "Je gaf hier al antwoord op. Dank je wel." in page.text
    assert agreed(sam) is None


def test_what_was_said_aloud_meanwhile_is_not_asked_again(
    client: CheckedClient, sam: Helped
) -> None:
    asked = sam.is_asked()
    with sam.world.writing() as db:
        record_consent(
            db,
            sam.load(db),
            organization_id(db, PARTNER),
            shares=("wishes",),
            method="phone",
            locale="nl",
            by=sam.sanne,
            now=sam.world.clock(),
        )
    assert "answer" not in actions(client.page(sam.mine))
    tree(post(client, f"{sam.mine}/answer", {"ask": asked, "answer": "no"}), 409)
    given = agreed(sam)
    assert given
    assert given.shares == ["wishes"]


def test_whoever_stopped_is_asked_nothing(client: CheckedClient, sam: Helped) -> None:
    asked = sam.is_asked()
    post(client, f"{sam.mine}/stop", {})
    page = client.page(sam.mine)
    assert heading(page) == "Je bent gestopt"
    late = tree(post(client, f"{sam.mine}/answer", {"ask": asked, "answer": "yes"}), 409)
    assert "Dat kan nu niet." in late.text
    assert agreed(sam) is None


def test_a_partner_that_is_gone_is_not_asked_about(client: CheckedClient, sam: Helped) -> None:
    asked = sam.is_asked()
    with sam.world.writing() as db:
        db.get_one(Organization, organization_id(db, PARTNER)).active = False
        bump_version(db)
    assert "answer" not in actions(client.page(sam.mine))
    late = tree(post(client, f"{sam.mine}/answer", {"ask": asked, "answer": "yes"}), 409)
    assert "Dat kan nu niet." in late.text


@pytest.mark.parametrize("name", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_question_that_nobody_asked_cannot_be_answered(
    client: CheckedClient, sam: Helped, name: str
) -> None:
    post(client, f"{sam.mine}/answer", {"ask": name, "answer": "yes"})
    tree(post(client, f"{sam.mine}/answer", {"ask": name, "answer": "yes"}), 409)
    tree(post(client, f"{sam.mine}/contacted", {"referral": name, "answer": "no"}), 409)
    assert agreed(sam) is None


def test_a_code_says_that_there_is_a_question_and_not_which(
    client: CheckedClient, sam: Helped
) -> None:
    asked = sam.is_asked()
    page = client.page(sam.by_code)
    assert heading(page) == "Sanne heeft een vraag voor je"
    # The help below every page names the places of the neighbourhood, whoever is asked.
    [main] = page.all("main")
    assert "Die staat op jouw eigen pagina." in main.text
    assert "Springplank040" not in main.text
    assert "answer" not in actions(page)
    assert post(client, f"{sam.by_code}/answer", {"ask": asked, "answer": "yes"}).status_code == 404


def test_two_questions_stand_below_each_other(client: CheckedClient, sam: Helped) -> None:
    for partner in (PARTNER, "randstad"):
        sam.is_asked(partner)
    page = client.page(sam.mine)
    forms = page.all("form", action=f"{sam.mine}/answer")
    assert len(forms) == 2
    # Who jumps from form to form hears which is which.
    named = [form.get("aria-labelledby").split() for form in forms]
    spoken = {" ".join(page.all(id=part)[0].text for part in parts) for parts in named}
    assert len(spoken) == 2, spoken
    assert "Randstad" in page.text


def test_looking_answers_nothing(client: CheckedClient, sam: Helped) -> None:
    sam.is_asked()
    for path in (f"{sam.mine}?answer=yes", f"{sam.mine}/answer", f"{sam.mine}/contacted"):
        client.get(path)
    with sam.world.looking() as db:
        assert db.scalar(select(func.count()).where(ConsentAsk.answered_at.is_not(None))) == 0


@pytest.mark.parametrize("locale", ["en", "tr", "ar"])
def test_questions_can_be_read_in_every_language(
    client: CheckedClient, sam: Helped, locale: str
) -> None:
    sam.is_referred("randstad")
    with sam.world.writing() as db:
        sam.referral(db, "randstad").asked_at = sam.world.clock()
    sam.is_asked()
    for path in (sam.mine, sam.by_code):
        page = client.page(path.replace("/nl/", f"/{locale}/", 1))
        assert page.all("html", lang=locale)

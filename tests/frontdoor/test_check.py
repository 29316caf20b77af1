from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from portal.catalogue.snapshot import load_snapshot
from portal.db.engine import Database
from portal.registration.answers import parse
from portal.registration.models import Registration
from portal.registration.placing import offered_to
from tests.frontdoor.visiting import carried, check, post, tree
from tests.registration.people import filled_in
from tests.support.application import CheckedClient, values_of
from tests.support.clock import SettableClock

pytestmark = pytest.mark.usefixtures("eindhoven")


def stored(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Registration)) or 0


def test_it_says_who_gets_it_by_when_and_who_takes_over(
    client: CheckedClient, clock: SettableClock
) -> None:
    clock.set("2026-12-24T17:00")
    text = check(client).text
    for said in (
        "Wie krijgt dit?",
        "Sanne",
        "wijkconsulent bij Trudo",
        "spreekt Nederlands en Engels",
        "uiterlijk dinsdag 29 december",
        "040 123 4501",
        "Je huurt van Trudo.",
        "dan neemt Noor van Buurthuis De Voorbeeldhoek het over",
        "Mag Sanne van Trudo je bellen?",
        "niet over huur",
        "verandert niets aan je woning",
    ):
        assert said in text, said


def test_it_shows_every_answer_with_a_way_to_change_it(client: CheckedClient) -> None:
    page = check(client, like=["eindhoven-koken"], times=["morning"], practical=["children"])
    for said in ("Betaald werk", "5616 AB", "Je huurt van Trudo", "Koken", "06 12345678"):
        assert said in page.text, said
    buttons = page.all("button", name="open")
    assert [button.get("value") for button in buttons] == [
        "wish",
        "age",
        "home",
        "likes",
        "practical",
        "reach",
        "name",
    ]
    assert len({button.text for button in buttons}) == len(buttons)


def test_change_lands_at_the_question_without_a_script(client: CheckedClient) -> None:
    page = check(client)
    for button in page.all("button", name="open"):
        question = button.get("value")
        assert button.get("formaction") == f"/nl/change#{question}"
        again = tree(post(client, "/nl/change", {**carried(page), "open": question}))
        assert len([each for each in again if each.get("id") == question]) == 1


def test_who_takes_everybody_is_explained_in_one_true_sentence(client: CheckedClient) -> None:
    page = check(client, landlord="nobody", like=[], wish="dont_know", postcode="5616 AB")
    assert "helpt iedereen in deze buurt." in page.text


def test_consent_is_never_ticked_beforehand(client: CheckedClient) -> None:
    page = check(client, consent="yes")
    [box] = page.all("input", name="consent")
    assert not box.has("checked")


def test_nothing_is_stored_and_nothing_is_kept(client: CheckedClient, database: Database) -> None:
    answer = post(client, "/nl/check", filled_in())
    assert stored(database) == 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_every_check_page_can_be_sent_once(client: CheckedClient) -> None:
    one, other = (carried(check(client))["shown"] for _ in range(2))
    assert one != other


def test_somebody_else_can_be_chosen_who_is_no_landlord(client: CheckedClient) -> None:
    page = check(client)
    others = [button.get("value") for button in page.all("button", name="rather")]
    assert "springplank040" in others
    assert "trudo" not in others
    chosen = tree(post(client, "/nl/check", {**carried(page), "rather": "springplank040"}))
    assert "Mag Rob van Springplank040" in chosen.text
    assert "Je koos zelf voor Springplank040." in chosen.text
    back = [button.get("value") for button in chosen.all("button", name="rather")]
    assert "trudo" in back


def test_a_landlord_who_need_not_know_is_not_named_at_all(client: CheckedClient) -> None:
    page = check(client, landlord_hidden="1")
    [who] = page.all("section", **{"aria-labelledby": "who"})
    assert "Trudo krijgt je antwoorden niet." in who.text
    assert who.text.count("Trudo") == 1
    assert "trudo" not in {button.get("value") for button in page.all("button", name="rather")}


def test_when_the_landlord_is_not_known_no_landlord_gets_it(client: CheckedClient) -> None:
    text = check(client, landlord="unknown", landlord_hidden="1").text
    assert "Geen verhuurder krijgt je antwoorden." in text


def test_outside_the_area_it_says_where_we_work(client: CheckedClient) -> None:
    [who] = check(client, landlord=[], postcode="1012 AB").all(
        "section", **{"aria-labelledby": "who"}
    )
    assert "Wij werken in Eindhoven. Je postcode ligt daarbuiten." in who.text
    [inside] = check(client).all("section", **{"aria-labelledby": "who"})
    assert "daarbuiten" not in inside.text


def test_somebody_else_is_a_person_with_languages(client: CheckedClient) -> None:
    buttons = check(client).all("button", name="rather")
    [rob] = [each for each in buttons if each.get("value") == "springplank040"]
    assert rob.text.startswith("Rob – Springplank040")
    assert "spreekt Nederlands" in rob.text


def test_who_gets_it_stands_before_the_answers_and_consent_after(client: CheckedClient) -> None:
    text = check(client).text
    order = ["Klopt dit?", "Wie krijgt dit?", "Wat je ons vertelde", "Mag Sanne van Trudo"]
    places = [text.rindex(each) for each in order[1:]]
    assert places == sorted(places)


def test_a_postcode_and_rather_not_say_are_asked_about_and_nothing_vanishes(
    client: CheckedClient,
) -> None:
    both = filled_in(postcode_hidden="1", landlord="woonbedrijf", drop_by="de-voorbeeldhoek")
    again = tree(post(client, "/nl/check", both), 422)
    assert "Kies 1 van de 2." in again.text
    [form] = again.all("form", id="answers")
    kept = values_of(form)
    assert kept["landlord"] == ["woonbedrijf"]
    assert kept["drop_by"] == ["de-voorbeeldhoek"]


def test_a_landlord_stays_on_an_error_page_without_a_postcode(client: CheckedClient) -> None:
    hidden = filled_in(postcode="", postcode_hidden="1", landlord="woonbedrijf", phone=[])
    [form] = tree(post(client, "/nl/check", hidden), 422).all("form", id="answers")
    assert values_of(form)["landlord"] == ["woonbedrijf"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"phone": [], "email": "sam@post.nl"}, "stuurt je uiterlijk"),
        ({"phone": [], "drop_by": "de-voorbeeldhoek"}, "Kom naar Buurthuis De Voorbeeldhoek"),
    ],
)
def test_nobody_is_promised_a_call_who_gave_no_number(
    client: CheckedClient, fields: dict[str, Any], said: str
) -> None:
    text = check(client, **fields).text
    assert said in text
    assert "belt je" not in text


def test_without_a_script_what_is_near_can_still_be_added(client: CheckedClient) -> None:
    page = check(client, landlord=[], postcode="5621 AB")
    offered = {box.get("value") for box in page.all("input", name="like", type="checkbox")}
    assert "eindhoven-koken" in offered
    landlords = {box.get("value") for box in page.all("input", name="landlord", type="radio")}
    assert landlords == {"trudo", "woonbedrijf"}
    added = {**carried(page), "like": ["eindhoven-koken"], "landlord": ["woonbedrijf"]}
    assert "Je huurt van Woonbedrijf." in tree(post(client, "/nl/check", added)).text


def test_what_was_chosen_is_not_asked_again(client: CheckedClient) -> None:
    page = check(client, like=["eindhoven-koken"])
    assert not page.all("input", type="radio")
    assert not page.all("input", name="like", type="checkbox")


def test_change_opens_the_question_with_every_answer_still_there(client: CheckedClient) -> None:
    page = check(client, times=["evening"])
    again = tree(post(client, "/nl/change", {**carried(page), "open": "reach"}))
    [form] = again.all("form", id="answers")
    assert form.get("data-filled") == "reach"
    [phone] = again.all("input", name="phone")
    assert phone.get("value") == "06 12345678"
    ticked = {
        (box.get("name"), box.get("value")) for box in again.all("input") if box.has("checked")
    }
    assert {("wish", "paid_work"), ("times", "evening"), ("landlord", "trudo")} <= ticked


def test_answers_go_round_through_change_and_check_unchanged(
    client: CheckedClient, database: Database
) -> None:
    everything = filled_in(
        wish=["together", "paid_work"],
        like=["eindhoven-koken", "eindhoven-groen"],
        practical=["children", "travel"],
        times=["evening", "morning"],
        email="sam@post.nl",
        shared_phone="no",
        drop_by="de-voorbeeldhoek",
        landlord_hidden="1",
        first_name="Şükrü 🌷 O'Brien",
        language="rif",
    )
    with database.reading() as db:
        offered = offered_to(load_snapshot(db), everything)
    meant = parse(everything, offered, language="nl").answers
    first = carried(tree(post(client, "/nl/check", everything)))
    [form] = tree(post(client, "/nl/change", first)).all("form", id="answers")
    again = carried(tree(post(client, "/nl/check", values_of(form))))
    for carried_fields in (first, again):
        assert parse(carried_fields, offered, language="ar").answers == meant


def test_another_language_keeps_what_was_answered(client: CheckedClient) -> None:
    page = check(client)
    [turkish] = [b for b in page.all("button") if b.get("formaction") == "/tr/check"]
    assert turkish.get("lang") == "tr"
    there = tree(post(client, "/tr/check", carried(page)))
    assert there.all("html", lang="tr")
    assert "Voorbeeld-Sam" in there.text


def test_a_reload_without_answers_leads_to_the_start(client: CheckedClient) -> None:
    for path in ("/nl/check", "/nl/send"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/nl/")


def test_younger_than_16_leads_to_a_person_and_stores_nothing(
    client: CheckedClient, database: Database
) -> None:
    for path in ("/nl/check", "/nl/send"):
        answer = post(client, path, filled_in(age16="no"))
        assert (answer.status_code, answer.headers["Location"]) == (303, "/nl/sixteen")
    assert stored(database) == 0


def test_what_is_gone_since_is_taken_out_and_said(client: CheckedClient) -> None:
    page = check(client, like=["eindhoven-koken", "a-service-of-yesterday"])
    assert "We hebben het weggehaald" in page.text
    assert carried(page)["like"] == ["eindhoven-koken"]


@pytest.mark.parametrize("locale", ["nl", "en", "tr", "ar"])
def test_it_is_written_in_every_language(client: CheckedClient, locale: str) -> None:
    page = check(client, locale)
    assert page.all("html", lang=locale)
    assert "Sanne" in page.text


def test_rule_1_nothing_asks_for_what_we_never_want(client: CheckedClient) -> None:
    names = {field.get("name") for field in check(client).all("input", "select", "textarea")}
    assert names <= {
        *("wish", "age16", "postcode", "landlord", "phone", "first_name", "language"),
        *("like", "shown", "consent"),
    }

"""What a partner sees by link, and that looking changes nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from portal.referral.models import Referral
from portal.referral.states import STATES
from portal.referral.visible import WITH_REACH
from portal.web.partner.form import ACTS
from portal.web.partner.page import load_asked
from tests.reply.asking import PHONE_SHOWN, Asking
from tests.support.application import ORIGIN, CheckedClient
from tests.support.html import read_html


def test_the_page_says_who_asks_for_whom_until_when_and_shows_the_sheet(
    asking: Asking, client: CheckedClient
) -> None:
    referral = asking.refer(words="Neemt graag een vriendin mee.")
    page = client.page(f"/reply/{asking.token(referral)}")
    for said in (
        "Kunnen jullie Voorbeeld-Sam helpen?",
        "Sanne van Trudo vraagt dit.",
        "040 123 4501",
        "vrijdag 20 november",
        "betaald werk",
        "Koken",
        "Neemt graag een vriendin mee.",
        "Wij gaan helpen",
        "Wij niet, want …",
    ):
        assert said in page.text, said
    assert PHONE_SHOWN not in page.text
    assert not page.all("form", action=f"/reply/{asking.token(referral)}/complete")


def test_whoever_decides_sees_on_which_day_they_would_meet(
    asking: Asking, client: CheckedClient
) -> None:
    day = asking.world.clock().date() + timedelta(days=9)
    referral = asking.refer(warm=True, introduction_on=day)
    said = "Sanne stelt jullie voor op vrijdag 27 november."
    assert said in client.page(f"/reply/{asking.token(referral)}").text


def test_the_page_is_english_for_who_reads_english(asking: Asking, client: CheckedClient) -> None:
    token = asking.token(asking.refer())
    answer = client.get(f"/reply/{token}", headers={"Accept-Language": "en"})
    assert "Can you take up Voorbeeld-Sam?" in answer.text
    answer = client.get(f"/reply/{token}", headers={"Accept-Language": "tr"})
    assert "Kunnen jullie Voorbeeld-Sam helpen?" in answer.text


def test_the_number_is_there_once_it_is_taken_up_and_gone_when_it_ended(
    asking: Asking, client: CheckedClient
) -> None:
    referral = asking.refer()
    at = f"/reply/{asking.token(referral)}"
    assert PHONE_SHOWN not in client.page(at).text
    asking.bring(referral, "in_progress")
    assert PHONE_SHOWN in client.page(at).text
    page = client.page(at)
    assert client.submit(page, f"{at}/complete", at=at, outcome="paid_work").status_code == 303
    assert PHONE_SHOWN not in client.page(at).text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_title_names_who_asks_and_never_whom_it_is_about(
    asking: Asking, client: CheckedClient, language: str
) -> None:
    referral = asking.refer()
    at = f"/reply/{asking.token(referral)}"
    wanted = {"nl": "Voordeur – gevraagd door Trudo", "en": "Voordeur – asked by Trudo"}
    for state in ("requested", "accepted"):
        if state == "accepted":
            asking.bring(referral, state)
        text = client.get(at, headers={"Accept-Language": language}).text
        page = read_html(text)[1]
        assert [each.text for each in page.all("title")] == [wanted[language]]
        assert "Voorbeeld-Sam" in page.all("h1")[0].text


@pytest.mark.parametrize("way", ["recorded", "own"])
def test_a_number_left_out_the_second_time_is_hidden_at_once_by_link(
    asking: Asking, client: CheckedClient, way: str
) -> None:
    referral = asking.refer(words="Neemt graag een vriendin mee.")
    asking.bring(referral, "accepted")
    at = f"/reply/{asking.token(referral)}"
    assert PHONE_SHOWN in client.page(at).text
    asking.agree_again(referral, way=way, shares=("wishes",))
    said = client.page(at).text
    assert "betaald werk" in said
    for hidden in (PHONE_SHOWN, "Neemt graag een vriendin mee.", "Koken"):
        assert hidden not in said, hidden


def test_a_wider_yes_later_shows_nothing_more_of_what_was_sent_before(
    asking: Asking, client: CheckedClient
) -> None:
    referral = asking.refer(shares=("wishes",))
    asking.bring(referral, "accepted")
    asking.agree_again(referral, way="recorded", shares=("wishes", "likes", "reach"))
    said = client.page(f"/reply/{asking.token(referral)}").text
    assert PHONE_SHOWN not in said
    assert "Koken" not in said


@pytest.mark.parametrize("state", STATES)
def test_no_page_is_even_given_the_number_but_of_what_is_in_hand(
    app: Flask, asking: Asking, state: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    with app.app_context(), asking.world.looking() as db:
        asked = load_asked(db, db.get_one(Referral, referral), now=asking.world.clock())
    assert bool(asked.sheet.reach) == (state in WITH_REACH)


def test_what_the_person_did_not_agree_to_is_not_there(
    asking: Asking, client: CheckedClient
) -> None:
    referral = asking.refer(shares=("wishes",))
    asking.bring(referral, "accepted")
    page = client.page(f"/reply/{asking.token(referral)}")
    assert PHONE_SHOWN not in page.text
    assert "Koken" not in page.text
    assert "wilde geen nummer delen" in page.text


@pytest.mark.parametrize("state", STATES)
def test_whoever_opens_every_address_changes_nothing(
    asking: Asking, client: CheckedClient, state: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    single, every = asking.token(referral), asking.list_token()
    homes = (f"/reply/{single}", f"/reply/{every}", f"/reply/{every}/{referral}")
    before = asking.rows()
    for home in homes:
        for end in ("", *(f"/{act}" for act in (*ACTS, "all", "fresh"))):
            for ask in (client.get, client.head):
                assert ask(f"{home}{end}").status_code in (200, 303, 404), home + end
    assert asking.rows() == before


def test_only_a_post_acts(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("reply.")]
    acting = {"reply.answer", "reply.fresh", "reply.mail_list"}
    assert {rule.endpoint for rule in rules if "POST" in (rule.methods or ())} == acting
    assert all("GET" not in (rule.methods or ()) for rule in rules if rule.endpoint in acting)


def test_a_partner_gets_no_cookie_and_the_page_is_kept_nowhere(
    asking: Asking, client: CheckedClient
) -> None:
    at = f"/reply/{asking.token(asking.refer())}"
    taken = client.submit(client.page(at), f"{at}/accept", at=at)
    for answer in (client.get(at), client.get("/reply/short"), taken):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_form_of_another_site_is_refused(asking: Asking, client: CheckedClient) -> None:
    referral = asking.refer()
    at = f"/reply/{asking.token(referral)}/accept"
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        answer = client.post(at, headers=headers, data={"version": "1"})
        assert answer.status_code == 403
        assert "Er is niets veranderd." in answer.text
    assert asking.load(referral).state == "requested"
    assert client.post(at, headers={"Origin": ORIGIN}, data={"version": "1"}).status_code == 303


def test_one_link_lists_everything_open_the_most_urgent_first(
    asking: Asking, client: CheckedClient
) -> None:
    later, over = asking.refer("Voorbeeld-Later"), asking.refer("Voorbeeld-Over")
    asking.bring(later, "in_progress")
    asking.bring(over, "rejected")
    asking.refer("Voorbeeld-Ander", to="springplank040")
    soon = asking.refer("Voorbeeld-Eerst")
    at = f"/reply/{asking.list_token()}"
    page = client.page(at)
    people = page.all("li", **{"class": "person asks"})
    assert [row.all("a")[0].get("href") for row in people] == [f"{at}/{soon}", f"{at}/{later}"]
    assert "Voorbeeld-Ander" not in page.text
    assert "Voorbeeld-Over" not in page.text
    one = client.page(f"{at}/{soon}")
    assert client.submit(one, f"{at}/{soon}/accept", at=f"{at}/{soon}").status_code == 303
    assert asking.load(soon).state == "accepted"
    assert "Voorbeeld-Over" in client.page(f"{at}/{over}").text


def test_a_list_without_anybody_says_so(asking: Asking, client: CheckedClient) -> None:
    page = client.page(f"/reply/{asking.list_token()}")
    assert "Er wacht nu niemand." in page.text


def test_a_link_opens_nothing_of_anybody_else(asking: Asking, client: CheckedClient) -> None:
    ours, theirs = asking.refer(), asking.refer("Voorbeeld-Ander", to="springplank040")
    for token in (asking.token(ours), asking.list_token()):
        for other in (theirs, uuid4()):
            answer = client.get(f"/reply/{token}/{other}")
            assert answer.status_code == 404
            assert "Voorbeeld-Ander" not in answer.text
            post = client.post(f"/reply/{token}/{other}/accept", data={"version": "1"})
            assert post.status_code == 404
    assert asking.load(theirs).state == "requested"
    # The link of one thing covers one thing, also when it is named in another way.
    assert client.get(f"/reply/{asking.token(ours)}/{ours}").status_code == 404
    assert client.post(f"/reply/{asking.list_token()}/accept").status_code == 404

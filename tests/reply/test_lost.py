"""Links that lead nowhere: each its own friendly page. Fresh ones come by mail only."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.followup.letters import all_letters
from portal.notify.models import OutboxMessage
from portal.referral.end import lapse, retract
from portal.referral.link import LASTS
from portal.referral.party import as_owner
from portal.registration.models import Registration
from portal.reply.opening import WRONG_LINKS
from portal.web.logs import JsonLine
from tests.desk.world import SANNE
from tests.reply.asking import DEEDS, Asking
from tests.reply.saying import forge, press
from tests.support.application import ORIGIN, CheckedClient
from tests.support.html import Element, read_html

PHONE = "088 123 4567"
HEADERS = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


def page_of(client: CheckedClient, at: str, status: int) -> Element:
    """A page, which always holds a number to call."""
    page = client.page(at, status)
    assert PHONE in page.text
    return page


def ended(asking: Asking, how: Callable[..., object]) -> UUID:
    """A referral that was ended from elsewhere."""
    referral = asking.refer()
    asking.act(referral, how)
    return referral


@pytest.mark.parametrize("cut", [0, 1, 16, 31])
def test_a_link_that_was_cut_off(asking: Asking, client: CheckedClient, cut: int) -> None:
    token = asking.token(asking.refer())
    page = page_of(client, f"/reply/{token[:cut]}", 404)
    assert "Deze link is niet heel" in page.text
    assert "Voorbeeld-Sam" not in page.text


def test_a_link_that_we_do_not_know(asking: Asking, client: CheckedClient) -> None:
    assert "Wij kennen deze link niet" in page_of(client, f"/reply/{'A' * 32}", 404).text


def test_an_expired_link_offers_a_fresh_one_and_never_says_where_it_goes(
    asking: Asking, client: CheckedClient
) -> None:
    referral = asking.refer()
    at = f"/reply/{asking.token(referral)}"
    press(client, at, "accept")
    asking.world.clock.advance(days=LASTS.days)
    page = page_of(client, at, 410)
    assert "Deze link is te oud" in page.text
    assert "Voorbeeld-Sam" not in page.text
    answer = client.submit(page, f"{at}/fresh", at=at)
    assert answer.status_code == 303
    told = page_of(client, answer.location, 410)
    assert "Er is een mail met een nieuwe link onderweg" in told.text
    assert "@" not in told.text
    assert not told.all("form")
    (link,) = links_in(asking, "referral_link")
    assert "Voorbeeld-Sam" in client.page(link).text


def test_nothing_can_be_answered_by_an_expired_link(asking: Asking, client: CheckedClient) -> None:
    referral = asking.refer()
    at = f"/reply/{asking.token(referral)}"
    asking.world.clock.advance(days=LASTS.days)
    assert forge(client, at, "accept", 1).status_code == 410
    assert asking.load(referral).state == "requested"


def test_asking_for_fresh_links_again_and_again_is_stopped(
    asking: Asking, client: CheckedClient
) -> None:
    at = f"/reply/{asking.token(asking.refer())}"
    asking.world.clock.advance(days=LASTS.days)
    statuses = [client.post(f"{at}/fresh").status_code for _ in range(7)]
    assert statuses == [303] * 6 + [429]
    assert "Wacht alsjeblieft even" in client.post(f"{at}/fresh").text
    assert len(links_in(asking, "referral_link")) == 1


def test_a_good_link_needs_no_fresh_one(asking: Asking, client: CheckedClient) -> None:
    at = f"/reply/{asking.token(asking.refer())}"
    assert client.post(f"{at}/fresh").status_code == 303
    assert links_in(asking, "referral_link") == []


def test_the_list_comes_by_mail_and_not_on_the_page_of_one(
    asking: Asking, client: CheckedClient
) -> None:
    asking.refer("Voorbeeld-Ander")
    at = f"/reply/{asking.token(asking.refer())}"
    page = client.page(at)
    assert "Voorbeeld-Ander" not in page.text
    answer = client.submit(page, f"{at}/all", at=at)
    assert "onderweg naar het adres dat we van jullie hebben" in client.page(answer.location).text
    (link,) = links_in(asking, "referral_list")
    assert "Voorbeeld-Ander" in client.page(link).text


def test_a_link_dies_with_the_consent(asking: Asking, client: CheckedClient) -> None:
    now = asking.world.clock()
    referral = ended(asking, lambda db, row: DEEDS["withdraw_consent"](db, row, now))
    at = f"/reply/{asking.token(referral)}"
    page = page_of(client, at, 410)
    assert "wil niet meer dat jullie iets over hem of haar weten" in page.text
    assert "Voorbeeld-Sam" not in page.text
    assert forge(client, at, "accept", 1).status_code == 410
    assert client.get(f"/reply/{asking.list_token()}/{referral}").status_code == 410


def test_a_link_is_over_30_days_after_the_end(asking: Asking, client: CheckedClient) -> None:
    referral = asking.refer()
    asking.bring(referral, "rejected")
    asking.world.clock.advance(days=29)
    at = f"/reply/{asking.list_token()}/{referral}"
    assert "Jullie antwoord: wij niet" in client.page(at).text
    asking.world.clock.advance(days=1)
    page = page_of(client, at, 410)
    assert "meer dan 30 dagen geleden afgerond" in page.text
    assert "Voorbeeld-Sam" not in page.text


def _retract(asking: Asking) -> UUID:
    now, sanne = asking.world.clock(), asking.world.identity(SANNE)
    return ended(
        asking,
        lambda db, row: retract(
            db,
            row,
            "other_partner",
            by=as_owner(sanne, db.get_one(Registration, row.registration_id)),
            now=now,
        ),
    )


def _lapse(asking: Asking) -> UUID:
    return ended(asking, lambda db, row: lapse(db, row, now=row.lapses_at))


def _withdraw(asking: Asking) -> UUID:
    now = asking.world.clock()
    return ended(asking, lambda db, row: DEEDS["withdraw"](db, row, now))


@pytest.mark.parametrize(
    ("end", "heading", "reason"),
    [
        (_retract, "Trudo nam dit terug", "Een andere organisatie doet het."),
        (_lapse, "Dit ging terug naar Trudo", "Kunnen jullie Voorbeeld-Sam toch helpen?"),
        (_withdraw, "Voorbeeld-Sam wil niet verder", "Bel Voorbeeld-Sam alsjeblieft niet meer"),
    ],
)
def test_what_was_ended_elsewhere_says_how_and_whom_to_call(
    asking: Asking,
    client: CheckedClient,
    end: Callable[[Asking], UUID],
    heading: str,
    reason: str,
) -> None:
    referral = end(asking)
    page = page_of(client, f"/reply/{asking.token(referral)}", 200)
    section = page.all("section", **{"class": "next"})[0].text
    assert heading in section
    assert reason in section
    assert "040 123 4501" in section
    assert {form.get("action").rpartition("/")[2] for form in page.all("form")} == {"all"}


def test_who_does_not_want_to_go_on_is_not_described_any_more(
    asking: Asking, client: CheckedClient
) -> None:
    page = client.page(f"/reply/{asking.token(_withdraw(asking))}")
    assert "Koken" not in page.text


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        ("rejected", "Jullie antwoord: wij niet"),
        ("failed", "Jullie antwoord: wij kunnen niet verder"),
        ("completed", "Jullie hebben dit afgerond."),
    ],
)
def test_what_was_answered_already_says_what_the_answer_was(
    asking: Asking, client: CheckedClient, state: str, heading: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    assert heading in page_of(client, f"/reply/{asking.token(referral)}", 200).text


def test_whoever_guesses_links_has_to_wait_and_whoever_has_one_does_not(
    asking: Asking, client: CheckedClient
) -> None:
    good = f"/reply/{asking.token(asking.refer())}"
    guesses = [client.get(f"/reply/{n:032}") for n in range(31)]
    assert [each.status_code for each in guesses] == [404] * 30 + [429]
    assert PHONE in read_html(guesses[-1].text)[1].text
    assert client.get(good).status_code == 200


def test_no_token_is_in_the_log(
    asking: Asking, client: CheckedClient, caplog: pytest.LogCaptureFixture
) -> None:
    referral = asking.refer()
    single, every = asking.token(referral), asking.list_token()
    with caplog.at_level("DEBUG"):
        press(client, f"/reply/{single}", "accept")
        client.get(f"/reply/{every}/{referral}")
        client.get(f"/reply/{single[:-1]}")
        client.get(f"/reply/{single}/elsewhere")
        client.post(f"/reply/{single}/all", headers={"Origin": ORIGIN})
        asking.world.clock.advance(days=LASTS.days)
        client.get(f"/reply/{single}")
    written = "\n".join(JsonLine().format(record) for record in caplog.records)
    plain = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert "/reply/<token>" in written
    for token in (single, every, single[:-1]):
        assert token not in written + plain


def links_in(asking: Asking, kind: str) -> Sequence[str]:
    """The addresses in the mails of a kind, as they would read now."""
    gather, now = all_letters(""), asking.world.clock() + timedelta(seconds=1)
    with asking.world.looking() as db:
        sent = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).all()
        told = [gather(db, message, now) for message in sent]
    return [str(each.words["link"]) for each in told if each]


def test_links_that_somebody_made_up_are_limited_and_fill_no_memory(
    app: Flask, asking: Asking, client: CheckedClient
) -> None:
    asking.refer()
    answers = [
        client.post(f"/reply/{'A' * 30}{number:02}/fresh", headers=HEADERS).status_code
        for number in range(WRONG_LINKS.amount + 1)
    ]
    assert set(answers[:-1]) == {404}
    assert answers[-1] == 429
    assert app.extensions["limits"].storage.reset() == 1

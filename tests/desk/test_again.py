"""A form that came too late: one press to go on, and nothing typed is lost."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.registration.models import Note
from tests.desk.world import ESRA, PASSWORD, SANNE, World, sign_in
from tests.support.application import ORIGIN, CheckedClient
from tests.support.html import Element, read_html

TEXT = "Belt morgen terug, <b>na</b> vieren.\nGraag in het Arabisch."


@pytest.fixture
def sam(world: World) -> UUID:
    return world.register()


def page_of(answer: TestResponse, status: int) -> Element:
    assert answer.status_code == status, answer.text
    return read_html(answer.text)[1]


def notes(world: World) -> int:
    with world.looking() as db:
        return len(db.scalars(select(Note)).all())


def send_stale(client: CheckedClient, sam: UUID, **headers: str) -> TestResponse:
    """Send a note with a token from before."""
    at = f"/desk/registrations/{sam}"
    sent = {"Origin": ORIGIN, "Referer": ORIGIN + at, "Sec-Fetch-Site": "same-origin", **headers}
    data = {"csrf_token": "from-before", "text": TEXT}
    return client.post(f"{at}/notes", data=data, headers=sent)


def send_late(world: World, client: CheckedClient, sam: UUID) -> Element:
    """Send a note after a long pause; return the page that asks who is there."""
    at = f"/desk/registrations/{sam}"
    page = client.page(at)
    world.clock.advance(minutes=61)
    return page_of(client.submit(page, f"{at}/notes", at=at, text=TEXT), 403)


def sign_in_there(
    client: CheckedClient, asked: Element, password: str, *, email: str = SANNE
) -> TestResponse:
    """Answer the page that asks who is there."""
    return client.submit(asked, "/sign-in", at="/sign-in", email=email, password=password)


def test_a_stale_token_is_one_press_to_go_on(world: World, sanne: CheckedClient, sam: UUID) -> None:
    page = page_of(send_stale(sanne, sam), 400)
    assert page.all("blockquote")[0].text == " ".join(TEXT.split())
    assert notes(world) == 0
    action = f"/desk/registrations/{sam}/notes"
    assert sanne.submit(page, action, at=action).status_code == 303
    assert "na</b> vieren" in sanne.page(f"/desk/registrations/{sam}").text
    assert notes(world) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": ""},
        {"Origin": "", "Sec-Fetch-Site": ""},
    ],
)
def test_what_another_site_may_have_sent_is_never_offered_again(
    sanne: CheckedClient, sam: UUID, headers: dict[str, str]
) -> None:
    page = page_of(send_stale(sanne, sam, **headers), 403)
    assert "na vieren" not in page.text
    assert not page.all("form", method="post", action=f"/desk/registrations/{sam}/notes")


def test_after_a_long_pause_somebody_signs_in_and_goes_on(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    asked = send_late(world, sanne, sam)
    assert "Je was even weg" in asked.text
    assert notes(world) == 0
    again = page_of(sign_in_there(sanne, asked, PASSWORD), 200)
    assert again.all("blockquote")[0].text == " ".join(TEXT.split())
    assert sanne.submit(again, f"/desk/registrations/{sam}/notes", at="/sign-in").status_code == 303
    assert notes(world) == 1


def test_after_a_working_day_somebody_reads_that_their_words_were_not_kept(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    at = f"/desk/registrations/{sam}"
    page = sanne.page(at)
    world.clock.advance(hours=13)
    asked = page_of(sanne.submit(page, f"{at}/notes", at=at, text=TEXT), 403)
    assert "Wat je schreef is niet bewaard" in asked.text
    assert not asked.all("input", name="kept")
    assert "na vieren" not in asked.text


def test_a_wrong_password_on_the_way_keeps_the_text_too(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    asked = send_late(world, sanne, sam)
    wrong = page_of(sign_in_there(sanne, asked, "wrong"), 422)
    again = page_of(sign_in_there(sanne, wrong, PASSWORD), 200)
    assert again.all("blockquote")


def test_too_many_wrong_passwords_on_the_way_keep_the_text_too(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    asked = send_late(world, sanne, sam)
    for status in (*[422] * 8, 429):
        asked = page_of(sign_in_there(sanne, asked, "wrong"), status)
    assert asked.all("input", name="kept")


def test_whoever_signs_in_instead_sees_nothing_of_it(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    asked = send_late(world, sanne, sam)
    (kept,) = asked.all("input", name="kept")
    assert TEXT.encode() not in urlsafe_b64decode(kept.get("value"))
    answer = sign_in_there(sanne, asked, PASSWORD, email=ESRA)
    assert answer.headers["Location"] == "/start"
    assert notes(world) == 0


@pytest.mark.parametrize("kept", ["x", "WyIvZGVzay8iLFtdXQ.forged.signature"])
def test_a_kept_form_that_we_did_not_sign_is_thrown_away(
    world: World, client: CheckedClient, kept: str
) -> None:
    page = client.page("/sign-in")
    answer = client.submit(
        page, "/sign-in", at="/sign-in", email=SANNE, password=PASSWORD, kept=kept
    )
    assert answer.headers["Location"] == "/start"


def test_a_sign_in_page_that_stood_open_keeps_the_address(
    app: Flask, world: World, client: CheckedClient
) -> None:
    answer = client.post(
        "/sign-in",
        data={"csrf_token": "from-before", "email": SANNE, "password": PASSWORD},
        headers={"Origin": ORIGIN, "Referer": f"{ORIGIN}/sign-in", "Sec-Fetch-Site": "same-origin"},
    )
    page = page_of(answer, 400)
    assert page.all("input", name="email")[0].get("value") == SANNE
    assert PASSWORD not in answer.text
    sign_in(client, SANNE)


def test_a_password_is_never_carried_along(sanne: CheckedClient) -> None:
    answer = sanne.post(
        "/desk/find",
        data={"csrf_token": "from-before", "q": "Sam", "password": "verborgen"},
        headers={"Origin": ORIGIN, "Referer": f"{ORIGIN}/desk/", "Sec-Fetch-Site": "same-origin"},
    )
    assert "verborgen" not in answer.text
    assert page_of(answer, 400).all("blockquote")[0].text == "Sam"

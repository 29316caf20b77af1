from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.manage import add_account, find_account, switch_off
from portal.privacy.models import AuditEvent
from tests.desk.world import (
    ADMINISTRATOR,
    COORDINATOR,
    PASSWORD,
    REGISTRAR,
    SANNE,
    VIEWER,
    World,
    sign_in,
)
from tests.support.application import ORIGIN, CheckedClient
from tests.support.html import read_html
from tests.support.passwords import hashed

WRONG = "Dit e-mailadres en wachtwoord horen niet bij elkaar."


def try_password(client: CheckedClient, email: str, password: str) -> tuple[int, str]:
    page = client.page("/sign-in")
    answer = client.submit(page, "/sign-in", at="/sign-in", email=email, password=password)
    return answer.status_code, answer.text


@pytest.fixture
def dutch(world: World, client: CheckedClient) -> CheckedClient:
    """A Dutch browser in the furnished neighbourhood."""
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "nl"
    return client


def test_whoever_knows_the_password_comes_to_the_list(dutch: CheckedClient) -> None:
    sign_in(dutch, SANNE)
    assert dutch.get("/start").headers["Location"] == "/desk/"
    assert "Vandaag" in dutch.page("/desk/").text


@pytest.mark.parametrize(
    ("email", "home"), [(REGISTRAR, "/walkin/"), (SANNE, "/desk/"), (COORDINATOR, "/desk/")]
)
def test_everybody_starts_where_their_work_is(dutch: CheckedClient, email: str, home: str) -> None:
    sign_in(dutch, email)
    assert dutch.get("/start").headers["Location"] == home


@pytest.mark.parametrize(
    ("email", "told", "not_told"),
    [
        (VIEWER, "Totalen komen per afgesloten kwartaal. Hier zijn er nog geen.", "portal --help"),
        (ADMINISTRATOR, "portal --help noemt ze allemaal", "Totalen"),
    ],
)
def test_whoever_has_no_list_reads_what_they_may_do(
    world: World, dutch: CheckedClient, email: str, told: str, not_told: str
) -> None:
    world.register("Voorbeeld-Sam")
    sign_in(dutch, email)
    page = dutch.page("/start")
    assert told in page.text
    for words in (not_told, "Voorbeeld-Sam", "geen rol"):
        assert words not in page.text
    assert page.all("a", href="/sessions")
    refused = read_html(dutch.get("/desk/").text)[1]
    assert refused.all("a", href="/start")


def test_whoever_has_no_role_yet_reads_whom_to_ask(world: World, dutch: CheckedClient) -> None:
    with world.writing() as db:
        password, now = hashed(PASSWORD), world.clock()
        add_account(db, "nieuw@trudo.example", "Nieuw", password_hash=password, now=now)
    sign_in(dutch, "nieuw@trudo.example")
    text = dutch.page("/start").text
    assert "Vraag de beheerder om je er een te geven." in text
    assert "Totalen" not in text
    assert "portal --help" not in text


def test_unknown_wrong_and_switched_off_get_the_same_answer(
    world: World, dutch: CheckedClient
) -> None:
    with world.writing() as db:
        account = find_account(db, ADMINISTRATOR)
        assert account
        switch_off(db, account, now=world.clock())
    answers = {
        try_password(dutch, "niemand@trudo.example", PASSWORD)[1].replace("niemand@trudo", "x@y"),
        try_password(dutch, SANNE, "niet het wachtwoord")[1].replace("sanne@trudo", "x@y"),
        try_password(dutch, ADMINISTRATOR, PASSWORD)[1].replace(
            "administrator@aan-de-slag040", "x@y"
        ),
    }
    texts = {read_html(answer)[1].text for answer in answers}
    assert len(texts) == 1
    assert WRONG in texts.pop()


def test_a_wrong_password_keeps_the_address_and_never_the_password(dutch: CheckedClient) -> None:
    status, text = try_password(dutch, SANNE, "niet het wachtwoord")
    page = read_html(text)[1]
    assert status == 422
    assert page.all("input", name="email")[0].get("value") == SANNE
    assert not page.all("input", name="password")[0].has("value")
    assert page.all("title")[0].text.startswith("Fout:")


@pytest.mark.parametrize(("email", "password"), [("", ""), ("x" * 300, "x"), (SANNE, "x" * 300)])
def test_what_cannot_be_right_is_asked_for_again(
    dutch: CheckedClient, email: str, password: str
) -> None:
    assert try_password(dutch, email, password)[0] == 422


def test_after_eight_tries_at_one_account_it_takes_a_while(dutch: CheckedClient) -> None:
    for _ in range(8):
        assert try_password(dutch, SANNE, "niet het wachtwoord")[0] == 422
    assert try_password(dutch, SANNE, PASSWORD)[0] == 429


def test_after_twenty_tries_from_one_address_it_takes_a_while(dutch: CheckedClient) -> None:
    for number in range(20):
        assert try_password(dutch, f"wie-{number}@trudo.example", "x")[0] == 422
    assert try_password(dutch, SANNE, PASSWORD)[0] == 429


def test_whoever_tried_too_often_stays_at_the_door_with_their_address_as_typed(
    dutch: CheckedClient,
) -> None:
    for _ in range(8):
        try_password(dutch, SANNE, "niet het wachtwoord")
    page = read_html(try_password(dutch, SANNE, PASSWORD)[1])[1]
    assert "Wacht een paar minuten en probeer het dan weer." in page.text
    assert page.all("input", name="email")[0].get("value") == SANNE
    assert page.all("title")[0].text.startswith("Fout:")


def test_signing_in_starts_the_count_anew(dutch: CheckedClient) -> None:
    for _ in range(2):
        for _ in range(7):
            assert try_password(dutch, SANNE, "niet het wachtwoord")[0] == 422
        sign_in(dutch, SANNE)
        dutch.submit(dutch.page("/desk/"), "/sign-out", at="/desk/")


def test_tries_and_sign_ins_are_on_record_without_the_address(
    world: World, dutch: CheckedClient
) -> None:
    try_password(dutch, "niemand@trudo.example", PASSWORD)
    sign_in(dutch, SANNE)
    with world.looking() as db:
        written = db.execute(select(AuditEvent.action, AuditEvent.account_id)).all()
        sanne = find_account(db, SANNE)
    assert sanne
    assert sorted(map(tuple, written)) == [("sign_in", sanne.id), ("sign_in_failed", None)]


def test_a_session_planted_before_is_thrown_away(dutch: CheckedClient) -> None:
    page = dutch.page("/sign-in")
    with dutch.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session["csrf_token"]
    dutch.submit(page, "/sign-in", at="/sign-in", email=SANNE, password=PASSWORD)
    dutch.page("/desk/")
    with dutch.session_transaction() as session:
        assert "planted" not in session
        assert session["csrf_token"] != before


def test_after_signing_in_somebody_comes_to_the_page_they_asked_for(
    world: World, dutch: CheckedClient
) -> None:
    case = f"/desk/registrations/{world.register()}"
    assert dutch.get(case).headers["Location"] == "/sign-in"
    page = dutch.page("/sign-in")
    answer = dutch.submit(page, "/sign-in", at="/sign-in", email=SANNE, password=PASSWORD)
    assert answer.headers["Location"] == case


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example", "/\\evil", "x"])
def test_nobody_is_led_elsewhere_after_signing_in(dutch: CheckedClient, elsewhere: str) -> None:
    page = dutch.page("/sign-in")
    with dutch.session_transaction() as session:
        session["next"] = elsewhere
    answer = dutch.submit(page, "/sign-in", at="/sign-in", email=SANNE, password=PASSWORD)
    assert answer.headers["Location"] == "/start"


def test_signing_out_ends_the_session_also_for_whoever_kept_the_cookie(
    dutch: CheckedClient,
) -> None:
    sign_in(dutch, SANNE)
    page = dutch.page("/desk/")
    with dutch.session_transaction() as session:
        kept = dict(session)
    assert dutch.submit(page, "/sign-out", at="/desk/").status_code == 303
    with dutch.session_transaction() as session:
        assert "_user_id" not in session
        session.update(kept)
    assert dutch.get("/desk/").headers["Location"] == "/sign-in"


def test_an_hour_without_a_touch_signs_out(world: World, dutch: CheckedClient) -> None:
    sign_in(dutch, SANNE)
    world.clock.advance(minutes=59)
    dutch.page("/desk/")
    world.clock.advance(minutes=59)
    dutch.page("/desk/")
    world.clock.advance(minutes=61)
    assert dutch.get("/desk/").status_code == 303


def test_a_shared_tablet_signs_out_sooner(world: World, dutch: CheckedClient) -> None:
    sign_in(dutch, REGISTRAR)
    world.clock.advance(minutes=11)
    assert dutch.get("/sessions").status_code == 303


def test_the_cookie_of_staff_cannot_be_read_by_scripts_or_sent_by_other_sites(
    dutch: CheckedClient,
) -> None:
    page = dutch.page("/sign-in")
    answer = dutch.submit(page, "/sign-in", at="/sign-in", email=SANNE, password=PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-portal=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))


def test_a_sign_in_that_another_site_sends_is_refused(dutch: CheckedClient) -> None:
    answer = dutch.post(
        "/sign-in",
        data={"email": SANNE, "password": PASSWORD},
        headers={"Origin": "https://evil.example", "Referer": "https://evil.example/"},
    )
    assert answer.status_code == 403
    assert dutch.get("/desk/").headers["Location"] == "/sign-in"
    assert ORIGIN not in answer.text

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts.identity import Identity
from portal.db.engine import Database
from portal.followup.record import record_attempt
from portal.notify.models import OutboxMessage
from portal.registration.models import Note, Registration, RegistrationEvent
from portal.registration.reference import readings
from portal.web.limits import CODE_GUESSES
from tests.desk.world import SANNE, World
from tests.frontdoor.visiting import actions, code_on, heading, post, register, tree
from tests.support.application import CheckedClient
from tests.support.clock import SettableClock


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """Eindhoven, with people at desks."""
    made = World(database, clock)
    made.furnish()
    return made


@pytest.fixture
def sanne(world: World) -> Identity:
    """Sanne, who calls tenants of Trudo."""
    return world.identity(SANNE)


@pytest.fixture
def page(world: World, client: CheckedClient) -> str:
    """The address of a status page, by code, of somebody who just registered."""
    return f"/nl/status/{code_on(register(client, email='sam@post.nl'))}"


def calls(world: World, sanne: Identity, result: str) -> None:
    """Sanne writes down an attempt to reach the one who registered."""
    with world.writing() as db:
        sam = db.scalars(select(Registration)).one()
        record_attempt(db, sam, result, by=sanne, now=world.clock())


def many(world: World, table: Any) -> int:
    with world.looking() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def test_a_code_leads_to_its_page_however_it_is_typed(client: CheckedClient, page: str) -> None:
    code = page.rpartition("/")[2]
    for typed in (code, code.lower(), code.replace("-", " "), f" {code} "):
        answer = client.submit(client.page("/nl/status"), "/nl/status", at="/nl/status", code=typed)
        assert (answer.status_code, answer.headers["Location"]) == (303, page)


def test_a_page_by_code_has_one_address(client: CheckedClient, page: str) -> None:
    code = page.rpartition("/")[2]
    for written in (code.lower(), code.replace("-", ""), code.replace("-", " ")):
        answer = client.get(f"/nl/status/{written}")
        assert (answer.status_code, answer.headers["Location"]) == (303, page)
    answer = post(client, f"/nl/status/{code.lower()}/line", {"text": "Dag"})
    assert answer.headers["Location"] == f"{page}?done=line"


@pytest.mark.parametrize(
    "junk", ["%3F", "%3Fdone=line", "%2E", "%3Cb%3E", "%27", "%0A", "%E2%80%8B"]
)
def test_junk_behind_a_code_is_a_friendly_page_with_the_code_filled_in(
    client: CheckedClient, page: str, junk: str
) -> None:
    lost = client.page(f"{page}{junk}", 404)
    assert "Deze code kennen we niet. Kijk nog eens goed, of bel ons." in lost.text
    [typed] = lost.all("input", name="code")
    assert typed.get("value").startswith(page.rpartition("/")[2])


def test_a_sign_that_no_code_has_leads_to_the_one_page_it_can_mean(
    client: CheckedClient, world: World
) -> None:
    """Of a code with many signs that look alike none is tried; then the test registers anew."""
    confused = {"D": "0", "Q": "0", "7": "1", "T": "1", "J": "1", "V": "U"}
    for number in range(50):
        code = code_on(register(client, phone=f"06 123456{number:02}"))
        sign = next((each for each in code if each in confused), "")
        typed = code.replace(sign, confused.get(sign, ""), 1)
        if sign and code.replace("-", "") in readings(typed):
            break
    answer = post(client, "/nl/status", {"code": typed})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/nl/status/{code}")


def test_it_says_whose_move_it_is_and_by_when(client: CheckedClient, page: str) -> None:
    shown = client.page(page)
    assert heading(shown) == "Sanne heeft je antwoorden"
    assert "Sanne belt je uiterlijk vrijdag 20 november." in shown.text
    assert "040 123 4501" in shown.text


def test_a_code_shows_nothing_about_the_person(client: CheckedClient, page: str) -> None:
    post(client, f"{page}/line", {"text": "Ik houd van tulpen"})
    shown = client.page(page).text
    for private in ("Voorbeeld-Sam", "12345678", "sam@post.nl", "5616", "tulpen"):
        assert private not in shown


def test_a_code_has_these_powers_and_no_others(client: CheckedClient, page: str) -> None:
    assert actions(client.page(page)) == {"line", "stop"}
    for power in ("phone", "consent", "erase", "copy"):
        assert post(client, f"{page}/{power}", {"sure": "yes"}).status_code == 404


def test_a_call_that_was_logged_is_seen(
    client: CheckedClient, world: World, sanne: Identity, page: str
) -> None:
    world.clock.set("2026-11-19T11:00")
    calls(world, sanne, "no_answer")
    shown = client.page(page)
    assert heading(shown) == "Sanne probeerde je te bereiken"
    assert "donderdag 19 november We belden. Niemand nam op." in shown.text
    calls(world, sanne, "reached")
    assert heading(client.page(page)) == "Je hebt met ons gepraat"


def test_who_was_asked_to_pass_it_on_is_seen(
    client: CheckedClient, world: World, sanne: Identity, page: str
) -> None:
    with world.looking() as db:
        sam = db.scalars(select(Registration.id)).one()
    world.at_a_counter(sam)
    calls(world, sanne, "registrar")
    assert "We vroegen wie je aanmeldde om je een bericht te geven." in client.page(page).text


def test_a_line_is_taken_and_thanked_for(client: CheckedClient, world: World, page: str) -> None:
    answer = client.submit(
        client.page(page), f"{page}/line", at=page, text="Ik kan niet op dinsdag"
    )
    assert answer.status_code == 303
    assert "We hebben gekregen wat je schreef." in client.page(answer.headers["Location"]).text
    assert many(world, Note) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Schrijf eerst iets."),
        ("x" * 501, "Schrijf het korter."),
        ("BSN 123456782", "We willen je BSN niet."),
    ],
)
def test_a_line_that_cannot_be_kept_comes_back_as_typed(
    client: CheckedClient, world: World, page: str, text: str, said: str
) -> None:
    again = tree(post(client, f"{page}/line", {"text": text}), 422)
    assert said in again.text
    [box] = again.all("textarea", name="text")
    assert "".join(str(part) for part in box.children) == text
    assert again.all("title")[0].text.startswith("Fout:")
    assert many(world, Note) == 0


def test_somebody_may_insist_that_a_number_is_no_bsn(
    client: CheckedClient, world: World, page: str
) -> None:
    again = tree(post(client, f"{page}/line", {"text": "Dossier 123456782"}), 422)
    assert again.all("input", name="insist")
    sent = client.submit(again, f"{page}/line", at=page, insist="yes")
    assert sent.status_code == 303
    assert many(world, Note) == 1


def test_nobody_called_me_is_there_from_the_day_after(
    client: CheckedClient, world: World, page: str
) -> None:
    world.clock.set("2026-11-20T23:59")
    assert "nobody-called" not in actions(client.page(page))
    early = tree(post(client, f"{page}/nobody-called", {}), 409)
    assert "Dat kan nu niet." in early.text
    world.clock.set("2026-11-21T00:00")
    late = client.page(page)
    assert heading(late) == "Heeft Sanne je niet gebeld?"
    answer = client.submit(late, f"{page}/nobody-called", at=page)
    told = client.page(answer.headers["Location"])
    assert "Bedankt dat je het zegt." in told.text
    assert "Sanne belt je uiterlijk maandag 23 november." in told.text
    assert "november. Noor weet het ook." in told.text
    assert "040 123 4561" in told.text
    assert "zaterdag 21 november Je zei ons dat niemand heeft gebeld." in told.text
    with world.looking() as db:
        assert db.scalars(select(Registration.nobody_called_at)).one() is not None
        assert "nobody_called" in db.scalars(select(RegistrationEvent.event)).all()
        db.scalars(select(OutboxMessage).where(OutboxMessage.kind == "nobody_called")).one()
    tree(post(client, f"{page}/nobody-called", {}), 409)


def test_who_said_that_nobody_called_is_never_shown_a_day_that_has_passed(
    client: CheckedClient, world: World, page: str
) -> None:
    world.clock.set("2026-11-21T10:00")
    post(client, f"{page}/nobody-called", {})
    world.clock.set("2026-11-24T00:00")
    told = client.page(page).text
    assert "23 november" not in told
    assert "Heb je nog niets gehoord? Bel dan." in told


def test_who_was_called_in_vain_is_not_told_that_nobody_called(
    client: CheckedClient, world: World, sanne: Identity, page: str
) -> None:
    world.clock.set("2026-11-19T11:00")
    calls(world, sanne, "voicemail")
    world.clock.set("2026-11-21T00:00")
    late = client.page(page)
    assert heading(late) == "We probeerden je te bereiken. Het lukte niet."
    assert "Sanne probeert het weer." in late.text
    assert "niet gebeld" not in late.text
    [button] = [each for each in late.all("button") if each.get("class") == "go"]
    assert button.text == "Toch niemand gesproken? Zeg het ons"
    assert post(client, f"{page}/nobody-called", {}).status_code == 303


def test_a_stop_can_be_taken_back_for_48_hours(
    client: CheckedClient, world: World, page: str
) -> None:
    assert client.submit(client.page(page), f"{page}/stop", at=page).status_code == 303
    stopped = client.page(page)
    assert heading(stopped) == "Je bent gestopt"
    assert "woensdag 18 november Je bent gestopt." in stopped.text
    assert actions(stopped) == {"undo-stop"}
    world.clock.advance(hours=48)
    assert client.submit(client.page(page), f"{page}/undo-stop", at=page).status_code == 303
    assert heading(client.page(page)) == "Sanne heeft je antwoorden"


def test_who_just_stopped_reads_it_once_and_that_it_is_fine(
    client: CheckedClient, page: str
) -> None:
    answer = client.submit(client.page(page), f"{page}/stop", at=page)
    [banner] = [
        each.text for each in client.page(answer.headers["Location"]).all("p", role="status")
    ]
    assert banner == "Dat mag."


def test_after_48_hours_a_stop_stays(client: CheckedClient, world: World, page: str) -> None:
    post(client, f"{page}/stop", {})
    world.clock.advance(hours=48, minutes=1)
    assert actions(client.page(page)) == set()
    tree(post(client, f"{page}/undo-stop", {}), 409)
    tree(post(client, f"{page}/stop", {}), 409)
    tree(post(client, f"{page}/line", {"text": "Dag"}), 409)


def test_a_code_that_nobody_has_is_told_kindly(client: CheckedClient, world: World) -> None:
    unknown = client.page("/nl/status/222-222-22", 404)
    assert "Deze code kennen we niet. Kijk nog eens goed, of bel ons." in unknown.text
    [typed] = unknown.all("input", name="code")
    assert typed.get("value") == "222-222-22"
    typed_in = tree(post(client, "/nl/status", {"code": "222 222 22"}), 404)
    [kept] = typed_in.all("input", name="code")
    assert kept.get("value") == "222 222 22"
    short = tree(post(client, "/nl/status", {"code": "K7P"}), 422)
    assert "Een code heeft 8 letters en cijfers" in short.text


def test_guessing_codes_ends_but_looking_at_ones_own_does_not(
    client: CheckedClient, page: str
) -> None:
    for _ in range(CODE_GUESSES.amount + 5):
        assert client.get(page).status_code == 200
    for _ in range(CODE_GUESSES.amount):
        assert client.get("/nl/status/222-222-22").status_code == 404
    assert client.get("/nl/status/333-333-33").status_code == 429
    assert client.get(page).status_code == 429


def test_looking_changes_nothing(client: CheckedClient, world: World, page: str) -> None:
    before = many(world, RegistrationEvent)
    for power in ("line", "nobody-called", "stop", "undo-stop"):
        assert client.get(f"{page}/{power}").status_code in (404, 405)
    assert client.get(f"{page}?done=stopped").headers["Cache-Control"] == "no-store"
    assert many(world, RegistrationEvent) == before
    with world.looking() as db:
        assert db.scalars(select(Registration.state)).one() == "new"


@pytest.mark.parametrize("locale", ["en", "tr", "ar"])
def test_it_can_be_read_in_every_language(client: CheckedClient, page: str, locale: str) -> None:
    there = client.page(page.replace("/nl/", f"/{locale}/", 1))
    assert there.all("html", lang=locale)

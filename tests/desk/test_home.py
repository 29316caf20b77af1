from __future__ import annotations

import pytest
from flask import Flask

from portal.followup.record import record_attempt
from portal.registration.change import say_nobody_called
from portal.registration.models import Registration
from tests.desk.world import COORDINATOR, SANNE, World, sign_in
from tests.support.application import CheckedClient


def blocks(client: CheckedClient, path: str = "/desk/") -> list[str]:
    return [heading.text for heading in client.page(path).all("h2")]


def test_an_empty_list_is_a_friendly_sentence(sanne: CheckedClient) -> None:
    page = sanne.page("/desk/")
    assert "Er wacht nu niemand op jou. Fijn." in page.text
    assert not page.all("h2")


def test_the_sentence_on_top_says_how_it_stands(world: World, sanne: CheckedClient) -> None:
    world.register()
    assert "Niemand wacht te lang." in sanne.page("/desk/").text
    world.clock.set("2026-11-23T09:00")
    sign_in(sanne, SANNE)
    assert "1 persoon wacht te lang. Verder loopt alles." in sanne.page("/desk/").text
    world.register("Voorbeeld-Bo", contact="trudo-mo")
    world.clock.set("2026-11-26T09:00")
    sign_in(sanne, SANNE)
    assert "Bij collega’s wacht 1 persoon te lang." in sanne.page("/desk/").text


def test_a_row_says_since_when_who_which_language_what_and_what_next(
    world: World, sanne: CheckedClient
) -> None:
    case = world.register(
        "Voorbeeld-Sam", language="ar", wishes=("paid_work", "learning", "together")
    )
    world.clock.set("2026-11-18T10:30")
    row = sanne.page("/desk/").all("li", **{"class": "person"})[0]
    for words in (
        "vandaag",
        "sinds 10:00",
        "Voorbeeld-Sam",
        "Arabisch",
        "betaald werk",
        "leren",
        "en nog 1",
        "Bel uiterlijk vr 20 nov",
    ):
        assert words in row.text
    address = f"/desk/registrations/{case}"
    assert [link.get("href") for link in row.all("a")] == [address, f"{address}#log"]


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-11-18T23:59", "vandaag"),
        ("2026-11-19T00:01", "gisteren"),
        ("2026-11-20T10:00", "2 dagen"),
    ],
)
def test_waiting_is_counted_in_days_of_the_calendar(
    world: World, client: CheckedClient, moment: str, shown: str
) -> None:
    world.register()
    world.clock.set(moment)
    sign_in(client, SANNE)
    row = client.page("/desk/").all("li", **{"class": "person"})[0]
    assert row.all("b")[0].text == shown


def test_blocks_come_in_a_fixed_order(world: World, client: CheckedClient) -> None:
    identity = world.identity(SANNE)
    complaining, tried = world.register("Voorbeeld-Een"), world.register("Voorbeeld-Twee")
    with world.writing() as db:
        record_attempt(
            db, db.get_one(Registration, tried), "no_answer", by=identity, now=world.clock()
        )
    world.clock.set("2026-11-23T09:00")
    with world.writing() as db:
        registration = db.get_one(Registration, complaining)
        say_nobody_called(db, registration, spoken=False, now=world.clock())
    world.register("Voorbeeld-Drie")
    sign_in(client, SANNE)
    assert blocks(client) == ["Niemand belde 1", "Nog niemand belt 1", "Te laat 1"]


def test_the_rest_is_folded_until_somebody_asks(world: World, sanne: CheckedClient) -> None:
    identity, sam = world.identity(SANNE), world.register()
    with world.writing() as db:
        record_attempt(db, db.get_one(Registration, sam), "reached", by=identity, now=world.clock())
    page = sanne.page("/desk/")
    assert "Voorbeeld-Sam" not in page.text
    assert "Nog 1 persoon voor later" in page.text
    assert "Voorbeeld-Sam" in sanne.page("/desk/?rest=open").text


def test_a_handler_sees_their_own_people_first_and_everybody_on_request(
    world: World, sanne: CheckedClient
) -> None:
    world.register("Voorbeeld-Bo", contact="trudo-mo")
    page = sanne.page("/desk/")
    assert "Voorbeeld-Bo" not in page.text
    assert "En 1 bij collega’s" in page.text
    everybody = sanne.page("/desk/?who=everyone")
    assert "Voorbeeld-Bo" in everybody.text
    assert "bij Mo" in everybody.text


def test_a_coordinator_sees_everybody(world: World, client: CheckedClient) -> None:
    world.register("Voorbeeld-Sam")
    world.register("Voorbeeld-Bo", contact="trudo-mo")
    world.register("Voorbeeld-Ali", contact="woonbedrijf-esra")
    sign_in(client, COORDINATOR)
    text = client.page("/desk/").text
    assert "Voorbeeld-Sam" in text
    assert "Voorbeeld-Bo" in text
    assert "Voorbeeld-Ali" not in text


def test_somebody_without_a_phone_is_not_to_be_called(world: World, sanne: CheckedClient) -> None:
    world.register(phone=None, drop_by="de-voorbeeldhoek")
    text = sanne.page("/desk/").text
    assert "Komt langs, uiterlijk vr 20 nov" in text
    assert "geen telefoon" in text


def test_somebody_with_only_an_address_is_written_to(world: World, sanne: CheckedClient) -> None:
    world.register(phone=None, email="sam@voorbeeld.example")
    assert "Mail uiterlijk vr 20 nov" in sanne.page("/desk/").text


def test_the_page_takes_as_many_queries_for_many_as_for_one(
    world: World, sanne: CheckedClient
) -> None:
    world.register()
    sanne.page("/desk/")
    with world.counting() as few:
        sanne.page("/desk/")
    for number in range(10):
        world.register(f"Voorbeeld-{number}")
    with world.counting() as many:
        assert len(sanne.page("/desk/").all("h3")) == 11
    assert len(many) == len(few) <= 12


def test_staff_read_their_own_language(app: Flask, world: World) -> None:
    with world.writing() as db:
        from portal.accounts.manage import find_account

        account = find_account(db, SANNE)
        assert account
        account.locale = "en"
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    sign_in(client, SANNE)
    page = client.page("/desk/")
    assert page.all("html")[0].get("lang") == "en"
    assert "Nobody waits for you right now." in page.text

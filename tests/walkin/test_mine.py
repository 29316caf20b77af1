from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.db.engine import Database
from portal.registration.models import Registration
from tests.support.application import CheckedClient
from tests.support.clock import SettableClock
from tests.walkin.conftest import AT_ATHOS
from tests.walkin.counter import add_staff, register, sign_in


def test_an_empty_list_is_a_friendly_sentence(registrar: CheckedClient) -> None:
    assert "Zet vast koffie" in registrar.page("/walkin/").text


def test_status_words_and_nothing_else(registrar: CheckedClient) -> None:
    register(registrar, phone="06 12345678", email="ravi@voorbeeld.example")
    page = registrar.page("/walkin/").text
    assert "Eerste contact uiterlijk vrijdag 20 november" in page
    assert "woensdag 18 november, 10:00" in page
    for secret in ("Ravi", "12345678", "voorbeeld.example", "Samen iets doen", "Jamal"):
        assert secret not in page


def test_the_end_of_the_code_tells_two_people_apart(
    registrar: CheckedClient, maastricht: Database
) -> None:
    path = register(registrar)
    slip = registrar.submit(registrar.page(path), path, at=path).text
    page = registrar.page("/walkin/").text
    shown = page.split("code eindigt op ")[1][:2]
    assert f"-{shown}<" in slip
    assert f"-{shown}" not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("picked_up", "Er is iemand mee bezig"),
        ("referred", "Er wordt een plek gevraagd"),
        ("active", "Is begonnen"),
        ("waiting", "Ligt even stil"),
        ("aftercare", "Heeft iets gevonden"),
        ("closed", "Is afgesloten"),
    ],
)
def test_every_state_has_its_words(
    registrar: CheckedClient, maastricht: Database, state: str, words: str
) -> None:
    register(registrar)
    with maastricht.writing.begin() as db:
        db.execute(update(Registration).values(state=state))
    assert words in registrar.page("/walkin/").text


def test_a_first_contact_that_is_late_stands_out(
    registrar: CheckedClient, clock: SettableClock
) -> None:
    register(registrar)
    clock.set("2026-11-21T00:00")
    sign_in(registrar, AT_ATHOS)
    page = registrar.page("/walkin/")
    assert "Het eerste contact moest er vrijdag 20 november zijn" in page.text
    assert any("late" in row.get("class").split() for row in page.all("li"))


def test_after_thirty_days_they_are_gone(
    registrar: CheckedClient, maastricht: Database, clock: SettableClock
) -> None:
    path = register(registrar)
    clock.advance(days=30)
    sign_in(registrar, AT_ATHOS)
    assert "Zet vast koffie" in registrar.page("/walkin/").text
    assert registrar.get(path).status_code == 404
    with maastricht.reading() as db:
        assert len(db.scalars(select(Registration)).all()) == 1


def test_another_registrar_sees_only_their_own(
    registrar: CheckedClient, maastricht: Database, app: Flask
) -> None:
    register(registrar)
    add_staff(maastricht, "ander@athos.example", ("athos", "registrar"))
    other = app.test_client()
    assert isinstance(other, CheckedClient)
    sign_in(other, "ander@athos.example")
    assert "Zet vast koffie" in other.page("/walkin/").text


def test_who_also_follows_cases_sees_here_only_whom_they_registered(
    registrar: CheckedClient, maastricht: Database, app: Flask
) -> None:
    register(registrar)
    roles = (("athos", "registrar"), ("athos", "handler"))
    add_staff(maastricht, "beide@athos.example", *roles)
    other = app.test_client()
    assert isinstance(other, CheckedClient)
    sign_in(other, "beide@athos.example")
    assert "Zet vast koffie" in other.page("/walkin/").text


def test_ten_minutes_away_ends_the_session(registrar: CheckedClient, clock: SettableClock) -> None:
    clock.advance(minutes=11)
    assert registrar.get("/walkin/").headers["Location"] == "/sign-in"


def test_a_long_talk_does_not_end_it(registrar: CheckedClient, clock: SettableClock) -> None:
    for _ in range(4):
        clock.advance(minutes=8)
        assert registrar.get("/walkin/here").status_code == 204
    assert registrar.get("/walkin/").status_code == 200


def test_after_signing_out_nothing_of_it_opens(registrar: CheckedClient) -> None:
    path = register(registrar)
    registrar.submit(registrar.page("/walkin/"), "/sign-out", at="/walkin/")
    for page in ("/walkin/", "/walkin/new", path):
        assert registrar.get(page).headers["Location"] == "/sign-in"

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from portal.db.engine import Database
from portal.followup.models import ContactAttempt
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.queries import by_code, by_link
from tests.support.application import CheckedClient, values_of
from tests.support.clock import SettableClock
from tests.support.html import Element
from tests.walkin.counter import LEAST, add_staff, check, register, sign_in, tree


def open_slip(client: CheckedClient, path: str) -> Element:
    return tree(client.submit(client.page(path), path, at=path))


def events(database: Database) -> list[str]:
    with database.reading() as db:
        return [event.event for event in db.scalars(select(RegistrationEvent))]


def test_what_was_read_aloud_cannot_be_sent_at_the_tenants_door(
    registrar: CheckedClient, maastricht: Database
) -> None:
    page = check(registrar, **{**LEAST, "phone": "06 12345678", "postcode": "6217 AB"})
    (form,) = page.all("form", action="/walkin/send")
    fields = {**values_of(form), "consent": "yes"}
    assert fields["shown"]
    answer = registrar.post("/nl/send", data=fields)
    assert answer.status_code == 422
    assert events(maastricht) == []


def test_the_slip_holds_a_code_and_a_link_that_lead_to_this_person(
    registrar: CheckedClient, maastricht: Database
) -> None:
    slip = open_slip(registrar, register(registrar)).all("section")[0]
    code = re.search(r"\b[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{2}\b", slip.text)
    link = re.search(r"https://localhost/nl/mine/([\w-]+)", slip.text)
    assert code
    assert link
    assert slip.all("svg")
    assert "Jamal" in slip.text
    assert "vrijdag 20 november" in slip.text
    with maastricht.reading() as db:
        found = by_code(db, code[0])
        assert found
        assert found == by_link(db, link[1])


def test_the_slip_is_safe_on_a_kitchen_table(registrar: CheckedClient) -> None:
    slip = open_slip(registrar, register(registrar, wish="paid_work")).all("section")[0]
    for word in ("werk", "Voorbeeld-Ravi", "huur", "Samen iets doen"):
        assert word not in slip.text


def test_the_slip_is_in_the_language_of_the_person(registrar: CheckedClient) -> None:
    slip = open_slip(registrar, register(registrar, language="ar")).all("section")[0]
    assert (slip.get("lang"), slip.get("dir")) == ("ar", "rtl")
    assert "/ar/mine/" in slip.text
    assert "الجمعة" in slip.text


def test_the_slip_is_shown_once(registrar: CheckedClient, maastricht: Database) -> None:
    path = register(registrar)
    page = registrar.page(path)
    assert registrar.submit(page, path, at=path).status_code == 200
    again = registrar.submit(page, path, at=path)
    assert (again.status_code, again.headers["Location"]) == (303, path)
    assert "/mine/" not in registrar.get(path).text
    assert events(maastricht).count("link_shown") == 1


def test_looking_at_the_receipt_changes_nothing_and_shows_no_secret(
    registrar: CheckedClient, maastricht: Database
) -> None:
    path = register(registrar)
    for _ in range(2):
        page = registrar.get(path)
        assert "/mine/" not in page.text
        assert "Voorbeeld-Ravi" not in page.text
    assert events(maastricht) == ["submit"]


def test_a_double_tap_on_send_does_not_spend_the_slip(registrar: CheckedClient) -> None:
    path = register(registrar)
    registrar.page(path)
    registrar.page(path)
    assert "/mine/" in open_slip(registrar, path).text


def test_after_half_an_hour_the_slip_stays_closed(
    registrar: CheckedClient, clock: SettableClock
) -> None:
    path = register(registrar)
    page = registrar.page(path)
    for _ in range(4):
        clock.advance(minutes=8)
        registrar.get("/walkin/here")
    assert not [form for form in registrar.page(path).all("form") if form.get("action") == path]
    assert registrar.submit(page, path, at=path).status_code == 303


def test_another_registrar_sees_nothing_of_it(
    registrar: CheckedClient, maastricht: Database, app: Flask
) -> None:
    path = register(registrar)
    add_staff(maastricht, "ander@athos.example", ("athos", "registrar"))
    other = app.test_client()
    assert isinstance(other, CheckedClient)
    sign_in(other, "ander@athos.example")
    assert other.get(path).status_code == 404
    token = other.page("/walkin/new").all("input", name="csrf_token")[0].get("value")
    for action in (path, f"{path}/called", f"{path}/called/undo"):
        headers = {"Origin": "https://localhost", "Referer": "https://localhost/walkin/"}
        answer = other.post(action, data={"csrf_token": token}, headers=headers)
        assert answer.status_code == 404
    assert events(maastricht) == ["submit"]


def test_whoever_follows_the_case_does_not_get_the_slip(
    registrar: CheckedClient, maastricht: Database, app: Flask
) -> None:
    path = register(registrar)
    roles = (("athos", "registrar"), ("athos", "handler"))
    add_staff(maastricht, "beide@athos.example", *roles)
    other = app.test_client()
    assert isinstance(other, CheckedClient)
    sign_in(other, "beide@athos.example")
    assert other.get(path).status_code == 404


def test_having_called_together_is_a_contact_that_ends_the_waiting(
    registrar: CheckedClient, maastricht: Database, clock: SettableClock
) -> None:
    path = register(registrar)
    page = registrar.page(path)
    assert "tel:+31431234502" in {link.get("href") for link in page.all("a")}
    clock.advance(minutes=3)
    for _ in range(2):
        answer = registrar.submit(page, f"{path}/called", at=path)
        assert answer.headers["Location"] == path
    with maastricht.reading() as db:
        [attempt] = db.scalars(select(ContactAttempt))
        row = db.scalars(select(Registration)).one()
    assert (attempt.result, attempt.account_id) == ("reached", row.registered_by_id)
    assert (row.state, row.waiting_since) == ("picked_up", clock())
    assert "Er is iemand mee bezig" in registrar.page(path).text


def press_called(registrar: CheckedClient, clock: SettableClock, path: str) -> Element:
    """Press that we spoke, a minute later; return the receipt as it is after that."""
    clock.advance(minutes=1)
    registrar.submit(registrar.page(path), f"{path}/called", at=path)
    return registrar.page(path)


def test_the_receipt_says_that_having_called_was_written_down_and_takes_it_back(
    registrar: CheckedClient, maastricht: Database, clock: SettableClock
) -> None:
    path = register(registrar)
    page = press_called(registrar, clock, path)
    assert [each.text for each in page.all("p", role="status")] == [
        "Opgeschreven: jullie spraken Jamal. Vergist? Je kunt dit tot 10:16 ongedaan maken."
    ]
    open_slip(registrar, path)
    clock.advance(minutes=9)
    page = registrar.page(path)
    assert registrar.submit(page, f"{path}/called/undo", at=path).headers["Location"] == path
    page = registrar.page(path)
    assert "Het is ongedaan gemaakt: alles is weer zoals het was." in page.text
    assert "Eerste contact uiterlijk vrijdag 20 november" in page.text
    assert page.all("form", action=f"{path}/called")
    with maastricht.reading() as db:
        assert not db.scalars(select(ContactAttempt)).all()


def test_after_a_quarter_of_an_hour_having_called_stays_and_the_receipt_says_so(
    registrar: CheckedClient, maastricht: Database, clock: SettableClock
) -> None:
    path = register(registrar)
    page = press_called(registrar, clock, path)
    clock.advance(minutes=8)
    registrar.get("/walkin/here")
    clock.advance(minutes=8)
    assert not registrar.page(path).all("form", action=f"{path}/called/undo")
    registrar.submit(page, f"{path}/called/undo", at=path)
    assert "Ongedaan maken kan niet meer." in registrar.page(path).text
    assert "attempt_undone" not in events(maastricht)


@pytest.mark.parametrize("path", ["/walkin/", "/walkin/new", "/walkin/here", "/walkin/near/6213"])
def test_nothing_of_the_counter_is_kept_on_the_way(registrar: CheckedClient, path: str) -> None:
    assert registrar.get(path).headers["Cache-Control"] == "no-store"


def test_neither_receipt_nor_slip_is_kept_on_the_way(registrar: CheckedClient) -> None:
    path = register(registrar)
    assert registrar.get(path).headers["Cache-Control"] == "no-store"
    slip = registrar.submit(registrar.page(path), path, at=path)
    assert slip.headers["Cache-Control"] == "no-store"

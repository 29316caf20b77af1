from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.db.engine import Database
from portal.registration.models import Registration
from tests.support.application import CheckedClient
from tests.support.html import Element, read_html
from tests.walkin.counter import LEAST, agree, check
from tests.walkin.form import FIELDS, ODD

FROM_US = {"Origin": "https://localhost", "Referer": "https://localhost/walkin/new"}


def token(client: CheckedClient) -> str:
    return client.page("/walkin/new").all("input", name="csrf_token")[0].get("value")


def count(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Registration)) or 0


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_nothing_that_is_typed_breaks_the_page(
    registrar: CheckedClient, odd: str | list[str]
) -> None:
    page = registrar.page("/walkin/new")
    for fields in (
        {"first_name": odd},
        {"postcode": odd},
        {"phone": odd},
        dict.fromkeys(FIELDS, odd),
    ):
        answer = registrar.submit(page, "/walkin/check", at="/walkin/new", **{**LEAST, **fields})
        assert answer.status_code in (200, 422), fields
        shown = read_html(answer.text)[1]
        assert not shown.all("script", src="x")
        assert not shown.all("b", id="planted")


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_nothing_that_is_sent_breaks_sending(
    registrar: CheckedClient, maastricht: Database, odd: str | list[str]
) -> None:
    page = check(registrar, **LEAST)
    for field in ("interpreter", "shown", "consent", "counter", "rather", "like"):
        assert agree(registrar, page, **{field: odd}).status_code in (303, 409, 422), field
    assert count(maastricht) <= 1


def test_a_yes_and_a_no_to_the_consent_store_nothing(
    registrar: CheckedClient, maastricht: Database
) -> None:
    page = check(registrar, **LEAST)
    answer = agree(registrar, page, consent=["yes", "no"])
    assert answer.status_code == 422
    assert "Geef 1 antwoord." in answer.text
    assert LEAST["first_name"] in answer.text
    assert count(maastricht) == 0


def test_a_body_of_ten_megabytes_is_refused(registrar: CheckedClient) -> None:
    data = {"csrf_token": token(registrar), "first_name": "a" * 10_000_000}
    answer = registrar.post("/walkin/check", data=data, headers=FROM_US)
    assert answer.status_code == 413


def test_another_content_type_is_an_empty_form(
    registrar: CheckedClient, maastricht: Database
) -> None:
    headers = {**FROM_US, "X-CSRFToken": token(registrar)}
    for path in ("/walkin/check", "/walkin/send"):
        answer = registrar.post(path, json={"wish": "paid_work"}, headers=headers)
        assert answer.status_code == 422
    assert count(maastricht) == 0


def test_another_site_sends_nothing(registrar: CheckedClient, maastricht: Database) -> None:
    page = check(registrar, **LEAST)
    form: Element = next(each for each in page.all("form") if each.get("action") == "/walkin/send")
    data = {each.get("name"): each.get("value") for each in form.all("input")} | {"consent": "yes"}
    headers = {"Origin": "https://elders.example", "Referer": "https://elders.example/"}
    assert registrar.post("/walkin/send", data=data, headers=headers).status_code in (400, 403)
    assert count(maastricht) == 0

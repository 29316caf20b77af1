from __future__ import annotations

from flask import Flask

from tests.desk.world import ESRA, SANNE, World, sign_in
from tests.support.application import CheckedClient


def rows(client: CheckedClient) -> list[str]:
    return [row.text for row in client.page("/sessions").all("li") if row.get("class") == "session"]


def test_somebody_sees_where_they_are_signed_in(world: World, sanne: CheckedClient) -> None:
    page = sanne.page("/sessions")
    assert "Sanne Voorbeeld" in page.text
    assert "Trudo" in page.text
    assert len(rows(sanne)) == 1
    assert "hier" in rows(sanne)[0]


def test_a_session_elsewhere_can_be_ended(app: Flask, world: World, sanne: CheckedClient) -> None:
    phone = app.test_client()
    assert isinstance(phone, CheckedClient)
    world.clock.advance(minutes=1)
    sign_in(phone, SANNE)
    page = sanne.page("/sessions")
    actions = [form.get("action") for form in page.all("form")]
    [revoke] = [action for action in actions if action.endswith("/revoke")]
    assert sanne.submit(page, revoke, at="/sessions").status_code == 303
    assert phone.get("/desk/").headers["Location"] == "/sign-in"
    assert len(rows(sanne)) == 1


def test_nobody_ends_the_session_of_somebody_else(
    app: Flask, world: World, sanne: CheckedClient
) -> None:
    phone, esra = app.test_client(), app.test_client()
    assert isinstance(phone, CheckedClient)
    assert isinstance(esra, CheckedClient)
    sign_in(phone, ESRA)
    sign_in(esra, ESRA)
    page = esra.page("/sessions")
    actions = [form.get("action") for form in page.all("form")]
    [revoke] = [action for action in actions if action.endswith("/revoke")]
    own = sanne.page("/sessions").all("input", name="csrf_token")[0].get("value")
    answer = sanne.post(
        revoke, data={"csrf_token": own}, headers={"Referer": "https://localhost/sessions"}
    )
    assert answer.status_code == 404
    assert len(rows(esra)) == 2

"""Whoever looks at somebody holds up nobody: people register while a page is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask, before_render_template

from tests.desk.partners import Desk, speak
from tests.desk.world import LINDA, World, organization_id, sign_in
from tests.reply.asking import Asking
from tests.support.application import CheckedClient


@pytest.fixture
def came(app: Flask, world: World) -> Iterator[list[UUID]]:
    """Who registered, each at the moment when a page begins to be drawn."""
    registered: list[UUID] = []

    def register(*_about: object, **_more: object) -> None:
        registered.append(world.register(f"Voorbeeld-{len(registered)}"))

    with before_render_template.connected_to(register, app):
        yield registered


def test_people_register_while_a_case_and_its_partners_are_drawn(
    world: World, sanne: CheckedClient, came: list[UUID]
) -> None:
    case = f"/desk/registrations/{world.register()}"
    with world.looking() as db:
        randstad = organization_id(db, "randstad")
    for path in (case, f"{case}/partners", f"{case}/partners/{randstad}"):
        came.clear()
        sanne.page(path)
        assert came


def test_people_register_while_words_are_looked_at_before_they_leave_or_are_said(
    world: World, sanne: CheckedClient, came: list[UUID]
) -> None:
    desk = Desk(world, sanne, world.register())
    speak(world, desk.person)
    partner = desk.partner("randstad")
    message = {"result": "look", "message": "please_call"}
    for at, action, fields in (
        (desk.case, f"{desk.case}/attempts", message),
        (partner, f"{partner}/aloud", {"share": ["reach"]}),
    ):
        page = sanne.page(at)
        came.clear()
        assert sanne.submit(page, action, at=at, **fields).status_code == 200
        assert came


def test_people_register_while_somebody_is_found(sanne: CheckedClient, came: list[UUID]) -> None:
    page = sanne.page("/desk/find")
    came.clear()
    sanne.submit(page, "/desk/find", at="/desk/find", q="Niemand")
    assert came


def test_people_register_while_what_is_asked_of_us_is_drawn(
    world: World, client: CheckedClient, came: list[UUID]
) -> None:
    referral = Asking(world).refer()
    sign_in(client, LINDA)
    came.clear()
    client.page(f"/desk/referrals/{referral}")
    assert came

"""Two people act on one case at the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.followup.models import ContactAttempt
from portal.registration.models import Note
from tests.desk.world import MO, SANNE, World, sign_in
from tests.support.application import CheckedClient
from tests.support.html import read_html


@pytest.fixture
def sam(world: World) -> UUID:
    return world.register()


@pytest.fixture
def mo(app: Flask, world: World) -> CheckedClient:
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    sign_in(client, MO)
    return client


def test_the_second_sees_what_happened_and_keeps_what_they_chose(
    world: World, sanne: CheckedClient, mo: CheckedClient, sam: UUID
) -> None:
    at = f"/desk/registrations/{sam}"
    hers, his = sanne.page(at), mo.page(at)
    world.clock.advance(minutes=2)
    assert sanne.submit(hers, f"{at}/attempts", at=at, result="reached").status_code == 303
    late = mo.submit(his, f"{at}/attempts", at=at, result="no_answer", wished="2026-11-19")
    assert late.status_code == 409
    page = read_html(late.text)[1]
    assert "Dit is intussen veranderd." in page.text
    assert "10:02 · Sanne Voorbeeld: Gesproken" in page.text
    assert page.all("input", name="wished")[0].get("value") == "2026-11-19"
    assert [b.text for b in page.all("button") if "chosen" in b.get("class")] == ["Geen gehoor"]
    with world.looking() as db:
        assert len(db.scalars(select(ContactAttempt)).all()) == 1


def test_whoever_pressed_in_two_tabs_does_not_hear_of_somebody_else(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    at = f"/desk/registrations/{sam}"
    one, other = sanne.page(at), sanne.page(at)
    sanne.submit(one, f"{at}/attempts", at=at, result="no_answer")
    late = sanne.submit(other, f"{at}/attempts", at=at, result="no_answer")
    assert late.status_code == 409
    assert "Dit is intussen veranderd." in late.text
    assert "net voor" not in late.text


def test_pressing_again_on_what_is_there_now_goes_through(
    world: World, sanne: CheckedClient, mo: CheckedClient, sam: UUID
) -> None:
    at = f"/desk/registrations/{sam}"
    his = mo.page(at)
    world.clock.advance(minutes=2)
    sanne.submit(sanne.page(at), f"{at}/attempts", at=at, result="no_answer")
    again = read_html(mo.submit(his, f"{at}/attempts", at=at, result="voicemail").text)[1]
    assert mo.submit(again, f"{at}/attempts", at=at, result="voicemail").status_code == 303


def test_two_notes_at_once_are_both_kept(
    world: World, sanne: CheckedClient, mo: CheckedClient, sam: UUID
) -> None:
    at = f"/desk/registrations/{sam}"
    hers, his = sanne.page(at), mo.page(at)
    for client, page in ((sanne, hers), (mo, his)):
        answer = client.submit(page, f"{at}/notes", at=at, text="Gesproken.")
        assert answer.status_code == 303
    with world.looking() as db:
        assert len(db.scalars(select(Note)).all()) == 2


def all_at_once(app: Flask, emails: Sequence[str], at: str, act: str, **fields: str) -> list[int]:
    """Let everybody open the page and then send the same form; return what each was answered."""
    clients = []
    for email in emails:
        client = app.test_client()
        assert isinstance(client, CheckedClient)
        sign_in(client, email)
        clients.append((client, client.page(at)))
    with ThreadPoolExecutor(len(clients)) as pool:
        answers = pool.map(
            lambda each: each[0].submit(each[1], f"{at}/{act}", at=at, **fields).status_code,
            clients,
        )
        return sorted(answers)


def test_the_same_note_sent_five_times_at_once_is_kept_once(
    app: Flask, world: World, sanne: CheckedClient, sam: UUID
) -> None:
    at, text = f"/desk/registrations/{sam}", "Gesproken."
    assert all_at_once(app, [SANNE] * 5, at, "notes", text=text) == [303] * 5
    with world.looking() as db:
        assert len(db.scalars(select(Note)).all()) == 1
    world.clock.advance(minutes=1)
    sanne.submit(sanne.page(at), f"{at}/notes", at=at, text=text)
    with world.looking() as db:
        assert len(db.scalars(select(Note)).all()) == 2


def test_of_many_presses_at_the_same_moment_exactly_one_counts(
    app: Flask, world: World, sam: UUID
) -> None:
    at = f"/desk/registrations/{sam}"
    answers = all_at_once(app, (SANNE, MO) * 3, at, "attempts", result="no_answer")
    assert answers == [303] + [409] * 5
    with world.looking() as db:
        assert len(db.scalars(select(ContactAttempt)).all()) == 1

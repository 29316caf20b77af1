"""Who was named to take over, at the desk: little to see, the owner to call, one button."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.accounts.manage import add_account, add_membership
from portal.accounts.models import Membership
from portal.notify.models import OutboxMessage
from portal.registration.change import say_nobody_called
from portal.registration.models import Registration
from tests.desk.world import (
    COORDINATOR,
    PASSWORD,
    SANNE,
    World,
    contact_id,
    organization_id,
    sign_in,
)
from tests.support.application import CheckedClient
from tests.support.passwords import hashed

NOOR = "noor@voorbeeldhoek.example"


@pytest.fixture
def late(world: World) -> UUID:
    """Somebody of Trudo whom nobody called, and who said so; Noor, who was named, has a desk."""
    with world.writing() as db:
        password, now = hashed(PASSWORD), world.clock()
        account = add_account(db, NOOR, "Noor Voorbeeld", password_hash=password, now=now)
        place, seat = organization_id(db, "voorbeeldhoek"), contact_id(db, "voorbeeldhoek-noor")
        add_membership(db, account, place, "handler", contact_id=seat)
    sam = world.register("Voorbeeld-Sam")
    world.clock.set("2026-11-24T09:00")
    with world.writing() as db:
        say_nobody_called(db, db.get_one(Registration, sam), spoken=False, now=world.clock())
    return sam


def test_who_was_named_sees_days_and_the_owner_s_number_and_no_name(
    client: CheckedClient, late: UUID
) -> None:
    sign_in(client, NOOR)
    page = client.page("/desk/")
    assert "Jij zou het overnemen" in page.text
    assert "Trudo" in page.text
    assert "Voorbeeld-Sam" not in page.text
    assert client.get(f"/desk/registrations/{late}").status_code == 404


def test_one_press_makes_it_theirs_and_leads_to_the_case(
    client: CheckedClient, world: World, late: UUID
) -> None:
    sign_in(client, NOOR)
    answer = client.submit(client.page("/desk/"), f"/desk/silences/{late}", at="/desk/")
    assert answer.headers["Location"] == f"/desk/registrations/{late}"
    assert "Voorbeeld-Sam" in client.page(f"/desk/registrations/{late}").text
    with world.looking() as db:
        assert world.load(late).contact_id == contact_id(db, "voorbeeldhoek-noor")


def test_who_takes_over_finds_who_waits_on_their_list_though_the_mail_to_them_was_lost(
    client: CheckedClient, world: World, late: UUID
) -> None:
    """Also whoever coordinates there; and the owner's coordinator finds that it was lost."""
    with world.writing() as db:
        for lost in db.scalars(select(OutboxMessage).where(OutboxMessage.kind == "nobody_called")):
            lost.state, lost.undelivered_at = "undelivered", world.clock()
        account = world.identity(NOOR).account_id
        db.execute(
            update(Membership).where(Membership.account_id == account).values(role="coordinator")
        )
    sign_in(client, NOOR)
    assert "Jij zou het overnemen" in client.page("/desk/").text
    page = client.page("/desk/coverage").text
    assert "wie het overneemt weet dat niet" in page
    assert "Noor (Buurthuis De Voorbeeldhoek)" in page
    client.submit(client.page("/desk/"), "/sign-out", at="/desk/")
    sign_in(client, COORDINATOR)
    assert f"/desk/registrations/{late}" in [
        link.get("href") for link in client.page("/desk/").all("a")
    ]
    assert "wie het overneemt weet dat niet" in client.page("/desk/coverage").text


def test_who_was_reached_meanwhile_stays_where_they_are(
    client: CheckedClient, world: World, late: UUID
) -> None:
    sign_in(client, NOOR)
    page = client.page("/desk/")
    with world.writing() as db:
        db.get_one(Registration, late).nobody_called_at = None
    answer = client.submit(page, f"/desk/silences/{late}", at="/desk/")
    assert answer.headers["Location"] == "/desk/"
    with world.looking() as db:
        assert world.load(late).owner_id == organization_id(db, "trudo")


@pytest.mark.parametrize("email", [SANNE, COORDINATOR])
def test_the_owner_itself_takes_nothing_over_here(
    client: CheckedClient, world: World, late: UUID, email: str
) -> None:
    sign_in(client, email)
    page = client.page("/desk/")
    assert f"/desk/silences/{late}" not in page.text

"""Today says to somebody why nobody new comes to them, and what to do about it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from portal.accounts.manage import add_membership, find_account
from portal.accounts.models import Membership
from portal.catalogue.models import Contact
from tests.desk.teaming import contact, member_at, press
from tests.desk.world import SANNE, World, contact_id, organization_id, sign_in
from tests.support.application import CheckedClient
from tests.support.html import Element

TODAY, FRIDAY = date(2026, 11, 18), date(2026, 11, 20)


def change(world: World, slug: str = "trudo-sanne", **values: object) -> None:
    with world.writing() as db:
        row = db.get_one(Contact, contact_id(db, slug))
        for name, value in values.items():
            setattr(row, name, value)


def notices(client: CheckedClient) -> list[Element]:
    return [each for each in client.page("/desk/").all("p") if "notice" in each.get("class")]


def test_whoever_is_there_is_told_nothing(world: World, sanne: CheckedClient) -> None:
    change(world, "trudo-mo", active=False)
    change(world, absent_from=date(2026, 11, 19), absent_until=FRIDAY)
    assert not notices(sanne)


def test_whoever_is_away_reads_until_when_and_who_calls(world: World, sanne: CheckedClient) -> None:
    mo = contact(world, "trudo-mo").id
    change(world, absent_from=TODAY, absent_until=FRIDAY, deputy_id=mo)
    (notice,) = notices(sanne)
    assert notice.text == (
        "Je bent weg tot en met vrijdag 20 november. Mo belt jouw mensen, en krijgt de nieuwe. "
        "Ik ben er weer"
    )
    assert notice.all("a")[0].get("href") == member_at(world)
    press(sanne, member_at(world), "/back")
    assert not notices(sanne)


def test_a_deputy_without_an_account_is_said_to_have_no_list(
    world: World, sanne: CheckedClient
) -> None:
    mo = contact(world, "trudo-mo").id
    change(world, absent_from=TODAY, absent_until=FRIDAY, deputy_id=mo)
    with world.writing() as db:
        db.execute(update(Membership).where(Membership.contact_id == mo).values(contact_id=None))
    (notice,) = notices(sanne)
    assert "Mo vervangt je, maar heeft geen account en dus geen lijst." in notice.text


@pytest.mark.parametrize(
    ("deputy", "more"), [(None, {}), ("trudo-mo", {"absent_from": TODAY, "active": True})]
)
def test_whoever_is_away_without_a_deputy_who_is_in_reads_that_people_wait(
    world: World, sanne: CheckedClient, deputy: str | None, more: dict[str, object]
) -> None:
    stands_in = contact(world, deputy).id if deputy else None
    change(world, absent_from=TODAY, deputy_id=stands_in)
    change(world, "trudo-mo", **more)
    (notice,) = notices(sanne)
    assert notice.text == (
        "Je bent weg. Je hebt geen vervanger: jouw mensen wachten op jou. "
        "Ik ben er weer, of ik kies een vervanger"
    )


def test_whoever_is_switched_off_reads_whom_to_ask(world: World, sanne: CheckedClient) -> None:
    change(world, active=False)
    (notice,) = notices(sanne)
    assert notice.text == (
        "Bij Trudo sta je als gestopt: er komen geen nieuwe mensen bij jou. "
        "Klopt dat niet? Vraag het je coördinator."
    )
    assert not notice.all("a")


def test_whoever_coordinates_can_switch_themselves_on(world: World, client: CheckedClient) -> None:
    with world.writing() as db:
        account = find_account(db, SANNE)
        assert account
        add_membership(db, account, organization_id(db, "trudo"), "coordinator")
    change(world, active=False)
    sign_in(client, SANNE)
    (notice,) = notices(client)
    switch = f"{member_at(world)}/switch"
    assert notice.all("a")[0].get("href") == switch
    assert (
        client.submit(client.page(switch), f"{member_at(world)}/on", at=switch).status_code == 303
    )
    assert not notices(client)

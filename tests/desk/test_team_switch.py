"""Switching off at the desk: first who is affected, then who takes over, then it is done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.catalogue.models import Contact, Organization, Service
from portal.notify.models import OutboxMessage
from tests.desk.teaming import contact, member_at, office_at, page_of, press
from tests.desk.world import COORDINATOR, ESRA, World, contact_id, organization_id, sign_in
from tests.reply.asking import Asking
from tests.support.application import CheckedClient


@pytest.fixture
def desk(world: World, client: CheckedClient) -> CheckedClient:
    """The browser of the coordinator of Trudo."""
    sign_in(client, COORDINATOR)
    return client


def test_who_is_affected_is_shown_and_a_colleague_takes_over(
    world: World, desk: CheckedClient
) -> None:
    people = [world.register(name) for name in ("Voorbeeld-Sam", "Voorbeeld-Bo", "Voorbeeld-Kim")]
    mine = [each for each in people if world.load(each).contact_id == contact(world).id]
    shown = desk.page(f"{member_at(world)}/switch").text
    assert f"{len(mine)} mensen zijn bij Sanne" in shown
    assert "Voorbeeld-" not in shown
    mo = contact(world, "trudo-mo").id
    press(desk, f"{member_at(world)}/switch", "", takes_over=str(mo))
    assert {world.load(each).contact_id for each in people} == {mo}
    assert not contact(world).active
    page = desk.page("/desk/team").text
    assert "Sanne is gestopt" in page
    assert "gestopt" in page
    with world.looking() as db:
        kinds = set(db.scalars(select(OutboxMessage.kind)))
    assert {"other_contact", "people_came"} <= kinds


@pytest.mark.parametrize("named", ["", "Mo", str(UUID(int=1)), "woonbedrijf-esra", "trudo-karin"])
def test_without_somebody_who_can_nothing_happens(
    world: World, desk: CheckedClient, named: str
) -> None:
    with world.writing() as db:
        rent = Contact(
            slug="trudo-karin",
            organization_id=organization_id(db, "trudo"),
            first_name="Karin",
            words={},
            phone="+31401234509",
            languages=["nl"],
            handles_rent=True,
        )
        db.add(rent)
    sam = world.register()
    slug = world.load(sam).contact_id
    with world.looking() as db:
        who = db.get_one(Contact, slug).slug
        chosen = str(contact_id(db, named)) if "-" in named and len(named) < 20 else named
    page = page_of(press(desk, f"{member_at(world, who)}/switch", "", 422, takes_over=chosen))
    assert "Kies een collega" in page.text
    assert world.load(sam).contact_id == slug
    assert contact(world, who).active


def test_somebody_who_is_away_does_not_take_over(world: World, desk: CheckedClient) -> None:
    with world.writing() as db:
        mo = db.get_one(Contact, contact_id(db, "trudo-mo"))
        mo.absent_from, mo.absent_until = date(2026, 11, 18), date(2026, 11, 20)
    world.register()
    answer = press(desk, f"{member_at(world)}/switch", "", 422, takes_over=str(mo.id))
    assert "is dan weg" in page_of(answer).text


def test_what_changed_meanwhile_is_shown_before_anything_happens(
    world: World, desk: CheckedClient
) -> None:
    with world.writing() as db:
        db.get_one(Contact, contact_id(db, "trudo-mo")).capacity = 0
    page = desk.page(f"{member_at(world)}/switch")
    sam = world.register()
    at = f"{member_at(world)}/switch"
    mo = contact(world, "trudo-mo").id
    answer = desk.submit(page, at, at=at, takes_over=str(mo))
    assert answer.status_code == 409
    again = page_of(answer)
    assert "Er kwam of ging ondertussen iemand" in again.text
    assert "1 persoon is bij Sanne" in again.text
    assert desk.submit(again, at, at=at).status_code == 303
    assert world.load(sam).contact_id == mo


def test_twice_off_is_said(world: World, desk: CheckedClient) -> None:
    at = f"{member_at(world)}/switch"
    page = desk.page(at)
    mo = str(contact(world, "trudo-mo").id)
    assert desk.submit(page, at, at=at, takes_over=mo).status_code == 303
    answer = desk.submit(page, at, at=at, takes_over=mo)
    assert answer.status_code == 409
    assert "Dit is intussen veranderd" in page_of(answer).text


def test_the_last_one_is_not_switched_off_alone(world: World, desk: CheckedClient) -> None:
    mo = str(contact(world, "trudo-mo").id)
    press(desk, f"{member_at(world)}/switch", "", takes_over=mo)
    others = [slug for slug in slugs(world) if slug not in ("trudo-sanne", "trudo-mo")]
    assert others == []
    answer = press(desk, f"{member_at(world, 'trudo-mo')}/switch", "", 422)
    assert "Niemand anders belt hier" in page_of(answer).text


def slugs(world: World) -> list[str]:
    with world.looking() as db:
        row = db.get_one(Organization, organization_id(db, "trudo"))
        return sorted(each.slug for each in row.contacts if not each.handles_rent)


def test_somebody_is_switched_on_again(world: World, desk: CheckedClient) -> None:
    press(desk, f"{member_at(world)}/switch", "", takes_over=str(contact(world, "trudo-mo").id))
    page = desk.page(member_at(world))
    action = f"{member_at(world)}/on"
    assert desk.submit(page, action, at=member_at(world)).status_code == 303
    assert contact(world).active


def test_a_whole_organisation_says_where_everybody_goes(world: World, desk: CheckedClient) -> None:
    people = [world.register(name) for name in ("Voorbeeld-Sam", "Voorbeeld-Bo")]
    shown = desk.page(f"{office_at(world)}/switch").text
    assert "2 mensen zijn bij Trudo. Niemand raakt zoek." in shown
    assert "gaan naar Buurthuis De Voorbeeldhoek, zoals zij zelf goedvonden" in shown
    press(desk, f"{office_at(world)}/switch", "")
    with world.looking() as db:
        new = organization_id(db, "voorbeeldhoek")
    assert {world.load(each).owner_id for each in people} == {new}
    assert "Gestopt: er komt niemand nieuws." in desk.page("/desk/team").text
    assert desk.get(f"/desk/registrations/{people[0]}").status_code == 404
    page = desk.page(f"{office_at(world)}/switch")
    answer = desk.submit(page, f"{office_at(world)}/on", at=f"{office_at(world)}/switch")
    assert answer.status_code == 303
    assert {world.load(each).owner_id for each in people} == {new}


def test_a_service_is_closed_and_opened(world: World, desk: CheckedClient) -> None:
    with world.writing() as db:
        service = db.scalars(select(Service).order_by(Service.slug)).first()
        assert service
        service.organization_id = organization_id(db, "trudo")
    at = f"/desk/team/services/{service.id}/switch"
    assert "Niemand is hier onderweg." in desk.page(at).text
    assert desk.submit(desk.page(at), at, at=at).status_code == 303
    assert "dicht voor nieuwe mensen" in desk.page("/desk/team").text
    on = f"/desk/team/services/{service.id}/on"
    assert desk.submit(desk.page(at), on, at=at).status_code == 303
    with world.looking() as db:
        assert db.get_one(Service, service.id).active


def test_closing_a_service_says_who_goes_back_to_whom(world: World, desk: CheckedClient) -> None:
    with world.writing() as db:
        service = db.scalars(select(Service).order_by(Service.slug)).first()
        assert service
        service.organization_id = organization_id(db, "trudo")
    esra = world.register(contact="woonbedrijf-esra")
    asked = Asking(world).refer(registration=esra, to="trudo", by=ESRA, service_id=service.id)
    at = f"/desk/team/services/{service.id}/switch"
    page = desk.page(at)
    assert "1gaat terug naar Woonbedrijf" in " ".join(each.text for each in page.all("li"))
    assert "Niemand is hier onderweg." not in page.text
    assert desk.submit(page, at, at=at).status_code == 303
    assert Asking(world).load(asked).state == "cancelled"


@pytest.mark.parametrize(
    "path", ["contacts/x/switch", f"people/{UUID(int=1)}/switch", f"services/{UUID(int=1)}/switch"]
)
def test_what_is_not_there_is_not_there(desk: CheckedClient, path: str) -> None:
    assert desk.get(f"/desk/team/{path}").status_code == 404

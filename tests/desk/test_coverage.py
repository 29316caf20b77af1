"""Who lands where: what a coordinator sees first, and who gets what in each area."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from portal.accounts.models import Membership
from portal.catalogue.load import load_pack
from portal.catalogue.models import Contact, Programme, ProgrammeMember
from portal.catalogue.pack.read import read_pack
from portal.catalogue.version import bump_version
from portal.settings import ROOT
from tests.desk.world import COORDINATOR, World, contact_id, organization_id, sign_in
from tests.support.application import CheckedClient
from tests.support.html import Element

PAGE = "/desk/coverage"


@pytest.fixture
def coordinator(world: World, client: CheckedClient) -> CheckedClient:
    """The browser of the coordinator of Trudo, where everybody lands and can be seen."""
    world.open_every_list()
    sign_in(client, COORDINATOR)
    return client


def switch_off(world: World, slug: str) -> None:
    with world.writing() as db:
        db.get_one(Contact, contact_id(db, slug)).active = False
        bump_version(db)


def nobody_signs_in(world: World, slug: str) -> None:
    with world.writing() as db:
        there = Membership.organization_id == organization_id(db, slug)
        db.execute(delete(Membership).where(there))


def rows(page: Element) -> list[str]:
    """Return the rows of who gets what, as they are read."""
    return [row.text for row in page.all("li", **{"class": "landing"})]


def headings(page: Element) -> list[str]:
    return [heading.text for heading in page.all("h3")]


def test_the_way_there_is_in_the_menu_of_who_coordinates(coordinator: CheckedClient) -> None:
    assert PAGE in {link.get("href") for link in coordinator.page("/desk/").all("a")}


def test_a_handler_has_no_way_there(sanne: CheckedClient) -> None:
    assert PAGE not in {link.get("href") for link in sanne.page("/desk/").all("a")}
    assert sanne.get(PAGE).status_code == 403


def test_the_sentence_on_top_says_how_it_stands(world: World, coordinator: CheckedClient) -> None:
    assert "Iedereen komt bij een mens terecht." in coordinator.page(PAGE).text
    switch_off(world, "voorbeeldhoek-noor")
    nobody_signs_in(world, "springplank040")
    page = coordinator.page(PAGE)
    assert "3 dingen kunnen iemand laten wachten." in page.text
    # Now people land at the next organisation, where nobody has an account.
    assert headings(page)[:3] == [
        "Hier neemt vandaag niemand mensen aan",
        "Hier komen mensen terecht, en niemand kan de lijst openen",
        "Alleen een vast nummer: berichten komen niet aan",
    ]
    assert "noem een vervanger" in page.text


def test_a_row_says_where_who_in_which_language_why_and_who_takes_over(
    coordinator: CheckedClient,
) -> None:
    page = coordinator.page(f"{PAGE}?area=eindhoven-centrum")
    [row] = [row for row in rows(page) if "5612, 5616, 5617" in row and "zegt niet" in row]
    for words in (
        "Trudo, omdat alleen Trudo daar huizen verhuurt.",
        "Sanne: Nederlands en Engels",
        "Mo: Arabisch, Marokkaans Arabisch en Frans",
        "geen gedeelde taal",
        "Weg? Mo voor Sanne en Sanne voor Mo.",
        "Belt niemand? Dan neemt Noor van Buurthuis De Voorbeeldhoek het over.",
    ):
        assert words in row


def test_a_page_can_be_asked_for_one_area_wish_and_language(coordinator: CheckedClient) -> None:
    page = coordinator.page(f"{PAGE}?area=eindhoven-woensel&wish=learning&language=ar")
    assert [words for words in headings(page) if "Woensel" in words]
    assert not [words for words in headings(page) if "Gestel" in words]
    [row] = [row for row in rows(page) if "Noor: " in row and "zegt niet" in row]
    assert "Noor: Arabisch" in row
    assert "Nederlands" not in row
    chosen = {option.get("value") for option in page.all("option") if option.has("selected")}
    assert chosen == {"eindhoven-woensel", "learning", "ar"}


def test_what_we_do_not_know_is_as_if_nothing_was_asked(coordinator: CheckedClient) -> None:
    everything = rows(coordinator.page(PAGE))
    assert rows(coordinator.page(f"{PAGE}?area=x&wish=x&language=x&programme=x")) == everything
    assert len(everything) < 20


def test_a_coordinator_sees_programmes_of_their_own_organisation_only(
    world: World, coordinator: CheckedClient
) -> None:
    with world.writing() as db:
        load_pack(db, read_pack(ROOT / "portal" / "packs" / "maastricht.toml"))
    page = coordinator.page(f"{PAGE}?programme=maastricht")
    assert "Aan de Slag040!" in page.text
    assert "Athos" not in page.text
    with world.writing() as db:
        there = db.scalars(select(Programme.id).where(Programme.slug == "maastricht")).one()
        trudo = organization_id(db, "trudo")
        db.add(ProgrammeMember(programme_id=there, organization_id=trudo))
        bump_version(db)
    page = coordinator.page(f"{PAGE}?programme=maastricht")
    assert "Athos" in page.text
    assert {"eindhoven", "maastricht"} <= {option.get("value") for option in page.all("option")}


def test_an_organisation_in_no_programme_is_told_so(
    world: World, coordinator: CheckedClient
) -> None:
    with world.writing() as db:
        trudo = organization_id(db, "trudo")
        db.execute(delete(ProgrammeMember).where(ProgrammeMember.organization_id == trudo))
        bump_version(db)
    assert "nog niet mee aan een programma" in coordinator.page(PAGE).text


def test_a_programme_that_can_promise_nothing_is_told_and_no_error(
    world: World, coordinator: CheckedClient
) -> None:
    switch_off(world, "aan-de-slag040-ans")
    page = coordinator.page(PAGE)
    assert "Dit programma kan nu niets beloven" in headings(page)
    assert rows(page) == []


def test_nobody_who_registered_is_named_or_counted_there(
    world: World, coordinator: CheckedClient
) -> None:
    before = coordinator.page(PAGE).all("main")[0].text
    world.register("Voorbeeld-Sam")
    assert coordinator.page(PAGE).all("main")[0].text == before


def test_a_whole_town_costs_a_handful_of_queries(world: World, coordinator: CheckedClient) -> None:
    coordinator.page(PAGE)
    with world.counting() as sent:
        coordinator.page(PAGE)
    assert len(sent) <= 16

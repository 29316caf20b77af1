"""Who takes over, and whom else one may choose."""

from __future__ import annotations

from portal.routing.catalogue import Catalogue
from portal.routing.decide import alternatives, route
from portal.routing.facts import Facts, Id
from portal.routing.offer import Contact, Programme
from tests.routing.neighbourhood import NL, neighbourhood

OFF = {"active": False}


def fallback(facts: Facts, catalogue: Catalogue) -> Id:
    return route(facts, catalogue).fallback


def offered(facts: Facts, catalogue: Catalogue) -> tuple[Id, ...]:
    return alternatives(facts, catalogue, route(facts, catalogue))


def test_the_fallback_of_the_programme_takes_over() -> None:
    assert fallback(Facts(landlord="trudo"), neighbourhood()) == "wilma"


def test_who_owns_does_not_take_over_from_itself() -> None:
    assert fallback(Facts(landlord="woonbedrijf"), neighbourhood()) == "noor"


def test_nobody_takes_over_who_is_switched_off() -> None:
    catalogue = neighbourhood(changed={"wilma": OFF, "neighbours": OFF})
    assert fallback(Facts(landlord="trudo"), catalogue) == "dina"


def test_a_colleague_takes_over_when_the_named_fallback_is_away() -> None:
    catalogue = neighbourhood(
        changed={"wilma": {"absent": True}},
        contacts=[Contact("anna", "woonbedrijf", "anna", NL)],
    )
    assert fallback(Facts(landlord="trudo"), catalogue) == "anna"


def test_the_deputy_takes_over_when_the_named_fallback_is_away() -> None:
    catalogue = neighbourhood(
        changed={"wilma": {"absent": True, "deputy": "zoe"}},
        contacts=[
            Contact("anna", "woonbedrijf", "anna", NL),
            Contact("zoe", "woonbedrijf", "zoe", NL),
        ],
    )
    assert fallback(Facts(landlord="trudo"), catalogue) == "zoe"


def test_whoever_rather_had_no_landlord_gets_none_by_the_back_door() -> None:
    assert fallback(Facts(chosen="kitchen"), neighbourhood()) == "noor"
    assert fallback(Facts(chosen="trudo"), neighbourhood()) == "wilma"


def test_the_desk_of_last_resort_is_relieved_by_the_programme_if_it_can() -> None:
    assert fallback(Facts(chosen="desk"), neighbourhood()) == "noor"


def test_the_desk_of_last_resort_alone_relieves_itself() -> None:
    off = {"woonbedrijf": OFF, "neighbours": OFF}
    assert fallback(Facts(), neighbourhood(changed=off)) == "dina"
    dirk = Contact("dirk", "desk", "dirk", NL, caseload=1)
    advice = route(Facts(), neighbourhood(changed=off, contacts=[dirk]))
    assert (advice.contact, advice.fallback) == ("dina", "dirk")


def test_the_desk_of_last_resort_answers_even_when_away() -> None:
    away = {"woonbedrijf": OFF, "neighbours": OFF, "dina": {"absent": True, "accepts": False}}
    assert route(Facts(), neighbourhood(changed=away)).contact == "dina"


def test_rather_someone_else_begins_with_what_the_person_likes() -> None:
    facts = Facts(landlord="trudo", likes=frozenset({"wood"}))
    assert offered(facts, neighbourhood()) == ("workshop", "woonbedrijf", "neighbours", "desk")


def test_rather_someone_else_offers_the_own_landlord_last() -> None:
    assert offered(Facts(chosen="kitchen", landlord="trudo"), neighbourhood())[-1] == "trudo"


def test_rather_someone_else_never_offers_a_landlord_who_need_not_know() -> None:
    facts = Facts(landlord_hidden=True, landlords_here=frozenset({"trudo"}), entry="woonbedrijf")
    assert offered(facts, neighbourhood()) == ("desk",)


def test_rather_someone_else_never_offers_who_is_off() -> None:
    catalogue = neighbourhood(changed={"noor": OFF})
    assert offered(Facts(landlord="trudo"), catalogue) == ("woonbedrijf", "desk")


def test_when_the_programme_has_nobody_left_everybody_without_homes_is_offered() -> None:
    programme = Programme(fallback="wilma", alternative="dina", last_resort="dina")
    catalogue = neighbourhood(programme=programme)
    assert offered(Facts(chosen="desk"), catalogue) == (
        "kitchen",
        "neighbours",
        "workshop",
        "woonbedrijf",
    )


def test_the_desk_of_last_resort_all_alone_has_nobody_else_to_offer() -> None:
    everybody = ("trudo", "woonbedrijf", "kitchen", "workshop", "neighbours")
    assert offered(Facts(), neighbourhood(changed=dict.fromkeys(everybody, OFF))) == ()

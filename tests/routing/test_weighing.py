"""Who within the organisation: language, room, absence."""

from __future__ import annotations

from collections.abc import Mapping

from portal.routing.decide import Advice, route
from portal.routing.facts import Facts
from portal.routing.offer import Contact
from tests.routing.neighbourhood import NL, Changes, neighbourhood

FULL = {"caseload": 40}
AWAY = {"absent": True}


def at_trudo(language: str | None = "nl", **changed: Mapping[str, object]) -> Advice:
    catalogue = neighbourhood(changed=changed)
    return route(Facts(landlord="trudo", language=language), catalogue)


def test_somebody_who_speaks_the_language_is_named() -> None:
    advice = at_trudo("tr")
    assert (advice.contact, advice.language_met, advice.interpreter) == ("sanne", True, False)


def test_without_anybody_who_speaks_it_an_interpreter_is_noted() -> None:
    advice = at_trudo("ti")
    assert (advice.contact, advice.language_met, advice.interpreter) == ("bas", False, True)


def test_without_an_interpreter_it_is_still_a_human_of_that_organisation() -> None:
    advice = at_trudo("ti", bas={"interpreter": False})
    assert advice.organization == "trudo"
    assert (advice.language_met, advice.interpreter) == (False, False)


def test_any_language_will_do_for_somebody_who_named_none() -> None:
    advice = at_trudo(None)
    assert (advice.language_met, advice.interpreter) == (True, False)


def test_a_contact_who_handles_rent_is_no_candidate_even_for_the_language() -> None:
    advice = at_trudo("ar")
    assert "rent" not in advice.candidates


def test_work_goes_to_whoever_has_most_room() -> None:
    assert at_trudo(sanne={"caseload": 10}, bas={"caseload": 9}).contact == "bas"
    assert at_trudo(sanne={"caseload": 9}, bas={"caseload": 10}).contact == "sanne"


def test_equals_come_in_the_order_of_their_slugs() -> None:
    assert at_trudo().candidates == ("bas", "sanne")


def test_a_colleague_with_room_comes_before_one_who_speaks_the_language_but_is_full() -> None:
    advice = at_trudo("tr", sanne=FULL)
    assert (advice.contact, advice.queued, advice.interpreter) == ("bas", False, True)


def test_when_everybody_is_full_one_is_queued_there_and_not_sent_elsewhere() -> None:
    advice = at_trudo("tr", sanne=FULL, bas=FULL)
    assert (advice.organization, advice.contact, advice.queued) == ("trudo", "sanne", True)


def test_open_cases_given_apart_beat_what_the_catalogue_carries() -> None:
    catalogue = neighbourhood(changed={"bas": FULL})
    facts = Facts(landlord="trudo")
    assert route(facts, catalogue, {"bas": 0, "sanne": 40}).contact == "bas"
    assert route(facts, catalogue, {"bas": 40, "sanne": 40}).queued


def test_somebody_without_capacity_is_always_full() -> None:
    assert at_trudo(sanne={"capacity": 0}, bas={"capacity": 0}).queued


def test_whoever_is_away_is_not_named() -> None:
    assert at_trudo("tr", sanne=AWAY).candidates == ("bas",)


def test_a_deputy_takes_the_place_of_whoever_is_away() -> None:
    # Carla has the most cases and yet is named, because the place with most room is Sanne's.
    carla = Contact("carla", "trudo", "carla", NL, caseload=20)
    catalogue = neighbourhood(
        changed={"sanne": {"absent": True, "deputy": "carla"}, "bas": {"caseload": 10}},
        contacts=[carla],
    )
    assert route(Facts(landlord="trudo"), catalogue).candidates == ("carla", "bas")


def test_a_full_deputy_does_not_come_before_a_colleague_with_room() -> None:
    # Sanne's place has more room than Bas has, but it is Carla who would have to call.
    carla = Contact("carla", "trudo", "carla", NL, caseload=40)
    away: Changes = {"sanne": {"absent": True, "deputy": "carla"}, "bas": {"caseload": 10}}
    advice = route(Facts(landlord="trudo"), neighbourhood(changed=away, contacts=[carla]))
    assert (advice.contact, advice.queued) == ("bas", False)


def test_deputies_who_are_away_themselves_and_stand_in_for_each_other_name_nobody() -> None:
    advice = at_trudo(
        sanne={"absent": True, "deputy": "bas"}, bas={"absent": True, "deputy": "sanne"}
    )
    assert advice.organization != "trudo"


def test_a_deputy_of_another_organisation_does_not_count() -> None:
    advice = at_trudo(sanne={"absent": True, "deputy": "kees"}, bas=AWAY)
    assert advice.contact != "kees"


def test_a_deputy_who_handles_rent_does_not_count() -> None:
    assert at_trudo(sanne={"absent": True, "deputy": "rent"}).candidates == ("bas",)


def test_of_equals_the_contact_the_programme_named_comes_first() -> None:
    anna = Contact("anna", "woonbedrijf", "anna", NL)
    assert route(Facts(), neighbourhood(contacts=[anna])).contact == "wilma"
    by_herself = Facts(landlord="woonbedrijf")
    assert route(by_herself, neighbourhood(contacts=[anna])).contact == "anna"

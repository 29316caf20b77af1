"""The policy: which organisation, told rule by rule."""

from __future__ import annotations

import pytest

from portal.routing.decide import POLICY, route
from portal.routing.facts import Facts
from portal.routing.reasons import Reason
from tests.routing.neighbourhood import neighbourhood

HERE = frozenset({"trudo"})


def owner(facts: Facts) -> tuple[object, Reason]:
    advice = route(facts, neighbourhood())
    return advice.organization, advice.reason


def test_what_the_person_chose_beats_everything() -> None:
    facts = Facts(chosen="workshop", entry="kitchen", landlord="trudo", likes=frozenset({"soup"}))
    assert owner(facts) == ("workshop", Reason.CHOSEN_BY_PERSON)


def test_the_link_on_the_poster_beats_the_landlord() -> None:
    assert owner(Facts(entry="kitchen", landlord="trudo")) == ("kitchen", Reason.ENTRY_LINK)


def test_a_declared_landlord_comes_before_an_interest() -> None:
    facts = Facts(landlord="trudo", likes=frozenset({"soup"}))
    assert owner(facts) == ("trudo", Reason.OWN_LANDLORD)


def test_the_only_landlord_of_a_postcode_is_named_when_the_person_does_not_know() -> None:
    assert owner(Facts(landlords_here=HERE)) == ("trudo", Reason.ONLY_LANDLORD_HERE)


def test_of_several_landlords_none_is_guessed() -> None:
    both = frozenset({"trudo", "woonbedrijf"})
    assert owner(Facts(landlords_here=both, likes=frozenset({"wood"})))[0] == "workshop"


def test_somebody_who_rents_from_nobody_gets_no_landlord_guessed() -> None:
    facts = Facts(landlords_here=HERE, rents_from_nobody=True, likes=frozenset({"wood"}))
    assert owner(facts)[0] == "workshop"


def test_a_landlord_we_do_not_know_is_not_replaced_by_another() -> None:
    facts = Facts(landlord="elsewhere", landlords_here=HERE)
    assert owner(facts)[1] is Reason.PROGRAMME_FALLBACK


def test_an_organisation_without_homes_is_nobody_s_landlord() -> None:
    assert owner(Facts(landlord="kitchen"))[1] is Reason.PROGRAMME_FALLBACK


def test_a_liked_activity_names_who_offers_it() -> None:
    assert owner(Facts(likes=frozenset({"wood"}))) == ("workshop", Reason.FITS_INTEREST)


def test_most_liked_activities_win() -> None:
    facts = Facts(likes=frozenset({"wood", "cooking", "soup"}), wishes=frozenset({"learning"}))
    assert owner(facts)[0] == "kitchen"


def test_equal_interests_are_decided_by_the_wish() -> None:
    likes = frozenset({"wood", "cooking"})
    assert owner(Facts(likes=likes, wishes=frozenset({"learning"})))[0] == "workshop"
    assert owner(Facts(likes=likes, wishes=frozenset({"together"})))[0] == "kitchen"


def test_a_wish_counts_only_where_it_is_offered() -> None:
    facts = Facts(likes=frozenset({"wood", "cooking"}), wishes=frozenset({"paid_work"}))
    assert owner(facts)[0] == "kitchen"
    near = Facts(likes=facts.likes, wishes=facts.wishes, digits="5611")
    assert owner(near)[0] == "workshop"


def test_a_wish_alone_names_nobody_in_particular() -> None:
    facts = Facts(wishes=frozenset({"paid_work"}), digits="5611")
    assert owner(facts)[1] is Reason.PROGRAMME_FALLBACK


def test_an_activity_that_is_gone_is_no_reason_any_more() -> None:
    catalogue = neighbourhood(changed={"wood": {"active": False}})
    advice = route(Facts(likes=frozenset({"wood", "never-was"})), catalogue)
    assert advice.reason is Reason.PROGRAMME_FALLBACK


def test_a_tenant_of_whom_we_know_nothing_reaches_the_fallback_of_the_programme() -> None:
    assert owner(Facts()) == ("woonbedrijf", Reason.PROGRAMME_FALLBACK)


def test_when_the_fallback_is_switched_off_the_alternative_is_asked() -> None:
    advice = route(Facts(), neighbourhood(changed={"woonbedrijf": {"active": False}}))
    assert (advice.organization, advice.reason) == ("neighbours", Reason.PROGRAMME_FALLBACK)


def test_a_tenant_nobody_serves_always_reaches_the_desk() -> None:
    off = {each: {"active": False} for each in ("woonbedrijf", "noor")}
    advice = route(Facts(), neighbourhood(changed=off))
    assert (advice.contact, advice.reason) == ("dina", Reason.LAST_RESORT)


@pytest.mark.parametrize(
    "facts",
    [
        Facts(landlord="woonbedrijf", landlord_hidden=True),
        Facts(landlord="woonbedrijf", landlord_hidden=True, chosen="woonbedrijf"),
        Facts(landlord="woonbedrijf", landlord_hidden=True, entry="woonbedrijf"),
        Facts(landlord_hidden=True, landlords_here=frozenset({"trudo"})),
        Facts(landlord_hidden=True, chosen="trudo", entry="woonbedrijf"),
        Facts(landlord="elsewhere", landlord_hidden=True, chosen="trudo"),
    ],
)
def test_a_landlord_who_need_not_know_is_in_no_rule_and_does_not_take_over(facts: Facts) -> None:
    catalogue = neighbourhood()
    advice = route(facts, catalogue)
    assert advice.organization == "neighbours"
    assert catalogue.owner_of(advice.fallback) == "desk"


def test_only_the_hidden_landlord_is_kept_out_when_we_know_which() -> None:
    facts = Facts(landlord="trudo", landlord_hidden=True)
    assert owner(facts) == ("woonbedrijf", Reason.PROGRAMME_FALLBACK)


@pytest.mark.parametrize("chosen", ["gone", "trudo"])
def test_an_organisation_that_cannot_take_anybody_gives_way_to_the_next_rule(chosen: str) -> None:
    off = {"trudo": {"active": False}}
    advice = route(Facts(chosen=chosen, entry="kitchen"), neighbourhood(changed=off))
    assert advice.reason is Reason.ENTRY_LINK


def test_every_reason_has_one_place_in_the_policy() -> None:
    assert [reason for reason, _ in POLICY] == list(Reason)

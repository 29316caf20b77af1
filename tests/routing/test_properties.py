"""What holds for any facts and any catalogue (rules 2 and 4)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from portal.routing.catalogue import Catalogue
from portal.routing.decide import Advice, alternatives, route
from portal.routing.facts import Facts, Id
from portal.routing.reasons import Reason
from tests.routing.strategies import PEOPLE, Parts, any_facts, any_parts

caseloads = st.dictionaries(st.sampled_from((*PEOPLE, "dina")), st.integers(0, 3))


def landlords_to_keep_out(facts: Facts, catalogue: Catalogue) -> set[Id]:
    """Told apart from the code under test: the declared one, else every one there is."""
    landlords = {each.id for each in catalogue.organizations.values() if each.is_landlord}
    if not facts.landlord_hidden:
        return set()
    return landlords & {facts.landlord} or landlords


def is_last_resort(advice: Advice, catalogue: Catalogue) -> bool:
    return advice.organization == catalogue.owner_of(catalogue.programme.last_resort)


@given(any_facts, any_parts(), caseloads)
def test_everybody_gets_exactly_one_owner_and_a_contact_there(
    facts: Facts, parts: Parts, caseloads: dict[Id, int]
) -> None:
    catalogue = parts.build()
    advice = route(facts, catalogue, caseloads)
    assert advice.organization in catalogue.organizations
    assert catalogue.owner_of(advice.contact) == advice.organization
    assert advice.candidates[0] == advice.contact
    assert len(set(advice.candidates)) == len(advice.candidates)


@given(any_facts, any_parts(), st.randoms(use_true_random=False))
def test_the_owner_is_the_same_every_time_and_in_whatever_order_the_catalogue_is_read(
    facts: Facts, parts: Parts, random: Random
) -> None:
    shuffled = Parts(
        parts.programme,
        tuple(random.sample(parts.organizations, len(parts.organizations))),
        tuple(random.sample(parts.contacts, len(parts.contacts))),
        tuple(random.sample(parts.services, len(parts.services))),
    )
    advice, again = route(facts, parts.build()), route(facts, shuffled.build())
    assert advice == again
    assert alternatives(facts, parts.build(), advice) == alternatives(
        facts, shuffled.build(), again
    )


@given(any_facts, any_parts())
def test_nobody_is_named_who_is_switched_off_or_handles_rent(facts: Facts, parts: Parts) -> None:
    catalogue = parts.build()
    advice = route(facts, catalogue)
    for named in (*advice.candidates, advice.fallback):
        contact = catalogue.contacts[named]
        assert contact.active
        assert not contact.handles_rent
        assert catalogue.organizations[contact.organization].active


@given(any_facts, any_parts())
def test_nobody_is_named_who_is_away_but_the_desk_of_last_resort(
    facts: Facts, parts: Parts
) -> None:
    catalogue = parts.build()
    advice = route(facts, catalogue)
    for named in (*advice.candidates, advice.fallback):
        contact = catalogue.contacts[named]
        assert named == "dina" or (contact.accepts and not contact.absent)


@given(any_facts, any_parts())
def test_a_landlord_who_need_not_know_is_not_owner_not_fallback_and_not_offered(
    facts: Facts, parts: Parts
) -> None:
    catalogue = parts.build()
    advice = route(facts, catalogue)
    kept_out = landlords_to_keep_out(facts, catalogue)
    assert advice.organization not in kept_out
    assert catalogue.owner_of(advice.fallback) not in kept_out
    assert not kept_out & set(alternatives(facts, catalogue, advice))


@given(any_facts, any_parts(), caseloads)
def test_over_capacity_only_as_queued(facts: Facts, parts: Parts, caseloads: dict[Id, int]) -> None:
    catalogue = parts.build()
    advice = route(facts, catalogue, caseloads)
    full = {
        each: caseloads.get(each, catalogue.contacts[each].caseload)
        >= catalogue.contacts[each].capacity
        for each in advice.candidates
    }
    assert advice.queued == full[advice.contact] == all(full.values())


@given(any_facts, any_parts(), caseloads)
def test_fullness_never_changes_the_organisation(
    facts: Facts, parts: Parts, caseloads: dict[Id, int]
) -> None:
    catalogue = parts.build()
    busy, idle = route(facts, catalogue, caseloads), route(facts, catalogue, {})
    assert (busy.organization, busy.reason) == (idle.organization, idle.reason)
    assert set(busy.candidates) == set(idle.candidates)


@given(any_facts, any_parts())
def test_the_language_never_changes_the_organisation_and_is_told_truly(
    facts: Facts, parts: Parts
) -> None:
    catalogue = parts.build()
    advice = route(facts, catalogue)
    assert route(replace(facts, language=None), catalogue).organization == advice.organization
    speaks = (
        facts.language is None or facts.language in catalogue.contacts[advice.contact].languages
    )
    assert advice.language_met == speaks
    assert not (advice.interpreter and speaks)


@given(any_facts, any_parts())
def test_whoever_takes_over_is_of_another_organisation(facts: Facts, parts: Parts) -> None:
    catalogue = parts.build()
    advice = route(facts, catalogue)
    elsewhere = catalogue.owner_of(advice.fallback) != advice.organization
    assert elsewhere or is_last_resort(advice, catalogue)


@given(any_facts, any_parts())
def test_rather_someone_else_offers_somebody_who_is_no_landlord(facts: Facts, parts: Parts) -> None:
    catalogue = parts.build()
    advice = route(facts, catalogue)
    offered = alternatives(facts, catalogue, advice)
    assert advice.organization not in offered
    assert any(not catalogue.organizations[each].is_landlord for each in offered) or (
        is_last_resort(advice, catalogue)
    )


@given(any_facts, any_parts())
def test_whoever_is_offered_can_be_chosen(facts: Facts, parts: Parts) -> None:
    catalogue = parts.build()
    for each in alternatives(facts, catalogue, route(facts, catalogue)):
        advice = route(replace(facts, chosen=each), catalogue)
        assert (advice.organization, advice.reason) == (each, Reason.CHOSEN_BY_PERSON)

"""Where everybody lands: every postcode, landlord, wish and language, told in few rows."""

from __future__ import annotations

from itertools import product

from portal.catalogue.models import WISHES
from portal.reports.coverage import Asked, Landing, landings
from portal.reports.coverage_areas import places_of, sections
from portal.routing.facts import Facts
from tests.desk.world import World
from tests.reports.conftest import Look
from tests.reports.town_hall import away, change


def the_row(rows: tuple[Landing, ...], digits: str, landlord: str | None = None) -> Landing:
    [found] = [
        row
        for row in rows
        if digits in row.digits and (row.landlord.slug if row.landlord else None) == landlord
    ]
    return found


def told(row: Landing) -> dict[str, tuple[str, str]]:
    """Who calls and how they meet, by language."""
    return {
        code: (caller.contact.slug, caller.speech)
        for caller in row.callers
        for code in caller.languages
    }


def test_rows_say_what_routing_says_to_everybody_who_could_come(look: Look) -> None:
    report = look()
    asked, known, checked = report.asked, report.asked.snapshot, 0
    for digits, wish, language in product((*asked.digits, None), WISHES, asked.languages):
        here = known.landlords_at(digits)
        for landlord in (None, *here):
            facts = Facts(
                landlord=landlord.id if landlord else None,
                landlords_here=frozenset(each.id for each in here),
                wishes=frozenset({wish}),
                digits=digits,
                language=language,
            )
            advice = asked.advise(facts)
            row = _row_of(report.rows, digits, landlord.slug if landlord else None, wish)
            assert (row.reason, row.organization.id) == (advice.reason, advice.organization)
            assert row.takes_over.id == advice.fallback
            speech = "speaks" if advice.language_met else "neither"
            speech = "interpreter" if advice.interpreter else speech
            assert told(row)[language] == (asked.contact(advice.contact).slug, speech)
            checked += 1
    assert checked > 3000
    assert len(report.rows) < 10


def _row_of(
    rows: tuple[Landing, ...], digits: str | None, landlord: str | None, wish: str
) -> Landing:
    [found] = [
        row
        for row in rows
        if (digits in row.digits if digits else not row.digits)
        and (row.landlord.slug if row.landlord else None) == landlord
        and wish in row.wishes
    ]
    return found


def test_languages_are_those_of_the_portal_and_those_that_somebody_speaks(look: Look) -> None:
    assert look().asked.languages == ("nl", "en", "tr", "ar", "ary", "pl", "es", "fr", "de")


def test_one_row_tells_who_calls_in_which_language(look: Look) -> None:
    row = the_row(look().rows, "5617")
    assert (row.reason.value, row.organization.slug) == ("only_landlord_here", "trudo")
    assert row.wishes == WISHES
    assert told(row)["en"] == ("trudo-sanne", "speaks")
    assert told(row)["ar"] == ("trudo-mo", "speaks")
    assert told(row)["tr"] == ("trudo-sanne", "neither")
    assert told(the_row(look().rows, "5611"))["tr"] == ("voorbeeldhoek-noor", "interpreter")
    sanne = next(each for each in row.callers if each.contact.slug == "trudo-sanne")
    assert sanne.deputy
    assert sanne.deputy.slug == "trudo-mo"


def test_who_lives_elsewhere_comes_to_the_desk_of_last_resort(look: Look) -> None:
    [row] = [row for row in look().rows if not row.digits]
    assert row.organization.slug == "aan-de-slag040"


def test_a_deputy_is_named_for_whom_they_stand_in(world: World, look: Look) -> None:
    away(world, "trudo-sanne")
    [caller, *_] = [each for each in the_row(look().rows, "5617").callers if "nl" in each.languages]
    assert caller.contact.slug == "trudo-mo"
    assert caller.stands_in_for
    assert caller.stands_in_for.slug == "trudo-sanne"


def test_who_is_full_is_told_with_todays_caseload(world: World, look: Look) -> None:
    change(world, "trudo-sanne", capacity=1)
    change(world, "trudo-mo", capacity=0)
    assert not any(each.queued for each in the_row(look().rows, "5617").callers[:1])
    world.register()
    assert all(each.queued for each in the_row(look().rows, "5617").callers)


def test_what_differs_by_language_does_not_hide_who_it_differs_for(look: Look) -> None:
    asked = look().asked
    [row] = landings(asked, ("5617",), wishes=("learning",), languages=("ar",))[:1]
    assert told(row) == {"ar": ("trudo-mo", "speaks")}
    assert row.wishes == ("learning",)


def test_areas_hold_every_postcode_once_and_those_elsewhere(world: World, look: Look) -> None:
    asked = look().asked
    with world.looking() as db:
        places = places_of(db, asked.programme)
    assert sorted(each for place in places for each in place.digits) == list(asked.digits)
    found = sections(asked, places)
    assert [section.place.slug if section.place else None for section in found][-1] is None
    for section in found[:-1]:
        shown = {each for row in section.rows for each in row.digits}
        assert section.place
        assert shown == set(section.place.digits)
    only = sections(asked, places, "eindhoven-woensel")
    assert [section.place.name for section in only if section.place] == ["Woensel"]
    assert len(only) == 1


def test_a_programme_that_is_not_the_default_has_nobody_from_outside(look: Look) -> None:
    asked: Asked = look().asked
    assert asked.is_outside(None)
    assert not asked.is_outside("5617")

"""The packs that come with the portal keep what the portal promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.catalogue.known import KnownProgramme
from portal.catalogue.load import load_pack
from portal.catalogue.models import WISHES
from portal.catalogue.pack import Pack, read_pack, shipped_packs
from portal.catalogue.snapshot import Snapshot, load_snapshot
from portal.i18n import LOCALES
from portal.i18n.locales import SPOKEN
from portal.reports.coverage import Asked, Landing, landings
from portal.routing.decide import alternatives, route
from portal.routing.facts import Facts
from portal.routing.reasons import Reason

TODAY = date(2026, 11, 23)
PACKS = pytest.mark.parametrize("path", shipped_packs(), ids=lambda path: path.stem)

# Numbers are invented: they begin, after the area code, with a digit no subscriber has.
INVENTED = ("+31401", "+31701", "+31431", "+313141")


@pytest.fixture
def found(db: Session) -> Snapshot:
    for path in shipped_packs():
        load_pack(db, read_pack(path))
    return load_snapshot(db)


def texts(pack: Pack) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every word of a pack: its key, and its text in each language."""
    spoken_words = {pack.programme.slug: pack.programme.words}
    spoken_words |= {contact.slug: contact.words for contact in pack.contacts}
    spoken_words |= {service.slug: service.words for service in pack.services}
    for slug, words in spoken_words.items():
        for field in words["nl"]:
            yield f"{slug}.{field}", {locale: spoken[field] for locale, spoken in words.items()}


@PACKS
def test_a_shipped_pack_is_right(path: Path) -> None:
    assert read_pack(path).programme.slug == path.stem


@PACKS
def test_every_word_is_there_in_every_language(path: Path) -> None:
    for key, spoken in texts(read_pack(path)):
        assert spoken.keys() == LOCALES.keys(), key
        assert all(spoken.values()), key


@PACKS
def test_no_translation_is_a_copy_of_the_dutch_or_english(path: Path) -> None:
    # Dutch and English share words such as "jobcoach"; Turkish and Arabic have their own.
    for key, spoken in texts(read_pack(path)):
        assert spoken["tr"] not in {spoken["nl"], spoken["en"]}, key
        assert spoken["ar"].isascii() is False, key


@PACKS
def test_everybody_in_a_shipped_pack_is_invented(path: Path) -> None:
    pack = read_pack(path)
    for number in (pack.programme.phone, *(contact.phone for contact in pack.contacts)):
        assert number.startswith(INVENTED), number
    assert len({contact.phone for contact in pack.contacts}) == len(pack.contacts)


@PACKS
def test_a_shipped_pack_has_a_poster_and_somewhere_to_walk_in(path: Path) -> None:
    pack = read_pack(path)
    assert pack.programme.slug in {link.slug for link in pack.entry_links}
    assert any(location.openings for location in pack.locations)
    assert {"neighbourhood", "last_resort"} <= {row.kind for row in pack.organizations}


def everybody(found: Snapshot, programme: KnownProgramme) -> list[Landing]:
    """Where everybody lands who could come to this programme, whatever language they speak."""
    asked = Asked(found, programme, TODAY, tuple(SPOKEN))
    return landings(asked, (*asked.digits, None))


def test_every_postcode_with_every_wish_lands_at_a_contact(found: Snapshot) -> None:
    for programme in found.programmes.values():
        landed = everybody(found, programme)
        assert {each for row in landed for each in row.digits} == {
            digits for digits, owner in found.places.items() if owner == programme.id
        }
        for row in landed:
            assert row.wishes == WISHES
            assert row.organization.active, row
            assert row.organization.id in programme.members, row
            for caller in row.callers:
                assert caller.contact.active, row
                assert not caller.contact.handles_rent, row
                assert caller.contact.organization_id == row.organization.id


def test_outside_every_area_the_default_desk_of_last_resort_answers(found: Snapshot) -> None:
    [row] = [row for row in everybody(found, found.default_programme) if not row.digits]
    assert {caller.contact.slug for caller in row.callers} == {"aan-de-slag040-ans"}


@PACKS
def test_whoever_hides_from_their_landlord_is_offered_somebody_else(
    found: Snapshot, path: Path
) -> None:
    programme = found.programme(path.stem)
    assert programme is not None
    routes = found.routing_catalogue(programme, TODAY)
    for landlord in found.landlords_of(programme):
        facts = Facts(landlord=landlord.id, landlord_hidden=True)
        advice = route(facts, routes)
        assert advice.organization != landlord.id
        others = [found.organizations[each] for each in alternatives(facts, routes, advice)]
        assert any(not row.is_landlord for row in others)


def test_eindhoven_has_one_landlord_here_and_two_there(found: Snapshot) -> None:
    assert [row.slug for row in found.landlords_at("5617")] == ["trudo"]
    assert [row.slug for row in found.landlords_at("5642")] == ["woonbedrijf"]
    assert [row.slug for row in found.landlords_at("5611")] == ["trudo", "woonbedrijf"]


def test_a_tenant_of_trudo_who_likes_cooking_meets_trudo(found: Snapshot) -> None:
    trudo = found.organization("trudo")
    assert trudo is not None
    routes = found.routing_catalogue(found.programme_at("5611"), TODAY)
    likes = frozenset({"eindhoven-koken"})
    advice = route(Facts(landlord=trudo.id, likes=likes, digits="5611", language="nl"), routes)
    assert advice.reason is Reason.OWN_LANDLORD
    assert advice.organization == trudo.id


def test_an_arabic_speaking_tenant_in_moerwijk_is_called_in_arabic(found: Snapshot) -> None:
    landlord = found.organization("haag-wonen")
    assert landlord is not None
    assert landlord in found.landlords_at("2533")
    routes = found.routing_catalogue(found.programme_at("2533"), TODAY)
    advice = route(Facts(landlord=landlord.id, digits="2533", language="ar"), routes)
    assert advice.language_met
    assert found.contacts[advice.contact].slug == "haag-wonen-amal"


def test_somebody_without_a_landlord_in_maastricht_meets_athos(found: Snapshot) -> None:
    routes = found.routing_catalogue(found.programme_at("6213"), TODAY)
    advice = route(Facts(rents_from_nobody=True, digits="6213"), routes)
    assert found.organizations[advice.organization].slug == "athos"

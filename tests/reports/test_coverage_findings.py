"""What is wrong is found while it is wrong, and not when it is mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from sqlalchemy import delete, select, update

from portal.accounts.models import Membership
from portal.catalogue.load import load_pack
from portal.catalogue.models import (
    Area,
    Contact,
    EntryLink,
    Holding,
    ProgrammeMember,
    Service,
)
from portal.catalogue.pack.read import read_pack
from portal.catalogue.version import bump_version
from portal.i18n import gettext
from portal.notify.outbox import put_out
from portal.notify.silence import silence
from portal.reports.coverage_evidence import FIX, LOOK, Finding
from portal.reports.coverage_findings import CHECKS
from portal.settings import ROOT
from portal.web.coverage_words import FINDINGS, NOT_TOLD, RULES, about, runs
from tests.desk.world import COORDINATOR, ESRA, World, organization_id
from tests.reports.conftest import Look
from tests.reports.town_hall import away, change

MO_MAIL, MOBILE = "mo@trudo.example", "+31612345678"
Break = Callable[[World], None]


def found(look: Look, code: str) -> list[Finding]:
    return [each for each in look().findings if each.code == code]


def bounce(world: World) -> None:
    with world.writing() as db:
        silence(db, ESRA, "bounce", world.clock())


def bounce_of_coordinator(world: World) -> None:
    with world.writing() as db:
        silence(db, COORDINATOR, "bounce", world.clock())


def no_coordinators(world: World) -> None:
    with world.writing() as db:
        db.execute(delete(Membership).where(Membership.role == "coordinator"))


def nobody_at_randstad_signs_in(world: World) -> None:
    with world.writing() as db:
        there = organization_id(db, "randstad")
        db.execute(delete(Membership).where(Membership.organization_id == there))


def no_tiles(world: World) -> None:
    with world.writing() as db:
        db.execute(update(Service).values(active=False))
        bump_version(db)


def no_posters(world: World) -> None:
    with world.writing() as db:
        db.execute(update(EntryLink).values(organization_id=None))
        bump_version(db)


def no_accounts(world: World) -> None:
    with world.writing() as db:
        db.execute(update(Membership).values(contact_id=None))


def a_poster_of_koenraed(world: World) -> None:
    with world.writing() as db:
        koenraed = organization_id(db, "koenraed")
        link = db.scalars(select(EntryLink)).first()
        assert link
        link.organization_id = koenraed
        bump_version(db)
    away(world, "koenraed-tom")


def homes_elsewhere(world: World) -> None:
    with world.writing() as db:
        db.execute(delete(Holding).where(Holding.organization_id == organization_id(db, "trudo")))
        bump_version(db)


def everybody_for_everybody_away(world: World) -> None:
    away(world, "voorbeeldhoek-noor", "springplank040-rob")


def nobody_at_trudo(world: World) -> None:
    away(world, "trudo-sanne", "trudo-mo")


def full_trudo(world: World) -> None:
    for slug in ("trudo-sanne", "trudo-mo"):
        change(world, slug, capacity=0)


class Broken(NamedTuple):
    """What is broken, and the finding it gives: its code, its level, and of whom it is."""

    by: Break
    code: str
    level: str
    whose: str
    before: Break = lambda _world: None


NOOR, MO, TOM = "voorbeeldhoek-noor", "trudo-mo", "koenraed-tom"
BROKEN = (
    Broken(everybody_for_everybody_away, "only_last_resort", FIX, "Team Aan de Slag040!"),
    Broken(nobody_at_trudo, "nobody_takes_up", LOOK, "Trudo"),
    Broken(lambda w: away(w, NOOR), "nobody_takes_up", FIX, "Buurthuis De Voorbeeldhoek"),
    Broken(nobody_at_trudo, "away", FIX, "Trudo"),
    Broken(full_trudo, "full", LOOK, "Trudo"),
    Broken(
        lambda w: change(w, NOOR, capacity=0), "fallback_full", FIX, "Buurthuis De Voorbeeldhoek"
    ),
    Broken(bounce, "mail_comes_back", FIX, "Woonbedrijf"),
    Broken(bounce_of_coordinator, "coordinator_bounces", FIX, "Trudo"),
    Broken(no_coordinators, "no_coordinator", LOOK, "Trudo"),
    Broken(no_accounts, "only_landline", LOOK, "Trudo"),
    Broken(nobody_at_randstad_signs_in, "only_landline", FIX, "Randstad"),
    Broken(lambda w: change(w, MO, phone=MOBILE), "no_address", LOOK, "Trudo", no_accounts),
    Broken(lambda w: change(w, MO, email=MO_MAIL), "no_account", LOOK, "Trudo", no_accounts),
    Broken(lambda w: change(w, MO, deputy_id=None), "no_deputy", LOOK, "Trudo"),
    Broken(lambda w: change(w, TOM, capacity=0), "no_room_ever", LOOK, "Koenraed"),
    Broken(lambda w: away(w, TOM), "dead_service", LOOK, "Koenraed"),
    Broken(a_poster_of_koenraed, "dead_link", LOOK, "Koenraed"),
    Broken(homes_elsewhere, "no_homes", LOOK, "Trudo"),
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.code)
def test_what_is_broken_is_found_and_was_not_before(
    world: World, look: Look, broken: Broken
) -> None:
    broken.before(world)
    assert broken.whose not in [each.organization for each in found(look, broken.code)]
    broken.by(world)
    [finding] = [each for each in found(look, broken.code) if each.organization == broken.whose]
    assert finding.level == broken.level
    assert broken.whose in about(finding)


@pytest.mark.parametrize("kind", sorted(NOT_TOLD))
def test_a_lost_message_of_any_kind_about_no_case_is_found_at_who_did_not_get_it(
    world: World, look: Look, kind: str
) -> None:
    with world.writing() as db:
        data = {"organization": str(organization_id(db, "trudo"))}
        at, to = world.clock(), COORDINATOR
        for _twice in range(2):
            lost = put_out(db, kind, recipient=to, locale="nl", now=at, data=data)
            lost.state, lost.undelivered_at = "undelivered", at
    [finding] = found(look, "not_told")
    assert (finding.level, about(finding)) == (FIX, f"Trudo: {gettext(NOT_TOLD[kind])}")


def test_whose_people_wait_on_a_list_that_nobody_opens_comes_first(
    world: World, look: Look
) -> None:
    no_accounts(world)
    world.register()
    at_trudo = [each for each in found(look, "only_landline") if each.organization == "Trudo"]
    assert [(each.level, each.people) for each in at_trudo] == [
        (FIX, ("Sanne",)),
        (LOOK, ("Mo",)),
    ]


def test_everybody_lands_when_those_who_are_named_can_open_their_list(
    world: World, look: Look
) -> None:
    assert {each.organization for each in found(look, "nobody_signs_in")} == {
        "Buurthuis De Voorbeeldhoek",
        "Team Aan de Slag040!",
    }
    assert {each.code for each in look().findings if each.level == FIX} == {
        "nobody_signs_in",
        "only_landline",
    }
    world.open_every_list()
    assert look().urgent == 0


def test_languages_without_a_word_in_common_are_named(world: World, look: Look) -> None:
    [trudo] = [each for each in found(look, "nobody_speaks") if each.organization == "Trudo"]
    assert trudo.languages == ("tr", "pl", "es", "de")
    change(world, "trudo-mo", interpreter=True)
    assert "Trudo" not in [each.organization for each in found(look, "nobody_speaks")]


def test_a_rule_that_never_applies_is_named_and_the_last_one_is_not_missed(
    world: World, look: Look
) -> None:
    assert not found(look, "dead_rule")
    no_tiles(world)
    assert [each.rule for each in found(look, "dead_rule")] == ["fits_interest"]
    no_posters(world)
    assert {each.rule for each in found(look, "dead_rule")} == {"fits_interest", "entry_link"}


def test_an_organisation_that_no_way_leads_to_is_named(world: World, look: Look) -> None:
    assert not found(look, "never_reached")
    no_tiles(world)
    no_posters(world)
    assert {each.organization for each in found(look, "never_reached")} == {
        "Koenraed",
        "METmet",
        "Randstad",
    }


def test_a_tile_that_no_postcode_shows_is_named(world: World, look: Look) -> None:
    assert not found(look, "hidden_service")
    with world.writing() as db:
        load_pack(db, read_pack(ROOT / "portal" / "packs" / "maastricht.toml"))
        elsewhere = db.scalars(select(Area.slug).where(Area.slug.startswith("maastricht"))).first()
    change(world, "eindhoven-koken", areas=[elsewhere])
    assert [each.things for each in found(look, "hidden_service")] == [("Koken",)]


def test_a_programme_without_last_resort_is_one_finding_and_no_error(
    world: World, look: Look
) -> None:
    change(world, "aan-de-slag040-ans", active=False)
    report = look()
    assert report.broken
    assert [each.code for each in report.findings] == ["broken"]
    assert report.rows == ()


def test_an_organisation_that_left_is_not_looked_at(world: World, look: Look) -> None:
    with world.writing() as db:
        koenraed = organization_id(db, "koenraed")
        db.execute(delete(ProgrammeMember).where(ProgrammeMember.organization_id == koenraed))
        bump_version(db)
    assert "Koenraed" not in {each.organization for each in found(look, "no_deputy")}
    assert "Koenraed" in {each.organization for each in found(look, "dead_service")}


def test_what_must_be_mended_comes_first_and_every_finding_has_words(
    world: World, look: Look
) -> None:
    nobody_at_trudo(world)
    levels = [each.level for each in look().findings]
    assert levels == sorted(levels)  # "fix" before "look"
    assert {each.code for each in look().findings} <= FINDINGS.keys()
    named = {name for check in CHECKS for name in check.__code__.co_consts if name in FINDINGS}
    assert named | {"broken"} == FINDINGS.keys()
    assert {each.rule for each in found(look, "dead_rule")} <= RULES.keys()


def test_somebody_who_handles_rent_is_never_missed(world: World, look: Look) -> None:
    with world.looking() as db:
        assert db.scalar(select(Contact.id).where(Contact.slug == "trudo-kees"))
    people = [name for each in look().findings for name in each.people]
    assert "Kees" not in people


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ((), ""),
        (("5611",), "5611"),
        (("5611", "5612"), "5611, 5612"),
        (("5611", "5612", "5613", "5617"), "5611–5613, 5617"),
    ],
)
def test_neighbouring_postcodes_are_written_as_one(digits: tuple[str, ...], shown: str) -> None:
    assert runs(digits) == shown

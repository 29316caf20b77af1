from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal.privacy.models import AuditEvent
from portal.registration.change import add_line
from portal.registration.consent import revoke
from portal.registration.models import Registration
from tests.desk.world import SANNE, World, organization_id
from tests.support.application import CheckedClient
from tests.support.html import Element


@pytest.fixture
def sam(world: World) -> UUID:
    return world.register(
        "Voorbeeld-Sam",
        language="ar",
        wishes=("paid_work", "learning"),
        likes=("eindhoven-koken",),
        practical=("children",),
        times=("morning",),
        email="sam@voorbeeld.example",
    )


def case(client: CheckedClient, registration_id: UUID) -> Element:
    return client.page(f"/desk/registrations/{registration_id}")


def test_everything_somebody_told_is_on_one_screen(sanne: CheckedClient, sam: UUID) -> None:
    text = case(sanne, sam).text
    for words in (
        "Voorbeeld-Sam",
        "Arabisch",
        "betaald werk, leren",
        "Koken",
        "zorgt voor kinderen",
        "’s ochtends",
        "5616",
        "Huurt bijTrudo",
        "Bel uiterlijk vr 20 nov",
        "woensdag 18 november, 10:00",
    ):
        assert words in text


def test_the_number_and_the_address_are_one_press_away(sanne: CheckedClient, sam: UUID) -> None:
    links = {link.get("href"): link.text for link in case(sanne, sam).all("a")}
    assert links["tel:+31612345678"] == "06 12345678"
    assert links["mailto:sam@voorbeeld.example"] == "sam@voorbeeld.example"


def test_whoever_expects_somebody_to_come_by_reads_where_and_when_it_is_open(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    comes_by = world.register(phone=None, drop_by="springplank040-inloop")
    (place,) = [each for each in case(sanne, comes_by).all("p") if each.get("class") == "place"]
    assert place.text == (
        "Komt langs bij Inloop Springplank040, Voorbeeldstraat 12, Eindhoven. "
        "Open: maandag 10:00–\u206012:00, woensdag 10:00–\u206012:00."
    )
    assert not [each for each in case(sanne, sam).all("p") if each.get("class") == "place"]


@pytest.mark.parametrize(
    ("shared", "words"),
    [("no", "Zeg dan niet waarom je belt."), ("yes", "Je mag zeggen waarom je belt.")],
)
def test_whoever_calls_knows_what_to_say_to_somebody_else(
    world: World, sanne: CheckedClient, shared: str, words: str
) -> None:
    assert words in case(sanne, world.register(shared_phone=shared)).text


def test_who_was_registered_at_a_counter_is_tried_through_who_registered_them(
    sanne: CheckedClient, world: World, sam: UUID
) -> None:
    def offered() -> bool:
        buttons = case(sanne, sam).all("button", name="result")
        return "registrar" in [each.get("value") for each in buttons]

    assert not offered()
    world.at_a_counter(sam)
    assert offered()
    at = f"/desk/registrations/{sam}"
    answer = sanne.submit(case(sanne, sam), f"{at}/attempts", at=at, result="registrar")
    assert answer.status_code == 303
    assert "Via wie hen aanmeldde" in case(sanne, sam).text


def test_nobody_is_asked_to_pass_on_what_nobody_registered(sanne: CheckedClient, sam: UUID) -> None:
    at = f"/desk/registrations/{sam}"
    answer = sanne.submit(case(sanne, sam), f"{at}/attempts", at=at, result="registrar")
    assert answer.status_code == 422
    assert "Deze persoon meldde zichzelf aan" in answer.text


def test_why_this_owner_stands_in_a_sentence(sanne: CheckedClient, sam: UUID) -> None:
    text = case(sanne, sam).text
    assert "Waarom jij" in text
    assert "Sanne van Trudo: huurt bij Trudo." in text
    assert "Kon ook: Mo." in text
    assert "Gekozen door de regels · wo 18 nov 10:00" in text


def test_consent_says_who_how_in_which_language_and_which_text(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    text = case(sanne, sam).text
    assert "op het scherm, in het Nederlands · wo 18 nov 10:00 · tekst 2026-11" in text
    assert "Buurthuis De Voorbeeldhoek neemt het over als jij niet belt" in text
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        other = organization_id(db, "voorbeeldhoek")
        revoke(db, registration, other, now=world.clock())
    assert "niet meer sinds wo 18 nov" in case(sanne, sam).text


def test_a_landlord_who_need_not_know_is_a_warning_and_never_named(
    world: World, client: CheckedClient
) -> None:
    from portal.accounts.manage import add_account, add_membership
    from tests.desk.world import PASSWORD, contact_id, sign_in
    from tests.support.passwords import hashed

    with world.writing() as db:
        noor = add_account(
            db, "noor@buurt.example", "Noor", password_hash=hashed(PASSWORD), now=world.clock()
        )
        owner, seat = organization_id(db, "voorbeeldhoek"), contact_id(db, "voorbeeldhoek-noor")
        add_membership(db, noor, owner, "handler", contact_id=seat)
    hidden = world.register(
        contact="voorbeeldhoek-noor", landlord="woonbedrijf", landlord_hidden=True
    )
    sign_in(client, "noor@buurt.example")
    text = case(client, hidden).text
    assert "De verhuurder hoeft dit niet te weten." in text
    assert "Woonbedrijf" not in text


def test_a_line_of_the_person_stands_in_the_story(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    with world.writing() as db:
        registration = db.get_one(Registration, sam)
        add_line(db, registration, "Bel na vieren <b>graag</b>", insist=False, now=world.clock())
    page = case(sanne, sam)
    assert "Bel na vieren <b>graag</b>" in page.text
    assert not [b for b in page.all("b") if b.text == "graag"]


def test_opening_a_case_is_on_record_each_time(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    for _ in range(2):
        case(sanne, sam)
    with world.looking() as db:
        query = select(AuditEvent).where(AuditEvent.action == "read_case")
        read = db.scalars(query).all()
        owner = organization_id(db, "trudo")
    me = world.identity(SANNE).account_id
    assert [(e.account_id, e.registration_id, e.organization_id) for e in read] == [
        (me, sam, owner)
    ] * 2


def test_a_case_that_comes_back_with_a_refusal_is_on_record_too(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    at = f"/desk/registrations/{sam}"
    page = case(sanne, sam)
    for text in ("", "Vraagt om een Wmo-indicatie"):
        assert sanne.submit(page, f"{at}/notes", at=at, text=text).status_code == 422
    with world.looking() as db:
        query = select(AuditEvent).where(AuditEvent.action == "read_case")
        assert len(db.scalars(query).all()) == 3


def test_somebody_elses_case_is_not_there_and_leaves_no_trace_of_reading(
    world: World, sanne: CheckedClient
) -> None:
    theirs = world.register("Voorbeeld-Ali", contact="woonbedrijf-esra")
    for each in (theirs, uuid4()):
        page = sanne.page(f"/desk/registrations/{each}", 404)
        assert "Dit vinden we niet" in page.text
        assert "Ali" not in page.text
    with world.looking() as db:
        assert not db.scalars(select(AuditEvent).where(AuditEvent.action == "read_case")).all()


def test_only_what_the_table_of_states_allows_can_be_pressed(
    sanne: CheckedClient, sam: UUID
) -> None:
    page, base = case(sanne, sam), f"/desk/registrations/{sam}"
    actions = {form.get("action").removeprefix(base) for form in page.all("form")}
    assert {"/attempts", "/notes", "/take", "/hand-over"} <= actions
    assert not actions & {"/settle", "/close", "/wait", "/resume", "/reopen"}


def test_a_case_is_kept_nowhere_on_the_way(sanne: CheckedClient, sam: UUID) -> None:
    answer = sanne.get(f"/desk/registrations/{sam}")
    assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_left_no_number_has_no_results_of_a_number(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    def offered() -> set[str]:
        buttons = case(sanne, sam).all("button", name="result")
        return {each.get("value") for each in buttons if "result" in each.get("class")}

    usual = {"reached", "no_answer", "voicemail", "message", "came_by", "wrong_number"}
    assert offered() == usual
    with world.writing() as db:
        db.get_one(Registration, sam).phone = None
    assert offered() == usual - {"voicemail", "wrong_number"}

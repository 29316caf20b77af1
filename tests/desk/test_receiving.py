"""What another organisation asks of mine, answered by an account: list, page, record."""

from __future__ import annotations

from itertools import product
from uuid import UUID, uuid4

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from portal.accounts.manage import add_membership, find_account
from portal.desk.receiving_page import MOST_ROWS
from portal.privacy.encryption import seal, unseal
from portal.privacy.models import AuditEvent
from portal.referral.models import Referral, ReferralEvent
from portal.referral.states import STATES
from portal.web.partner.form import ACTS
from tests.desk.world import LINDA, SANNE, World, organization_id, sign_in
from tests.reply.asking import DEEDS, PHONE_SHOWN, Asking
from tests.reply.saying import FIELDS, but_for_reading, forms_on, may, press
from tests.support.application import ORIGIN, CheckedClient
from tests.support.html import read_html

ALLOWED = [(state, act, to) for state in STATES for act, to in may(state).items()]
REFUSED = [(state, act) for state, act in product(STATES, ACTS) if act not in may(state)]


@pytest.fixture
def asking(world: World) -> Asking:
    """Trudo asks Randstad."""
    return Asking(world)


@pytest.fixture
def linda(asking: Asking, client: CheckedClient) -> CheckedClient:
    """The browser of Linda, who works at Randstad."""
    sign_in(client, LINDA)
    return client


def at(referral: UUID) -> str:
    return f"/desk/referrals/{referral}"


@pytest.mark.parametrize("state", STATES)
def test_the_page_offers_exactly_what_the_table_allows(
    asking: Asking, linda: CheckedClient, state: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    assert forms_on(linda, at(referral)) == set(may(state))


@pytest.mark.parametrize("way", ["recorded", "own"])
def test_a_number_left_out_the_second_time_is_hidden_at_once_at_the_desk(
    asking: Asking, linda: CheckedClient, way: str
) -> None:
    referral = asking.refer(words="Neemt graag een vriendin mee.")
    asking.bring(referral, "accepted")
    assert PHONE_SHOWN in linda.page(at(referral)).text
    asking.agree_again(referral, way=way, shares=("wishes",))
    said = linda.page(at(referral)).text
    assert "betaald werk" in said
    for hidden in (PHONE_SHOWN, "Neemt graag een vriendin mee."):
        assert hidden not in said, hidden


@pytest.mark.parametrize(("state", "act", "to"), ALLOWED)
def test_what_the_table_allows_is_one_press_away(
    asking: Asking, linda: CheckedClient, state: str, act: str, to: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    answer = press(linda, at(referral), act)
    assert answer.status_code == 303, answer.text
    assert asking.load(referral).state == to
    with asking.world.looking() as db:
        newest = select(ReferralEvent).order_by(ReferralEvent.at.desc())
        event = db.scalars(newest.where(ReferralEvent.event == act)).first()
        assert event
        assert (event.way, event.account_id) == ("account", asking.world.identity(LINDA).account_id)
    assert linda.page(answer.location).all("p", role="status")


@pytest.mark.parametrize(("state", "act"), REFUSED)
def test_what_the_table_does_not_allow_changes_nothing_and_is_said_kindly(
    asking: Asking, linda: CheckedClient, state: str, act: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    token = linda.page("/desk/asked").all("input", name="csrf_token")[0].get("value")
    before = but_for_reading(asking)
    data = {"csrf_token": token, "version": str(asking.load(referral).version), **FIELDS[act]}
    headers = {"Referer": f"{ORIGIN}/desk/asked"}
    answer = linda.post(f"{at(referral)}/{act}", data=data, headers=headers)
    assert but_for_reading(asking) == before
    assert answer.status_code in (303, 409)
    told = answer if answer.status_code == 409 else linda.get(answer.location)
    assert "Dat kan niet meer." in told.text or "Dat was al gezegd." in told.text


def test_a_form_without_its_token_is_not_acted_on(asking: Asking, linda: CheckedClient) -> None:
    referral = asking.refer()
    linda.post(f"{at(referral)}/accept", data={"version": "1"})
    assert asking.load(referral).state == "requested"


def test_the_list_has_blocks_in_a_fixed_order(asking: Asking, linda: CheckedClient) -> None:
    late = asking.refer("Voorbeeld-Laat")
    asking.world.clock.set("2026-11-23T10:00")
    rest, ended, busy = (asking.refer(f"Voorbeeld-{name}") for name in ("Rust", "Eind", "Bezig"))
    asking.bring(rest, "on_hold")
    asking.bring(ended, "rejected")
    asking.bring(busy, "in_progress")
    new = asking.refer("Voorbeeld-Nieuw")
    asking.refer("Voorbeeld-Ander", to="springplank040")
    sign_in(linda, LINDA)
    page = linda.page("/desk/asked")
    blocks = [
        (block.all("h2")[0].text, block.all("a")[0].get("href").rpartition("/")[2])
        for block in page.all("section")
    ]
    assert blocks == [
        ("Te beantwoorden 1", str(new)),
        ("Te laat 1", str(late)),
        ("Bij ons in behandeling 1", str(busy)),
        ("Rust 1", str(rest)),
        ("Afgelopen 30 dagen afgerond 1", str(ended)),
    ]
    assert "Voorbeeld-Ander" not in page.text
    assert "1 persoon wacht te lang." in page.text


def test_the_list_forgets_what_ended_long_ago_and_what_was_withdrawn(
    asking: Asking, linda: CheckedClient
) -> None:
    ended, withdrawn = asking.refer("Voorbeeld-Eind"), asking.refer("Voorbeeld-Weg")
    asking.bring(ended, "rejected")
    now = asking.world.clock()
    asking.act(withdrawn, lambda db, row: DEEDS["withdraw_consent"](db, row, now))
    assert "Voorbeeld-Weg" not in linda.page("/desk/asked").text
    assert linda.get(at(withdrawn)).status_code == 404
    asking.world.clock.advance(days=30)
    sign_in(linda, LINDA)
    page = linda.page("/desk/asked")
    assert "Voorbeeld-Eind" not in page.text
    assert "Er wacht geen vraag van een andere organisatie op jullie." in page.text


def test_the_number_is_there_only_once_it_is_taken_up(asking: Asking, linda: CheckedClient) -> None:
    referral = asking.refer()
    assert PHONE_SHOWN not in linda.page(at(referral)).text
    press(linda, at(referral), "accept")
    assert PHONE_SHOWN in linda.page(at(referral)).text


def test_who_reads_it_is_written_down(asking: Asking, linda: CheckedClient) -> None:
    referral = asking.refer()
    linda.page(at(referral))
    with asking.world.looking() as db:
        found = db.scalars(select(AuditEvent).where(AuditEvent.action == "read_referral")).all()
        assert [(row.account_id, row.registration_id, row.organization_id) for row in found] == [
            (
                asking.world.identity(LINDA).account_id,
                asking.load(referral).registration_id,
                organization_id(db, "randstad"),
            )
        ]


def test_the_owner_is_led_to_the_case(asking: Asking, sanne: CheckedClient) -> None:
    referral = asking.refer()
    case = f"/desk/registrations/{asking.load(referral).registration_id}"
    assert sanne.get(at(referral)).location == case
    assert "Voorbeeld-Sam" not in sanne.page("/desk/asked").text


def test_whoever_works_at_both_answers_for_the_receiver(
    asking: Asking, sanne: CheckedClient
) -> None:
    with asking.world.writing() as db:
        account = find_account(db, SANNE)
        assert account
        add_membership(db, account, organization_id(db, "randstad"), "handler")
    referral = asking.refer()
    assert press(sanne, at(referral), "accept").status_code == 303
    assert asking.load(referral).state == "accepted"


def test_what_was_taken_over_goes_on_as_a_case(asking: Asking, linda: CheckedClient) -> None:
    referral = asking.refer(transfers=True)
    answer = press(linda, at(referral), "accept")
    case = f"/desk/registrations/{asking.load(referral).registration_id}"
    assert linda.get(answer.location).location == case
    assert "Voorbeeld-Sam" in linda.page(case).text
    assert "Voorbeeld-Sam" not in linda.page("/desk/asked").text


def test_an_address_that_was_copied_from_an_answer_leads_back(
    asking: Asking, linda: CheckedClient
) -> None:
    referral = asking.refer()
    before = but_for_reading(asking)
    assert linda.get(f"{at(referral)}/accept").location == at(referral)
    assert but_for_reading(asking) == before


def test_a_colleague_by_link_and_one_with_an_account_meet(
    asking: Asking, linda: CheckedClient
) -> None:
    referral = asking.refer()
    hers = linda.page(at(referral))
    asking.world.clock.advance(minutes=3)
    by_link = f"/reply/{asking.token(referral)}"
    press(linda, by_link, "accept")
    late = linda.submit(hers, f"{at(referral)}/decline", at=at(referral), reason="full")
    assert late.status_code == 409
    told = read_html(late.text)[1].all("div", id="trouble")[0].text
    assert "10:03 · Randstad: Gaan helpen" in told
    press(linda, at(referral), "attempt", result="voicemail")
    assert "Linda Voorbeeld" in linda.page(at(referral)).text
    assert "Linda Voorbeeld" not in linda.page(by_link).text


def test_everybody_who_follows_up_finds_the_list_in_the_menu(
    asking: Asking, linda: CheckedClient
) -> None:
    assert "/desk/asked" in [a.get("href") for a in linda.page("/desk/").all("a")]


def test_who_looks_at_today_sees_that_a_question_waits(
    asking: Asking, linda: CheckedClient
) -> None:
    assert "wacht op jullie antwoord" not in linda.page("/desk/").text
    first, second = asking.refer(), asking.refer("Voorbeeld-Tweede")
    page = linda.page("/desk/")
    assert "2 mensen wachten op jullie antwoord." in page.text
    press(linda, at(first), "accept")
    asking.bring(second, "rejected")
    assert "wacht op jullie antwoord" not in linda.page("/desk/").text


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    asking: Asking, linda: CheckedClient
) -> None:
    asking.refer()
    linda.page("/desk/asked")
    with asking.world.counting() as few:
        linda.page("/desk/asked")
    for number in range(5):
        asking.refer(f"Voorbeeld-{number}")
    with asking.world.counting() as many:
        assert len(linda.page("/desk/asked").all("h3")) == 6
    assert len(many) == len(few) <= 8


def test_a_list_without_end_is_cut_and_what_is_open_stays_on_it(
    asking: Asking, linda: CheckedClient
) -> None:
    ended = asking.refer()
    asking.bring(ended, "rejected")
    asking.refer("Voorbeeld-Nu")
    page = linda.page("/desk/asked")
    assert "Dit zijn de eerste" not in page.text
    with asking.world.writing() as db:
        for _ in range(MOST_ROWS):
            _again(db, db.get_one(Referral, ended))
    page = linda.page("/desk/asked")
    assert len(page.all("h3")) == MOST_ROWS
    assert page.all("h3")[0].text == "Voorbeeld-Nu"
    assert "Dit zijn de eerste 200. De andere volgen als deze klaar zijn." in page.text


def _again(db: Session, row: Referral) -> None:
    """Store the same once more, under an id of its own."""
    same = {each.key: getattr(row, each.key) for each in inspect(Referral).columns}
    copied = Referral(**{**same, "id": uuid4()})
    seal(db, copied, "snapshot", unseal(db, row, "snapshot"))
    db.add(copied)


@pytest.mark.parametrize("state", ["requested", "accepted", "in_progress"])
def test_today_names_whom_we_have_to_answer_for_and_who_is_in_our_hands(
    asking: Asking, linda: CheckedClient, state: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    page = linda.page("/desk/")
    (section,) = page.all("section", **{"aria-labelledby": "asked-title"})
    assert [link.get("href") for link in section.all("a")] == [at(referral)]
    assert section.all("h3")[0].text


@pytest.mark.parametrize("state", ["rejected", "completed"])
def test_what_is_over_does_not_stand_on_today(
    asking: Asking, linda: CheckedClient, state: str
) -> None:
    asking.bring(asking.refer(), state)
    assert not linda.page("/desk/").all("section", **{"aria-labelledby": "asked-title"})

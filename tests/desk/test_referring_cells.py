"""Every cell of state and event, for the owner and for what a partner said on the phone."""

from __future__ import annotations

from datetime import date
from itertools import product
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.desk.referral_words import TOLD_WORDS
from portal.desk.referring_forms import TOLD_CHOICES
from portal.referral.models import ReferralEvent, ReferralNote
from portal.referral.states import EVENTS, STATES, allowed
from tests.desk.partners import Desk, stored
from tests.desk.world import World
from tests.reply.asking import Asking
from tests.support.application import CheckedClient, values_of
from tests.support.html import Element

# What each event needs besides, so that only state and side decide.
NEEDS = {
    "decline": "decline:full",
    "complete": "complete:paid_work",
    "fail": "fail:stopped",
}
ROOMS_OF_OWNER = {"retract": {"reason": "by_mistake"}}
TOLD = sorted(TOLD_WORDS)


def moves(side: str) -> dict[tuple[str, str], str]:
    """Where each event of a side leads to, by state."""
    return {(state, row.event): row.to for state in STATES for row in allowed(state, side)}


OWNER_MOVES, TOLD_MOVES = moves("owner"), moves("receiver")
OWNER_REFUSED = sorted(set(product(STATES, ROOMS_OF_OWNER)) - set(OWNER_MOVES))
TOLD_REFUSED = sorted(set(product(STATES, TOLD)) - set(TOLD_MOVES))


@pytest.fixture
def asking(world: World) -> Asking:
    return Asking(world)


def desk_of(asking: Asking, client: CheckedClient, referral: UUID) -> Desk:
    return Desk(asking.world, client, asking.load(referral).registration_id)


def home(desk: Desk, referral: UUID) -> str:
    return f"{desk.case}/referrals/{referral}"


def told(act: str) -> dict[str, str]:
    return {
        "text": "Zo zit het.",
        "said_by": "Linda",
        "said_on": "2026-11-18",
        "act": NEEDS.get(act, act),
        "day": "2026-11-25" if act == "hold" else "",
    }


def acts_on(page: Element, at: str) -> set[str]:
    """What the page lets somebody do with a referral."""
    forms = [form.get("action").removeprefix(f"{at}/") for form in page.all("form")]
    options = {
        option.get("value").partition(":")[0]
        for form in page.all("form", action=f"{at}/told")
        for option in form.all("option")
    }
    return ({form for form in forms if form in ROOMS_OF_OWNER} | options) - {""}


def test_the_owner_and_what_is_told_are_all_of_the_table_but_for_sending() -> None:
    assert {event for _state, event in OWNER_MOVES} == set(ROOMS_OF_OWNER)
    assert {event for _state, event in TOLD_MOVES} == set(TOLD_WORDS)
    assert {each.partition(":")[0] for each in TOLD_CHOICES} == set(TOLD_WORDS)
    # The person and the clock have the rest, and nothing of theirs is sent from here.
    assert set(EVENTS) - set(TOLD_WORDS) - set(ROOMS_OF_OWNER) == {"send", "lapse", "withdraw"}


@pytest.mark.parametrize("state", STATES)
def test_the_case_offers_exactly_what_the_table_allows(
    asking: Asking, sanne: CheckedClient, state: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    desk = desk_of(asking, sanne, referral)
    expected = {event for at, event in {**OWNER_MOVES, **TOLD_MOVES} if at == state}
    assert acts_on(desk.page(), home(desk, referral)) == expected


@pytest.mark.parametrize(("state", "event"), sorted(OWNER_MOVES))
def test_what_the_table_allows_the_owner_is_one_form_away(
    asking: Asking, sanne: CheckedClient, state: str, event: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    desk = desk_of(asking, sanne, referral)
    at = f"{home(desk, referral)}/{event}"
    assert desk.press(desk.case, at, **ROOMS_OF_OWNER[event]).status_code == 303
    assert asking.load(referral).state == OWNER_MOVES[state, event]
    assert asking.events(referral)[-1] == event


@pytest.mark.parametrize(("state", "event"), OWNER_REFUSED)
def test_what_the_table_does_not_allow_the_owner_changes_nothing(
    asking: Asking, sanne: CheckedClient, state: str, event: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    desk, before = desk_of(asking, sanne, referral), stored(asking.rows())
    fields = {"version": str(asking.load(referral).version), **ROOMS_OF_OWNER[event]}
    answer = desk.forge(f"{home(desk, referral)}/{event}", **fields)
    assert answer.status_code == 422
    assert "Dit kan niet meer." in answer.text
    assert stored(asking.rows()) == before


@pytest.mark.parametrize(("state", "event"), sorted(TOLD_MOVES))
def test_what_a_partner_says_on_the_phone_counts_as_theirs(
    asking: Asking, sanne: CheckedClient, state: str, event: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    desk = desk_of(asking, sanne, referral)
    answer = desk.press(desk.case, f"{home(desk, referral)}/told", **told(event))
    assert answer.status_code == 303, answer.text
    assert asking.load(referral).state == TOLD_MOVES[state, event]
    with asking.world.looking() as db:
        rows = select(ReferralEvent).where(
            ReferralEvent.referral_id == referral, ReferralEvent.event == event
        )
        last = list(db.scalars(rows.order_by(ReferralEvent.at)))[-1]
        note = db.scalars(select(ReferralNote)).one()
    assert (last.actor, last.way) == ("receiver", "told")
    assert last.account_id == note.account_id
    assert note.said_on == date(2026, 11, 18)
    assert "gezegd door Linda op wo 18 nov" in desk.page().text


@pytest.mark.parametrize(("state", "event"), TOLD_REFUSED)
def test_what_a_partner_cannot_say_now_changes_nothing(
    asking: Asking, sanne: CheckedClient, state: str, event: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    desk, before = desk_of(asking, sanne, referral), stored(asking.rows())
    fields = {"version": str(asking.load(referral).version), **told(event)}
    answer = desk.forge(f"{home(desk, referral)}/told", **fields)
    assert answer.status_code == 422
    assert stored(asking.rows()) == before


def test_a_form_of_a_referral_carries_its_own_version(asking: Asking, sanne: CheckedClient) -> None:
    referral = asking.refer()
    desk = desk_of(asking, sanne, referral)
    (form,) = desk.page().all("form", action=f"{home(desk, referral)}/retract")
    assert values_of(form)["version"] == [str(asking.load(referral).version)]

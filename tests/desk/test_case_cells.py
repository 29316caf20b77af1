"""Every cell of a registration's table for its owner, from the button on the case to the row."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from werkzeug.test import TestResponse

from portal.referral.consent import SHARES, record_consent
from portal.registration.models import Registration
from portal.registration.states import TABLE, MoveError, find, move
from tests.desk.partners import Desk, stored, tree
from tests.desk.roads import CAME_FROM, STANDINGS, Traveller, state_at
from tests.desk.world import SANNE, World, contact_id, organization_id
from tests.reply.asking import Asking
from tests.support.application import CheckedClient

# Which form causes which event, and what is filled in: on its own, or as part of one act.
FORMS: dict[tuple[str, str], dict[str, str]] = {
    ("pick_up", "take"): {},
    ("pick_up", "attempts"): {"result": "pick_up"},
    ("put_back", "attempts/undo"): {},
    ("refer", "refer"): {"go": "send"},
    ("start", "start"): {},
    ("wait", "wait"): {"until": "2026-12-01"},
    ("wait", "attempts"): {"result": "wait", "wished": "2026-12-01"},
    ("resume", "resume"): {},
    ("resume", "attempts"): {"result": "resume"},
    ("hand_over", "hand-over"): {},
    ("settle", "settle"): {"outcome": "volunteering"},
    ("close", "close"): {"reason": "moved"},
    ("reopen", "reopen"): {},
}
BUTTONS = {at: event for event, at in FORMS if at != "attempts"}
CELLS = [(standing, *form) for standing, form in product(STANDINGS, FORMS)]
# Where a guard of the table stands in the way: a partner has them in hand, or there is no consent.
IN_HAND = ("referred", "active", "active, asked", "waiting, asked", "waiting, begun")
# Who can be taken back from a partner that has not begun.
TAKEN_BACK = ("referred", "active, asked", "waiting, asked")


def after(standing: str, event: str) -> str | None:
    """The state that the table leads to; None when it leads nowhere."""
    try:
        return move(state_at(standing), event, "account", CAME_FROM.get(standing))
    except MoveError:
        return None


def unmet(standing: str, event: str) -> bool:
    """Whether a need of this event cannot be met by who stands there."""
    needs = find(state_at(standing), event, "account").needs
    stopped = standing == "closed, stopped" and "consent" in needs
    return stopped or (standing in IN_HAND and "no_open_referral" in needs)


HAPPENS = [cell for cell in CELLS if after(*cell[:2]) and not unmet(*cell[:2])]
GUARDED = [cell for cell in CELLS if after(*cell[:2]) and unmet(*cell[:2])]
REFUSED = [cell for cell in CELLS if not after(*cell[:2])]


@pytest.fixture
def sam(world: World) -> Traveller:
    """Somebody who agreed on the phone that METmet may be asked."""
    sam = Traveller(Asking(world), world.register(likes=("eindhoven-koken",)))
    by, now = world.identity(SANNE), world.clock()
    with world.writing() as db:
        said: dict[str, Any] = {"method": "phone", "locale": "nl", "by": by}
        row, partner = db.get_one(Registration, sam.id), organization_id(db, "metmet")
        record_consent(db, row, partner, shares=SHARES, now=now, **said)
    world.clock.advance(minutes=1)
    return sam


@pytest.fixture
def desk(world: World, sanne: CheckedClient, sam: Traveller) -> Desk:
    return Desk(world, sanne, sam.id)


def send(desk: Desk, at: str, **fields: str) -> TestResponse:
    """Send a form of the case, whether it stands there or not."""
    home = desk.partner("metmet") if at == "refer" else desk.case
    if at == "hand-over":
        with desk.world.looking() as db:
            fields["contact"] = str(contact_id(db, "trudo-mo"))
    version = str(desk.registration().version)
    return desk.forge(f"{home}/{at}", version=version, **fields)


def buttons_on(desk: Desk) -> set[str]:
    """Which events the case offers a form for; a partner is asked on a page of its own."""
    page = desk.page()
    forms = {form.get("action").removeprefix(f"{desk.case}/") for form in page.all("form")}
    asks = {"refer"} if page.all("a", href=f"{desk.case}/partners") else set()
    return {BUTTONS[at] for at in forms & set(BUTTONS)} | asks


def test_a_case_has_a_form_for_every_event_of_its_owner_but_for_what_a_retraction_causes() -> None:
    theirs = {row.event for row in TABLE if "account" in row.actors}
    assert theirs - set(BUTTONS.values()) == {"came_back"}


@pytest.mark.parametrize("standing", STANDINGS)
def test_the_case_offers_exactly_what_the_table_allows(
    desk: Desk, sam: Traveller, standing: str
) -> None:
    sam.bring(standing)
    allowed = {event for event in BUTTONS.values() if after(standing, event)}
    assert buttons_on(desk) == allowed


@pytest.mark.parametrize(("standing", "event", "at"), HAPPENS)
def test_what_the_table_allows_happens_as_it_says(
    desk: Desk, sam: Traveller, standing: str, event: str, at: str
) -> None:
    sam.bring(standing)
    before, state = sam.moves(), state_at(standing)
    answer = send(desk, at, **FORMS[event, at])
    assert answer.status_code == 303, tree(answer).text
    assert sam.moves()[len(before) :] == [(event, state, after(standing, event), "account")]
    assert sam.load().state == after(standing, event)
    assert desk.page().all("p", role="status")


@pytest.mark.parametrize(("standing", "event", "at"), GUARDED)
def test_what_a_guard_stands_in_the_way_of_changes_nothing_and_is_explained(
    desk: Desk, sam: Traveller, standing: str, event: str, at: str
) -> None:
    sam.bring(standing)
    before = stored(sam.asking.rows())
    answer = send(desk, at, **FORMS[event, at])
    assert answer.status_code == 422
    (trouble,) = tree(answer).all("div", role="alert")
    assert trouble.text
    assert "Dit kan niet meer." not in trouble.text
    assert stored(sam.asking.rows()) == before


@pytest.mark.parametrize(("standing", "event", "at"), REFUSED)
def test_what_the_table_does_not_allow_changes_nothing_and_is_said(
    desk: Desk, sam: Traveller, standing: str, event: str, at: str
) -> None:
    sam.bring(standing)
    before = stored(sam.asking.rows())
    answer = send(desk, at, **FORMS[event, at])
    assert answer.status_code == 422
    assert all(trouble.text for trouble in tree(answer).all("div", role="alert"))
    assert stored(sam.asking.rows()) == before


@pytest.mark.parametrize("standing", TAKEN_BACK)
def test_who_is_taken_back_from_the_last_partner_comes_back_as_the_table_says(
    desk: Desk, sam: Traveller, standing: str
) -> None:
    sam.bring(standing)
    before, state = sam.moves(), state_at(standing)
    (asked,) = [each.id for each in desk.referrals() if each.state == "requested"]
    at = f"{desk.case}/referrals/{asked}/retract"
    assert desk.press(desk.case, at, reason="by_mistake").status_code == 303
    to = after(standing, "came_back")
    assert sam.moves()[len(before) :] == ([("came_back", state, to, "account")] if to else [])
    assert sam.load().state == (to or state)

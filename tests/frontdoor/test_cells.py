"""Every cell of a registration's table for the person, on their own page: by link, and by code."""

from __future__ import annotations

from itertools import product

import pytest

from portal.referral.states import EVENTS as REFERRAL_EVENTS
from portal.registration.states import EVENTS, TABLE, MoveError, move, remembered
from tests.desk.roads import CAME_FROM, STANDINGS, state_at
from tests.frontdoor.saying import KEYS, NO_TO_OWNER, NO_TO_PARTNER, NOT_NOW, OnPage
from tests.frontdoor.visiting import actions, tree

# Which form causes which event: with this key, these words.
WAYS = {
    ("withdraw", "mine", "stop"): {},
    ("withdraw", "mine", "consent"): NO_TO_OWNER,
    ("withdraw", "by_code", "stop"): {},
    ("undo_withdraw", "mine", "undo-stop"): {},
    ("undo_withdraw", "by_code", "undo-stop"): {},
}
CELLS = [(standing, *way) for standing, way in product(STANDINGS, WAYS)]


def after(standing: str, event: str) -> str | None:
    """The state that the table leads to; None when it leads nowhere."""
    try:
        return move(state_at(standing), event, "person", CAME_FROM.get(standing))
    except MoveError:
        return None


ALLOWED = [cell for cell in CELLS if after(cell[0], cell[1])]
REFUSED = [cell for cell in CELLS if not after(cell[0], cell[1])]
# What the person can do besides, which moves nothing and is only there while it is open.
NO, YES = ({"organization": "voorbeeldhoek", "answer": answer} for answer in ("no", "yes"))
POWERS = {
    "line": {"text": "Dag"},
    "phone": {"phone": "06 87654321"},
    "consent": YES,
    "nobody-called": {},
}
OPEN = [standing for standing in STANDINGS if after(standing, "withdraw")]
CLOSED = [standing for standing in STANDINGS if standing not in OPEN]
# Who is with a partner that has not begun.
NOT_BEGUN = ("referred", "waiting, asked")


def test_the_page_has_every_event_of_the_person_but_for_the_answer_to_a_check() -> None:
    theirs = {row.event for row in TABLE if "person" in row.actors}
    # A no to a partner is what brings somebody back; how it goes is asked by a colleague.
    assert theirs - {event for event, _key, _power in WAYS} == {"came_back", "reopen"}


@pytest.mark.parametrize(("standing", "key"), list(product(STANDINGS, KEYS)))
def test_the_page_offers_exactly_what_the_table_allows(
    visit: OnPage, standing: str, key: str
) -> None:
    visit.traveller.bring(standing)
    offered = actions(visit.client.page(visit.home(key)))
    buttons = {"stop": "withdraw", "undo-stop": "undo_withdraw"}
    assert offered & set(buttons) == {
        button for button, event in buttons.items() if after(standing, event)
    }
    assert ("line" in offered) == (standing in OPEN)
    assert ({"phone", "consent"} <= offered) == (standing in OPEN and key == "mine")
    assert ("erase" in offered) == (key == "mine")


@pytest.mark.parametrize(("standing", "event", "key", "power"), ALLOWED)
def test_what_the_table_allows_happens_as_it_says(
    visit: OnPage, standing: str, event: str, key: str, power: str
) -> None:
    visit.traveller.bring(standing)
    before, state = visit.traveller.moves(), state_at(standing)
    fields = WAYS[event, key, power]
    answer = visit.say(key, power, fields) if fields else visit.press(key, power)
    assert answer.status_code == 303, answer.text
    to = after(standing, event)
    assert visit.traveller.load().state == to
    assert visit.moves_since(before) == {(event, state, to, "person")}
    assert visit.client.page(answer.headers["Location"]).all("p", role="status")


@pytest.mark.parametrize(("standing", "event", "key", "power"), REFUSED)
def test_what_the_table_does_not_allow_changes_nothing_and_is_said_kindly(
    visit: OnPage, standing: str, event: str, key: str, power: str
) -> None:
    visit.traveller.bring(standing)
    before = visit.rows()
    answer = visit.say(key, power, WAYS[event, key, power])
    assert NOT_NOW in tree(answer, 409).text
    assert visit.rows() == before


@pytest.mark.parametrize(("standing", "key"), list(product(OPEN, KEYS)))
def test_who_goes_on_comes_back_to_where_the_table_says(
    visit: OnPage, standing: str, key: str
) -> None:
    visit.traveller.bring(standing)
    visit.press(key, "stop")
    before = visit.traveller.moves()
    visit.asking.world.clock.advance(hours=47)
    assert visit.press(key, "undo-stop").status_code == 303
    back = remembered(state_at(standing), "withdraw", CAME_FROM.get(standing))
    wanted = {("undo_withdraw", "closed", back, "person")}
    if standing in NOT_BEGUN:
        # Partners stay out until they are asked again, so the owner has the next move.
        state, back = str(back), after(str(back), "came_back")
        wanted.add(("came_back", state, back, "person"))
    assert visit.moves_since(before) == wanted
    assert visit.traveller.load().state == back


@pytest.mark.parametrize("key", KEYS)
def test_after_48_hours_nobody_goes_on_by_themselves(visit: OnPage, key: str) -> None:
    visit.traveller.bring("closed, stopped")
    visit.asking.world.clock.advance(hours=48)
    before = visit.rows()
    assert NOT_NOW in tree(visit.say(key, "undo-stop"), 409).text
    assert visit.rows() == before


@pytest.mark.parametrize("standing", STANDINGS)
def test_a_no_to_a_partner_brings_back_whom_the_table_lets_come_back(
    visit: OnPage, standing: str
) -> None:
    visit.traveller.bring(standing)
    before, state = visit.traveller.moves(), state_at(standing)
    assert visit.say("mine", "consent", NO_TO_PARTNER).status_code == 303
    to = after(standing, "came_back") if standing in NOT_BEGUN else None
    assert visit.moves_since(before) == ({("came_back", state, to, "person")} if to else set())
    assert visit.traveller.load().state == (to or state)


@pytest.mark.parametrize(("standing", "key"), list(product(CLOSED, KEYS)))
def test_what_the_page_of_who_is_closed_does_not_offer_is_not_taken(
    visit: OnPage, standing: str, key: str
) -> None:
    visit.say("mine", "consent", NO)
    visit.traveller.bring(standing)
    visit.asking.world.clock.advance(days=3)
    before = visit.rows()
    for power, fields in POWERS.items():
        answer = visit.say(key, power, fields)
        assert answer.status_code in (404, 409), power
        assert visit.rows() == before, power


@pytest.mark.parametrize("key", KEYS)
def test_what_others_do_has_no_address_here(visit: OnPage, key: str) -> None:
    visit.traveller.bring("active")
    before = visit.rows()
    for event in {*EVENTS, *REFERRAL_EVENTS}:
        for written in {event, event.replace("_", "-")}:
            tree(visit.say(key, written), 404)
    assert visit.rows() == before

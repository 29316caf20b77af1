"""The table of a registration: what may happen, by whom, and where it leads."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.registration.states import (
    ACTORS,
    CLOSE_REASONS,
    EVENTS,
    SAME,
    STAFF_CLOSE_REASONS,
    STATES,
    TABLE,
    MoveError,
    NothingToReturnToError,
    UnknownEventError,
    WrongActorError,
    WrongStateError,
    allowed,
    may_undo_withdraw,
    move,
    remembered,
)
from tests.support.clock import amsterdam

WITHDRAWN = amsterdam("2026-11-16T10:00")
OPEN = tuple(state for state in STATES if state != "closed")

steps = st.lists(st.tuples(st.sampled_from(EVENTS), st.sampled_from(ACTORS)), max_size=30)


def test_the_main_line_runs_from_new_to_closed() -> None:
    state = "new"
    seen = [state]
    for event in ("pick_up", "refer", "start", "settle", "close"):
        state = move(state, event, "account")
        seen.append(state)
    assert seen == ["new", "picked_up", "referred", "active", "aftercare", "closed"]


# Every move there is, told apart from the table: (event, actor) -> {from: to}.
MOVES = {
    ("pick_up", "account"): {"new": "picked_up"},
    ("put_back", "account"): {"picked_up": "new"},
    ("start", "account"): {"picked_up": "active", "referred": "active"},
    ("start", "partner"): {"referred": "active"},
    ("wait", "account"): dict.fromkeys(("picked_up", "referred", "active"), "waiting"),
    ("resume", "account"): {"waiting": "referred"},
    ("resume", "system"): {"waiting": "referred"},
    ("refer", "account"): {"picked_up": "referred", "referred": "referred", "active": "active"},
    ("transfer", "partner"): {
        state: state for state in ("new", "picked_up", "referred", "active", "waiting")
    },
    ("taken_over", "partner"): {"referred": "picked_up"},
    ("came_back", "person"): dict.fromkeys(("referred", "waiting"), "picked_up"),
    ("came_back", "account"): dict.fromkeys(("referred", "waiting"), "picked_up"),
    ("came_back", "partner"): dict.fromkeys(("referred", "waiting"), "picked_up"),
    ("came_back", "system"): dict.fromkeys(("referred", "waiting"), "picked_up"),
    ("hand_over", "account"): {state: state for state in OPEN},
    ("hand_over", "system"): {state: state for state in OPEN},
    ("transfer", "system"): {state: state for state in OPEN},
    ("settle", "account"): dict.fromkeys(
        ("picked_up", "referred", "active", "waiting"), "aftercare"
    ),
    ("close", "account"): dict.fromkeys(
        ("picked_up", "referred", "active", "waiting", "aftercare"), "closed"
    ),
    ("withdraw", "person"): dict.fromkeys(OPEN, "closed"),
    ("undo_withdraw", "person"): {"closed": "referred"},
    ("reopen", "account"): {"aftercare": "picked_up", "closed": "picked_up"},
    ("reopen", "person"): {"aftercare": "picked_up"},
}


@pytest.mark.parametrize(("event", "actor"), list(product(EVENTS, ACTORS)))
def test_every_move_is_as_written_and_every_other_is_refused(event: str, actor: str) -> None:
    led_to = {}
    for state in STATES:
        try:
            led_to[state] = move(state, event, actor, resume_state="referred")
        except MoveError:
            continue
    assert led_to == MOVES.get((event, actor), {})


def test_no_row_of_the_table_is_hidden_by_another() -> None:
    keys = [
        (row.event, state, actor)
        for row in TABLE
        for state, actor in product(row.sources, row.actors)
    ]
    assert len(keys) == len(set(keys))


def test_nothing_but_a_human_of_the_owner_or_the_person_closes() -> None:
    closing = {actor for row in TABLE if row.to == "closed" for actor in row.actors}
    assert closing == {"account", "person"}


def test_a_colleague_closes_only_with_a_reason_and_settles_only_with_an_outcome() -> None:
    needs = {row.event: row.needs for row in TABLE}
    assert "reason" in needs["close"]
    assert "outcome" in needs["settle"]


def test_no_close_reason_judges_a_person() -> None:
    assert not [reason for reason in CLOSE_REASONS if "eligib" in reason or "reject" in reason]
    assert set(CLOSE_REASONS) - set(STAFF_CLOSE_REASONS) == {"withdrawn"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("actor", ACTORS)
def test_buttons_shown_are_moves_that_work(state: str, actor: str) -> None:
    for row in allowed(state, actor):
        assert move(state, row.event, actor, resume_state="active") in STATES


def test_the_desk_sees_only_what_it_can_do_with_a_new_registration() -> None:
    assert [row.event for row in allowed("new", "account")] == ["pick_up", "hand_over"]


@pytest.mark.parametrize("state", ["picked_up", "referred", "active"])
def test_waiting_resumes_where_it_was(state: str) -> None:
    kept = remembered(state, "wait")
    assert move("waiting", "resume", "system", kept) == state


def test_handing_over_somebody_who_waits_forgets_nothing() -> None:
    kept = remembered("waiting", "hand_over", remembered("active", "wait"))
    assert move("waiting", "resume", "account", kept) == "active"


@pytest.mark.parametrize("state", [state for state in OPEN if state != "waiting"])
def test_withdrawing_can_be_undone_to_where_it_was(state: str) -> None:
    assert move(state, "withdraw", "person") == "closed"
    assert move("closed", "undo_withdraw", "person", remembered(state, "withdraw")) == state


def test_whoever_withdrew_while_waiting_comes_back_to_a_human_s_move() -> None:
    kept = remembered("waiting", "withdraw", remembered("active", "wait"))
    assert move("closed", "undo_withdraw", "person", kept) == "active"


def test_what_the_desk_closed_cannot_be_undone_by_the_person() -> None:
    kept = remembered("active", "close", None)
    with pytest.raises(NothingToReturnToError):
        move("closed", "undo_withdraw", "person", kept)


def test_withdrawing_can_be_undone_for_48_hours() -> None:
    assert may_undo_withdraw(WITHDRAWN, WITHDRAWN + timedelta(hours=48))
    assert not may_undo_withdraw(WITHDRAWN, WITHDRAWN + timedelta(hours=48, seconds=1))
    assert not may_undo_withdraw(None, WITHDRAWN)


def test_a_refusal_says_what_was_wrong() -> None:
    with pytest.raises(UnknownEventError):
        move("new", "decide", "account")
    with pytest.raises(WrongStateError):
        move("new", "settle", "account")
    with pytest.raises(WrongActorError, match="partner cannot pick_up"):
        move("new", "pick_up", "partner")


@given(steps)
def test_whatever_happens_an_open_registration_has_a_next_move_for_a_human(
    steps: list[tuple[str, str]],
) -> None:
    state, kept = "new", None
    for event, actor in steps:
        try:
            after = move(state, event, actor, kept)
        except MoveError:
            continue
        state, kept = after, remembered(state, event, kept)
        assert state in STATES
        assert (kept is not None) >= (state == "waiting")
        assert any(row.to != SAME for row in allowed(state, "account"))
        assert state == "closed" or "withdraw" in [row.event for row in allowed(state, "person")]

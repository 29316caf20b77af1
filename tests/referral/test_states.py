"""The table of a referral, and every cell of state x event x side through the rooms."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.referral.happen import state_after
from portal.referral.models import Referral, ReferralEvent
from portal.referral.party import CLOCK, PERSON, Party
from portal.referral.queries import events_of, open_referrals
from portal.referral.reasons import DECLINE, FAIL, OUTCOMES, REASONS, RETRACT
from portal.referral.refusals import UnmetNeedError
from portal.referral.states import (
    ACTORS,
    ENDED,
    EVENTS,
    NOTHING,
    OPEN,
    STATES,
    TABLE,
    allowed,
    move,
    row_for,
)
from portal.registration.models import Registration
from portal.registration.states import MoveError, Transition, WrongActorError, WrongStateError
from tests.referral.cells import ROOMS, cell_in, moment_of, party
from tests.referral.town import Town

# The table once more, told apart from the code:
# (from, event, side) -> to.
TAKEN_UP = ("accepted", "in_progress", "on_hold")
PRODUCT: dict[tuple[str, str, str], str] = {
    (NOTHING, "send", "owner"): "requested",
    ("requested", "accept", "receiver"): "accepted",
    ("requested", "decline", "receiver"): "rejected",
    ("requested", "lapse", "system"): "cancelled",
    ("requested", "retract", "owner"): "cancelled",
    ("accepted", "retract", "owner"): "cancelled",
    **{(state, "withdraw", "person"): "cancelled" for state in ("requested", *TAKEN_UP)},
    ("accepted", "contact_made", "receiver"): "in_progress",
    ("accepted", "hold", "receiver"): "on_hold",
    ("in_progress", "hold", "receiver"): "on_hold",
    ("on_hold", "resume", "receiver"): "in_progress",
    ("on_hold", "resume", "system"): "in_progress",
    **{(state, "complete", "receiver"): "completed" for state in TAKEN_UP},
    **{(state, "fail", "receiver"): "failed" for state in TAKEN_UP},
    ("accepted", "undo", "receiver"): "requested",
}
NEEDS = {
    "send": {"consent"},
    "decline": {"reason"},
    "retract": {"reason"},
    "lapse": {"unanswered"},
    "contact_made": {"contact"},
    "hold": {"until"},
    "complete": {"outcome"},
    "fail": {"reason", "tried_if_not_reached"},
    "undo": {"within_24_hours"},
}


def test_every_side_has_something_to_do_and_every_state_is_open_or_ended() -> None:
    assert {side for row in TABLE for side in row.actors} == set(ACTORS)
    assert set(OPEN) | set(ENDED) == set(STATES)


@pytest.mark.parametrize(
    ("state", "event", "side"), list(product((NOTHING, *STATES), EVENTS, ACTORS))
)
def test_the_table_is_the_one_of_the_product(state: str, event: str, side: str) -> None:
    wanted = PRODUCT.get((state, event, side))
    if wanted is None:
        with pytest.raises(MoveError):
            move(state, event, side)
    else:
        assert move(state, event, side) == wanted


def test_no_row_of_the_table_is_hidden_by_another() -> None:
    keys = [
        (row.event, state, side)
        for row in TABLE
        for state, side in product(row.sources, row.actors)
    ]
    assert len(keys) == len(set(keys))


def test_every_guard_of_the_product_is_a_need_of_its_row() -> None:
    assert {row.event: set(row.needs) for row in TABLE if row.actors != ("system",)} == {
        event: NEEDS.get(event, set()) for event in EVENTS if event != "lapse"
    }
    assert set(row_for("requested", "lapse", "system").needs) == NEEDS["lapse"]
    assert row_for("on_hold", "resume", "system").needs == ("date_passed",)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.event)
def test_a_room_that_forgets_a_guard_is_refused(row: Transition) -> None:
    by = Party(row.actors[0], "self")
    for need in row.needs:
        with pytest.raises(UnmetNeedError, match=need):
            state_after(row.sources[0], row.event, by, met=set(row.needs) - {need})
    assert state_after(row.sources[0], row.event, by, met=row.needs) == row.to


def test_the_clock_never_ends_what_a_receiver_has_taken_up() -> None:
    assert {row.event for state in TAKEN_UP for row in allowed(state, "system")} == {"resume"}


def test_every_reason_carries_its_next_step_and_none_judges() -> None:
    for reasons in (DECLINE, FAIL, RETRACT):
        assert all(reasons.values())
    codes = [code for reasons in REASONS.values() for code in reasons] + list(OUTCOMES)
    assert not [code for code in codes if "eligib" in code or "reject" in code or len(code) > 20]
    assert {row.event for row in TABLE if row.to in ENDED} - set(REASONS) == {"complete"}


def test_a_refusal_says_what_was_wrong() -> None:
    with pytest.raises(WrongStateError):
        move("requested", "complete", "receiver")
    with pytest.raises(WrongActorError, match="owner cannot accept"):
        move("requested", "accept", "owner")


# A receiver by link is the same side; it must be able to do all that one who signs in can.
BY_LINK = [(state, event, "link") for state, event, side in PRODUCT if side == "receiver"]


@pytest.mark.parametrize(("state", "event", "side"), [*product(STATES, EVENTS, ACTORS), *BY_LINK])
def test_a_room_does_what_the_table_says_and_nothing_else(
    db: Session, town: Town, state: str, event: str, side: str
) -> None:
    cell = cell_in(db, town, state)
    wanted = PRODUCT.get((state, event, "receiver" if side == "link" else side))
    before = len(events_of(db, cell.referral.id))
    if wanted is None:
        with pytest.raises(MoveError):
            ROOMS[event](cell, party(cell, side), moment_of(cell, event))
        db.flush()
        assert cell.referral.state == state
        assert len(events_of(db, cell.referral.id)) == before
    else:
        ROOMS[event](cell, party(cell, side), moment_of(cell, event))
        db.flush()
        assert cell.referral.state == wanted
        _is_told(db, cell.referral, event, state, side)
    _nobody_is_forgotten(db, cell.referral)


def _is_told(db: Session, referral: Referral, event: str, state: str, side: str) -> None:
    query = select(ReferralEvent).where(
        ReferralEvent.referral_id == referral.id, ReferralEvent.event == event
    )
    told = [each for each in db.scalars(query) if each.from_state == state]
    assert [(each.actor, each.to_state) for each in told] == [
        ("receiver" if side == "link" else side, referral.state)
    ]


def _nobody_is_forgotten(db: Session, referral: Referral) -> None:
    """Whatever happened, the owner has a step with a date, and the person is not lost on a way."""
    registration = db.get_one(Registration, referral.registration_id)
    assert registration.next_action_at is not None
    assert (referral.ended_at is None) == (referral.state in OPEN)
    assert (referral.due_at is not None) == (referral.state in OPEN)
    if referral.state in ("rejected", "cancelled", "failed"):
        assert registration.came_back
        assert referral.reason
    if registration.state == "referred":
        assert open_referrals(db, registration.id)


@pytest.mark.parametrize("state", ["nothing"])
@pytest.mark.parametrize("party", [PERSON, CLOCK, Party("receiver", "link")])
def test_nobody_but_the_owner_sends(db: Session, state: str, party: Party) -> None:
    with pytest.raises(WrongActorError):
        state_after(state, "send", party, met=("consent",))
    assert db.scalar(select(func.count()).select_from(Referral)) == 0

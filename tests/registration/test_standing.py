from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from portal.registration.models import Registration
from portal.registration.standing import Partner, standing_of
from tests.support.clock import amsterdam

NOW = amsterdam("2026-11-19T10:00")
AFTER = amsterdam("2026-11-21T10:00")


def sam(state: str = "new", **changes: object) -> Registration:
    """Somebody who was promised a call on Friday 20 November."""
    row = Registration(
        state=state,
        promised_on=date(2026, 11, 20),
        next_action_at=amsterdam("2026-11-21T00:00"),
        nobody_called_at=None,
        withdrawn_at=None,
    )
    for name, value in changes.items():
        setattr(row, name, value)
    return row


@pytest.mark.parametrize(
    ("row", "results", "now", "code"),
    [
        (sam(), (), NOW, "will_call"),
        (sam(), (), AFTER, "late"),
        (sam("picked_up"), (), NOW, "will_call"),
        (sam("picked_up"), ("no_answer",), NOW, "tried"),
        (sam("picked_up"), ("voicemail", "wrong_number"), NOW, "tried"),
        (sam("picked_up"), ("wrong_number", "no_answer"), NOW, "wrong_number"),
        (sam("picked_up"), ("no_answer",), AFTER, "late_tried"),
        (sam("picked_up"), ("reached",), NOW, "spoken"),
        (sam("picked_up"), ("reached",), AFTER, "late"),
        (
            sam("picked_up", next_action_at=amsterdam("2026-12-02T00:00")),
            ("came_by",),
            AFTER,
            "spoken",
        ),
        (sam(nobody_called_at=AFTER), (), AFTER, "told_us"),
        (sam("referred"), ("reached",), NOW, "asked_others"),
        (sam("active"), ("reached",), NOW, "started"),
        (sam("waiting"), ("reached",), NOW, "resting"),
        (sam("aftercare"), ("reached",), AFTER, "aftercare"),
        (sam("closed", next_action_at=None), ("reached",), AFTER, "closed"),
        (sam("closed", next_action_at=None, withdrawn_at=NOW), (), AFTER, "stopped"),
    ],
)
def test_where_it_stands_is_one_word(
    row: Registration, results: tuple[str, ...], now: datetime, code: str
) -> None:
    assert standing_of(row, results, now).code == code


def partner(code: str, *, day: date | None = None, said_no: bool = False) -> Partner:
    """An organisation that was asked."""
    return Partner(
        referral_id=uuid4(),
        organization_id=uuid4(),
        contact_id=uuid4(),
        code=code,
        day=day,
        lead=True,
        is_open=code not in ("done", "back", "withdrawn"),
        reaches=True,
        said_no=said_no,
    )


@pytest.mark.parametrize(
    ("row", "codes", "code"),
    [
        (sam("referred"), ("asked",), "asked_others"),
        (sam("referred"), ("taken_up", "asked"), "taken_up"),
        (sam("referred"), ("introduced",), "taken_up"),
        (sam("referred"), ("resting",), "taken_up"),
        (sam("active"), ("begun", "asked"), "started"),
        (sam("active"), (), "started"),
        (sam("active"), ("done",), "partner_done"),
        (sam("active"), ("asked", "done"), "started"),
        (sam("active", came_back=True), ("back",), "came_back"),
        (sam("active", came_back=True), ("begun", "back"), "started"),
        (sam("active"), ("back",), "spoken"),
        (sam("picked_up", came_back=True), ("back",), "came_back"),
        (sam("picked_up", came_back=True), ("withdrawn",), "came_back"),
        (sam("picked_up", came_back=True, next_action="find_number"), ("back",), "wrong_number"),
        (sam("waiting", came_back=True), ("back",), "resting"),
    ],
)
def test_partners_say_how_far_it_is(row: Registration, codes: tuple[str, ...], code: str) -> None:
    partners = [partner(each) for each in codes]
    assert standing_of(row, ("reached",), NOW, partners).code == code


def test_a_partner_whose_move_it_is_names_the_day() -> None:
    day = date(2026, 11, 24)
    asked = standing_of(sam("referred"), ("reached",), NOW, [partner("asked", day=day)])
    assert asked.partner
    assert asked.day == day
    back = standing_of(sam("picked_up", came_back=True), ("reached",), NOW, [partner("back")])
    assert back.partner is None
    assert back.day == date(2026, 11, 20)


def test_a_no_to_whether_they_called_is_not_that_nobody_called() -> None:
    row = sam("referred", nobody_called_at=NOW)
    told = standing_of(row, ("reached",), NOW, [partner("asked", said_no=True)])
    assert told.code == "not_contacted"
    assert standing_of(row, ("reached",), NOW, [partner("asked")]).code == "told_us"


def test_whoever_was_spoken_to_is_told_the_day_that_has_passed() -> None:
    row = sam("picked_up", next_action_at=amsterdam("2026-12-02T00:00"))
    assert standing_of(row, ("reached",), amsterdam("2026-12-02T09:00")).day == date(2026, 12, 1)
    never = standing_of(row, ("no_answer",), amsterdam("2026-12-02T09:00"))
    assert (never.code, never.day) == ("late_tried", date(2026, 11, 20))


def test_the_day_named_is_the_one_before_it_is_late() -> None:
    assert standing_of(sam(), (), NOW).day == date(2026, 11, 20)
    planned = sam("picked_up", next_action_at=amsterdam("2026-12-02T00:00"))
    assert standing_of(planned, ("reached",), NOW).day == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("row", "now", "may"),
    [
        (sam(), NOW, {"line", "stop"}),
        (sam(), AFTER, {"line", "stop", "nobody_called"}),
        (sam("waiting"), NOW, {"line", "stop"}),
        (sam("aftercare"), AFTER, {"line", "stop"}),
        (sam("closed", next_action_at=None), NOW, set()),
        (sam("closed", withdrawn_at=NOW), NOW + timedelta(hours=48), {"undo_stop"}),
        (sam("closed", withdrawn_at=NOW), NOW + timedelta(hours=49), set()),
    ],
)
def test_what_the_person_may_do_follows_from_where_it_stands(
    row: Registration, now: datetime, may: set[str]
) -> None:
    assert standing_of(row, (), now).may == may

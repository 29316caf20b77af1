from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from portal.registration.models import Registration
from portal.registration.standing import standing_of
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
        (sam("picked_up"), ("no_answer",), AFTER, "late"),
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

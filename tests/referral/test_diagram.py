from __future__ import annotations

import pytest

from portal.referral import states as referral
from portal.referral.diagram import diagram, states_document, table
from portal.registration import states as registration
from portal.registration.states import BACK, SAME, Transition
from tests.architecture.layers import ROOT


def test_the_document_is_what_the_tables_say() -> None:
    written = (ROOT / "docs" / "states.md").read_text(encoding="utf-8")
    assert written == states_document(), "run `portal states`"


@pytest.mark.parametrize("rows", [registration.TABLE, referral.TABLE])
def test_every_move_is_an_arrow_and_a_row(rows: tuple[Transition, ...]) -> None:
    drawn, listed = diagram(rows, begins="new"), table(rows)
    for row in rows:
        assert f"| {row.event} | {row.to} |" in listed
        if row.to not in (SAME, BACK):
            assert f"--> {row.to}: {row.event}" in drawn


def test_a_row_that_is_planted_changes_the_diagram() -> None:
    planted = (*referral.TABLE, Transition("decide", ("requested",), "refused", ("system",)))
    before, after = (diagram(rows, begins="new") for rows in (referral.TABLE, planted))
    assert "refused --> [*]" in after
    assert after != before

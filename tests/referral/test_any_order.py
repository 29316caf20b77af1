"""Any events by anybody in any order, and any passage of time: nobody is lost, nobody sees more."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from portal.db.engine import open_database
from portal.privacy.encryption import Vault
from tests.referral.machine import AnyOrder
from tests.referral.town import build_town
from tests.support.templates import Templates

PLENTY = settings(max_examples=20, stateful_step_count=30)


def test_whatever_happens_nobody_is_lost_and_nobody_sees_what_they_may_not(
    templates: Templates, vault: Vault
) -> None:
    with templates.copied("sqlite") as url:
        database = open_database(url, vault=vault)
        with database.writing.begin() as db:
            town = build_town(db)
        here = type("Here", (AnyOrder,), {"database": database, "town": town})
        run_state_machine_as_test(here, settings=PLENTY)
        database.engine.dispose()

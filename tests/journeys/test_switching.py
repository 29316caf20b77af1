"""Energieacademie: a partner stops with 12 people in hand, and nobody is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from portal.db.engine import Database
from portal.notify.models import OutboxMessage
from portal.referral.models import Referral
from portal.registration.models import Registration
from tests.journeys.energy import AMAL, ANNA, NAMES, OWN, busy
from tests.journeys.handler import Handler
from tests.support.browser import OpenScreen
from tests.support.templates import Preparation


@pytest.fixture
def prepared() -> Preparation:
    """Den Haag Zuidwest, where the Energieacademie has twelve people in hand."""
    return busy


def switch_off(anna: Handler) -> None:
    """The coordinator finds the way from the menu, looks whom it is about, and does it."""
    anna.opens(ANNA)
    anna.page.locator(".menu summary").click()
    anna.follows("Ons team")
    anna.screen.step("the team")
    expect(anna.page.get_by_role("meter")).to_have_count(2)
    anna.follows("Energieacademie stopt")
    anna.screen.step("who is affected")
    anna.sees("12 mensen zijn bij Energieacademie. Niemand raakt zoek.")
    anna.sees("gaan terug naar Haag Wonen, die het vroeg, en krijgen bericht.")
    anna.sees("zijn van jullie zelf en gaan naar")
    anna.presses("Stoppen")
    anna.screen.step("switched off")
    anna.sees("Energieacademie is gestopt.", "Gestopt: er komt niemand nieuws.")


def test_a_partner_stops_with_12_in_hand_and_nobody_is_lost(
    database: Database, desk_browser: OpenScreen, phone: OpenScreen
) -> None:
    switch_off(Handler(desk_browser()))
    amal = Handler(phone())
    amal.opens(AMAL)
    amal.sees("Teruggekomen")
    for name in NAMES:
        expect(amal.page.get_by_role("link", name=name, exact=True)).to_be_visible()
    amal.follows(NAMES[2])
    amal.screen.step("somebody who came back")
    amal.sees("Kies een andere partner")
    expect(amal.page.locator(".timeline")).to_contain_text("Energieacademie")
    with database.reading() as db:
        kinds = dict(
            db.execute(select(OutboxMessage.kind, func.count()).group_by(OutboxMessage.kind)).all()
        )
        assert (kinds["partner_ended"], kinds["other_owner"]) == (9, 3)
        assert db.scalar(select(func.count()).select_from(Referral)) == 9
        rows = db.scalars(select(Registration)).all()
    assert len(rows) == len(NAMES) + len(OWN)
    assert all(row.next_action_at for row in rows)


def test_own_people_are_on_the_list_of_whom_they_agreed_with(
    desk_browser: OpenScreen, phone: OpenScreen
) -> None:
    switch_off(Handler(phone()))
    samira = Handler(desk_browser())
    samira.opens("samira@het-voorbeeld.example")
    samira.sees(*OWN)

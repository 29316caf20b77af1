"""Every cell of a referral's table for the person: their no ends what is open, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import select

from portal.referral.models import ReferralEvent
from portal.referral.states import STATES, TABLE, allowed
from portal.registration.consent import agreements
from tests.desk.world import organization_id
from tests.frontdoor.saying import NO_TO_OWNER, NO_TO_PARTNER, OnPage
from tests.frontdoor.visiting import tree
from tests.reply.asking import PARTNER

# What the person can say that ends a referral: with which key, by which form.
WAYS = {
    ("mine", "consent", "partner"): NO_TO_PARTNER,
    ("mine", "consent", "owner"): NO_TO_OWNER,
    ("mine", "stop", ""): {},
    ("by_code", "stop", ""): {},
}
CELLS = [(state, *way) for state, way in product(STATES, WAYS)]


def after(state: str) -> str | None:
    """The state that the person's no leads to, by the table."""
    return next((row.to for row in allowed(state, "person") if row.event == "withdraw"), None)


def asked(visit: OnPage, state: str) -> None:
    """Somebody was asked, and it is as far as this."""
    visit.asking.bring(visit.asking.refer(registration=visit.traveller.id), state)


def ends_of(visit: OnPage) -> list[tuple[str, str, str, str]]:
    """Every event of the person's: from, to, and by which side and way."""
    seen = ReferralEvent
    query = select(seen.from_state, seen.to_state, seen.actor, seen.way)
    with visit.asking.world.looking() as db:
        found = db.execute(query.where(seen.event == "withdraw").order_by(seen.at))
        return [(each[0] or "", each[1] or "", each[2], each[3]) for each in found]


def test_withdrawing_is_all_that_the_table_has_for_the_person() -> None:
    assert {row.event for row in TABLE if "person" in row.actors} == {"withdraw"}


@pytest.mark.parametrize(("state", "key", "power", "whom"), CELLS)
def test_a_no_ends_exactly_what_the_table_lets_it_end(
    visit: OnPage, state: str, key: str, power: str, whom: str
) -> None:
    asked(visit, state)
    before, partner = ends_of(visit), visit.asking.only()
    answer = visit.say(key, power, WAYS[key, power, whom])
    assert answer.status_code == 303, answer.text
    to = after(state)
    assert visit.asking.load(partner).state == (to or state)
    ends = ends_of(visit)[len(before) :]
    assert ends == ([(state, to, "person", "self")] if to else [])
    assert visit.client.page(answer.headers["Location"]).all("p", role="status")


@pytest.mark.parametrize("state", STATES)
def test_a_no_to_one_partner_is_heard_in_every_state_and_only_by_link(
    visit: OnPage, state: str
) -> None:
    asked(visit, state)
    before = visit.rows()
    tree(visit.say("by_code", "consent", NO_TO_PARTNER), 404)
    assert visit.rows() == before
    visit.say("mine", "consent", NO_TO_PARTNER)
    with visit.asking.world.looking() as db:
        partner = organization_id(db, PARTNER)
        agreed = agreements(db, visit.traveller.load())
    assert [each.given for each in agreed if each.organization_id == partner] == [False]


@pytest.mark.parametrize("state", STATES)
def test_what_a_no_has_ended_does_not_go_on_with_the_person(visit: OnPage, state: str) -> None:
    asked(visit, state)
    visit.press("by_code", "stop")
    ended = visit.asking.load(visit.asking.only())
    visit.press("by_code", "undo-stop")
    again = visit.asking.load(ended.id)
    assert (again.state, again.version) == (ended.state, ended.version)

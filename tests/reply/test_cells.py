"""Every cell of state x event, by link: allowed as the table says, or refused and left alone."""

from __future__ import annotations

from itertools import product

import pytest

from portal.referral.states import EVENTS, STATES
from portal.web.partner.form import ACTS
from tests.reply.asking import Asking
from tests.reply.saying import FIELDS, forge, forms_on, may, press
from tests.support.application import CheckedClient

ALLOWED = [(state, act, to) for state in STATES for act, to in may(state).items()]
REFUSED = [(state, act) for state, act in product(STATES, ACTS) if act not in may(state)]
NOT_THEIRS = sorted(set(EVENTS) - set(ACTS))


def test_the_table_has_what_a_receiver_says_and_the_web_has_all_of_it() -> None:
    assert len(ALLOWED) == 19
    assert {act for _state, act, _to in ALLOWED} == set(ACTS) == set(FIELDS)


@pytest.mark.parametrize("state", STATES)
def test_the_page_offers_exactly_what_the_table_allows(
    asking: Asking, client: CheckedClient, state: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    for at in (f"/reply/{asking.token(referral)}", f"/reply/{asking.list_token()}/{referral}"):
        assert forms_on(client, at) == set(may(state))


@pytest.mark.parametrize(("state", "act", "to"), ALLOWED)
def test_what_the_table_allows_is_one_press_away(
    asking: Asking, client: CheckedClient, state: str, act: str, to: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    at = f"/reply/{asking.token(referral)}"
    answer = press(client, at, act)
    assert answer.status_code == 303, answer.text
    assert asking.load(referral).state == to
    last = asking.events(referral)[-1]
    assert last == act
    assert client.page(answer.headers["Location"]).all("p", role="status")


@pytest.mark.parametrize(("state", "act"), REFUSED)
def test_what_the_table_does_not_allow_changes_nothing_and_is_said_kindly(
    asking: Asking, client: CheckedClient, state: str, act: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, state)
    at = f"/reply/{asking.token(referral)}"
    before = asking.rows()
    answer = forge(client, at, act, asking.load(referral).version)
    assert asking.rows() == before
    if answer.status_code == 303:
        assert answer.headers["Location"] == f"{at}?done=already"
        assert act in asking.events(referral)
    else:
        assert answer.status_code == 409
        assert "Dat kan niet meer. Hieronder zie je hoe het ervoor staat." in answer.text


@pytest.mark.parametrize("event", NOT_THEIRS)
def test_what_others_do_has_no_address_here(
    asking: Asking, client: CheckedClient, event: str
) -> None:
    referral = asking.refer()
    before = asking.rows()
    answer = client.post(f"/reply/{asking.token(referral)}/{event}", data={"version": "1"})
    assert answer.status_code in (404, 405)
    assert asking.rows() == before

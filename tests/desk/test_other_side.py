"""The form of one side, sent by somebody of another: it is refused, and nothing changes."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.accounts.manage import add_membership, find_account
from portal.referral.consent import SHARES, record_consent
from portal.referral.models import Referral
from portal.referral.states import STATES
from portal.registration.models import Registration
from portal.web.partner.form import ACTS
from tests.desk.partners import Desk, speak, stored, tree
from tests.desk.world import (
    ADMINISTRATOR,
    COORDINATOR,
    ESRA,
    LINDA,
    REGISTRAR,
    SANNE,
    VIEWER,
    World,
    organization_id,
    sign_in,
)
from tests.reply.asking import Asking
from tests.reply.saying import FIELDS, may
from tests.support.application import ORIGIN, CheckedClient, values_of

# One state in which the receiver may do it, so that only who does it decides.
WHEN = {act: next(state for state in STATES if act in may(state)) for act in ACTS}


@pytest.fixture
def asking(world: World) -> Asking:
    return Asking(world)


def post(client: CheckedClient, path: str, **fields: object) -> TestResponse:
    """Send it with the token of a page that everybody at a desk has."""
    token = client.page("/sessions").all("input", name="csrf_token")[0].get("value")
    headers = {"Origin": ORIGIN, "Referer": f"{ORIGIN}/sessions"}
    return client.post(path, data={**fields, "csrf_token": token}, headers=headers)


@pytest.mark.parametrize("act", ACTS)
def test_an_owner_does_not_answer_its_own_question(
    asking: Asking, sanne: CheckedClient, act: str
) -> None:
    referral = asking.refer()
    asking.bring(referral, WHEN[act])
    before = stored(asking.rows())
    version = str(asking.load(referral).version)
    answer = post(sanne, f"/desk/referrals/{referral}/{act}", version=version, **FIELDS[act])
    assert answer.status_code == 404
    assert stored(asking.rows()) == before


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (SANNE, 303),
        (COORDINATOR, 303),
        (ESRA, 404),
        (LINDA, 404),
        (REGISTRAR, 403),
        (VIEWER, 403),
        (ADMINISTRATOR, 403),
    ],
)
def test_only_the_owner_sends_a_referral(
    asking: Asking, client: CheckedClient, who: str, status: int
) -> None:
    desk = ready_to_send(asking.world, client)
    at = desk.partner("randstad")
    shown = desk.press(at, f"{at}/refer")
    (form,) = (each for each in tree(shown).all("form") if each.get("action") == f"{at}/refer")
    post(client, "/sign-out")
    sign_in(client, who)
    before = stored(asking.rows())
    answer = post(client, f"{at}/refer", **{**values_of(form), "go": "send"})
    assert answer.status_code == status
    if status == 303:
        assert asking.load(asking.only()).state == "requested"
    else:
        assert stored(asking.rows()) == before


def ready_to_send(world: World, client: CheckedClient) -> Desk:
    """Sanne has spoken to somebody, who agreed with Randstad."""
    sign_in(client, SANNE)
    desk = Desk(world, client, world.register())
    speak(world, desk.person)
    by, now = world.identity(SANNE), world.clock()
    with world.writing() as db:
        row, to = db.get_one(Registration, desk.person), organization_id(db, "randstad")
        record_consent(db, row, to, shares=SHARES, method="phone", locale="nl", by=by, now=now)
    with world.looking() as db:
        assert db.scalar(select(func.count()).select_from(Referral)) == 0
    return desk


def test_whoever_registered_somebody_does_not_open_their_case_at_another_desk(
    world: World, client: CheckedClient
) -> None:
    person = world.register()
    with world.writing() as db:
        esra = find_account(db, ESRA)
        assert esra
        add_membership(db, esra, organization_id(db, "woonbedrijf"), "registrar")
        db.get_one(Registration, person).registered_by_id = esra.id
    sign_in(client, ESRA)
    assert client.get(f"/walkin/receipt/{person}").status_code == 200
    answer = client.get(f"/desk/registrations/{person}")
    assert answer.status_code == 404
    assert "Voorbeeld-Sam" not in answer.text

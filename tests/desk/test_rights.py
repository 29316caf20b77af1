"""Each role on each route, with another organisation's object. A new route needs a line here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.accounts.models import SignIn
from portal.accounts.sign_in import start_sign_in
from tests.desk.world import (
    ADMINISTRATOR,
    COORDINATOR,
    ESRA,
    REGISTRAR,
    SANNE,
    VIEWER,
    World,
    contact_id,
    organization_id,
    sign_in,
)
from tests.reply.asking import Asking
from tests.support.application import ORIGIN, CheckedClient

NOBODY = "nobody"
PEOPLE = {
    "handler": SANNE,
    "coordinator": COORDINATOR,
    "registrar": REGISTRAR,
    "viewer": VIEWER,
    "administrator": ADMINISTRATOR,
}
EVERYBODY = frozenset({NOBODY, *PEOPLE})
STAFF = frozenset(PEOPLE)
FOLLOWING = frozenset({"handler", "coordinator"})
REGISTERING = frozenset({"registrar"})
COORDINATING = frozenset({"coordinator"})

# Whom each route lets in. What a role may do there with which object is tested below and beside.
LET_IN: dict[str, frozenset[str]] = {
    "frontdoor.answer": EVERYBODY,
    "frontdoor.ask_code": EVERYBODY,
    "frontdoor.change": EVERYBODY,
    "frontdoor.change_again": EVERYBODY,
    "frontdoor.check": EVERYBODY,
    "frontdoor.check_again": EVERYBODY,
    "frontdoor.consent": EVERYBODY,
    "frontdoor.contacted": EVERYBODY,
    "frontdoor.copy": EVERYBODY,
    "frontdoor.document": EVERYBODY,
    "frontdoor.document_here": EVERYBODY,
    "frontdoor.erase_it": EVERYBODY,
    "frontdoor.first": EVERYBODY,
    "frontdoor.line": EVERYBODY,
    "frontdoor.mine": EVERYBODY,
    "frontdoor.near": EVERYBODY,
    "frontdoor.nobody_called": EVERYBODY,
    "frontdoor.phone": EVERYBODY,
    "frontdoor.receipt": EVERYBODY,
    "frontdoor.send": EVERYBODY,
    "frontdoor.sixteen": EVERYBODY,
    "frontdoor.status": EVERYBODY,
    "frontdoor.stop_it": EVERYBODY,
    "frontdoor.type_code": EVERYBODY,
    "frontdoor.undo_stop_it": EVERYBODY,
    "reply.answer": EVERYBODY,
    "reply.fresh": EVERYBODY,
    "reply.go_back": EVERYBODY,
    "reply.mail_list": EVERYBODY,
    "reply.nothing": EVERYBODY,
    "reply.show": EVERYBODY,
    "health.healthz": EVERYBODY,
    "desk.sign_in": EVERYBODY,
    "desk.sign_in_now": EVERYBODY,
    "desk.sign_out": EVERYBODY,
    "desk.start": STAFF,
    "desk.sessions": STAFF,
    "desk.revoke": STAFF,
    "desk.home": FOLLOWING,
    "desk.search": FOLLOWING,
    "desk.find": FOLLOWING,
    "desk.show": FOLLOWING,
    "desk.log_attempt": FOLLOWING,
    "desk.undo": FOLLOWING,
    "desk.write_note": FOLLOWING,
    "desk.take": FOLLOWING,
    "desk.hand_over": FOLLOWING,
    "desk.begin": FOLLOWING,
    "desk.wait": FOLLOWING,
    "desk.resume": FOLLOWING,
    "desk.settle": FOLLOWING,
    "desk.close": FOLLOWING,
    "desk.reopen": FOLLOWING,
    "desk.partners": FOLLOWING,
    "desk.partner": FOLLOWING,
    "desk.partner_again": FOLLOWING,
    "desk.ask_consent": FOLLOWING,
    "desk.read_aloud": FOLLOWING,
    "desk.note_consent": FOLLOWING,
    "desk.refer": FOLLOWING,
    "desk.withdraw": FOLLOWING,
    "desk.retract": FOLLOWING,
    "desk.name_lead": FOLLOWING,
    "desk.plan_introduction": FOLLOWING,
    "desk.note_told": FOLLOWING,
    "desk.see_to_undelivered": FOLLOWING,
    "desk.take_silence": FOLLOWING,
    "desk.asked": FOLLOWING,
    "desk.received": FOLLOWING,
    "desk.back_to_received": FOLLOWING,
    "desk.answer": FOLLOWING,
    "desk.coverage": COORDINATING,
    "desk.see_to_lost": COORDINATING,
    "desk.team": COORDINATING,
    "desk.pace": COORDINATING,
    "desk.change_pace": COORDINATING,
    "desk.member": FOLLOWING,
    "desk.set_absence": FOLLOWING,
    "desk.back_again": FOLLOWING,
    "desk.set_room": COORDINATING,
    "desk.switching": COORDINATING,
    "desk.switch_off": COORDINATING,
    "desk.switch_on": COORDINATING,
    "walkin.mine": REGISTERING,
    "walkin.new": REGISTERING,
    "walkin.change": REGISTERING,
    "walkin.near": REGISTERING,
    "walkin.here": REGISTERING,
    "walkin.check": REGISTERING,
    "walkin.check_again": REGISTERING,
    "walkin.send": REGISTERING,
    "walkin.receipt": REGISTERING,
    "walkin.slip": REGISTERING,
    "walkin.called_together": REGISTERING,
    "walkin.undo_called": REGISTERING,
}
# Arguments that name an object which belongs to somebody.
OBJECTS = (
    "registration_id",
    "referral_id",
    "sign_in_id",
    "contact_id",
    "row_id",
    "organization_id",
)


@dataclass(frozen=True)
class Try:
    """One request to a route: the endpoint, the method, the address, and whose object it names."""

    endpoint: str
    method: str
    path: str
    names_an_object: bool


def tries(app: Flask, **arguments: object) -> Iterator[Try]:
    """Walk over every route and method, with these arguments in the address."""
    known = {"locale": "nl", "entry": "nergens", "token": "x", "code": "AAAAAAAA", "digits": 5616}
    known |= {"table": "contacts", "contact_id": UUID(int=0), "row_id": UUID(int=0)}
    known |= {"act": "accept", "mail": "fresh", "step": "refer"}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        given = {name: {**known, **arguments}[name] for name in rule.arguments}
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path = adapter.build(rule.endpoint, given, method=method)
            yield Try(rule.endpoint, method, path, _names_an_object(rule))


def _names_an_object(rule: Rule) -> bool:
    return any(name in rule.arguments for name in OBJECTS)


def send(client: CheckedClient, each: Try) -> TestResponse:
    headers = {"Origin": ORIGIN, "Referer": f"{ORIGIN}/", "Sec-Fetch-Site": "same-origin"}
    return client.open(each.path, method=each.method, headers=headers)


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """A portal where forms may come without their token: here only who sends them counts."""
    own_app.config["WTF_CSRF_ENABLED"] = False
    return own_app


def is_asked_to_sign_in(answer: TestResponse) -> bool:
    by_page = answer.status_code == 403 and 'name="password"' in answer.text
    return by_page or answer.headers.get("Location") == "/sign-in"


@pytest.fixture
def theirs(world: World) -> dict[str, UUID]:
    """A registration, a referral and a session of people at other organisations."""
    case = world.register("Voorbeeld-Ander", contact="woonbedrijf-esra")
    asked = Asking(world).refer(registration=case, to="springplank040", by=ESRA)
    with world.writing() as db:
        esra = world.identity(ESRA).account_id
        start_sign_in(db, esra, browser="?", now=world.clock())
        db.flush()
        session = db.scalars(select(SignIn.id).where(SignIn.account_id == esra)).one()
        contact = contact_id(db, "woonbedrijf-esra")
        partner = organization_id(db, "randstad")
    return {
        "registration_id": case,
        "referral_id": asked,
        "sign_in_id": session,
        "organization_id": partner,
        "contact_id": contact,
        "row_id": contact,
    }


def test_every_route_is_in_the_table_and_nothing_else(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(LET_IN)


def test_every_route_of_staff_asks_for_the_right_it_is_in_the_table_for(app: Flask) -> None:
    for endpoint, roles in LET_IN.items():
        guarded = hasattr(app.view_functions[endpoint], "needs")
        assert guarded == (NOBODY not in roles), endpoint


def test_somebody_unknown_is_let_in_nowhere_but_at_the_front_door(
    app: Flask, client: CheckedClient, theirs: dict[str, UUID]
) -> None:
    for each in tries(app, **theirs):
        if each.endpoint == "desk.sign_out":
            continue
        answer = send(client, each)
        expected = NOBODY not in LET_IN[each.endpoint]
        assert is_asked_to_sign_in(answer) == expected, f"{each}: {answer.status}"
        assert answer.status_code < 500, each


@pytest.mark.parametrize("role", sorted(PEOPLE))
def test_each_role_is_let_in_by_the_table_and_never_to_what_belongs_to_others(
    app: Flask, client: CheckedClient, theirs: dict[str, UUID], role: str
) -> None:
    sign_in(client, PEOPLE[role])
    for each in tries(app, **theirs):
        if NOBODY in LET_IN[each.endpoint]:
            continue
        answer = send(client, each)
        if role not in LET_IN[each.endpoint]:
            assert answer.status_code == 403, f"{role} {each}: {answer.status}"
        elif each.names_an_object:
            assert answer.status_code == 404, f"{role} {each}: {answer.status}"
        else:
            assert answer.status_code < 400 or answer.status_code == 422, f"{role} {each}"
            assert not is_asked_to_sign_in(answer), f"{role} {each}"
        assert "Voorbeeld-Ander" not in answer.text, f"{role} {each}"


@pytest.mark.parametrize("role", sorted(FOLLOWING))
def test_those_who_follow_reach_what_is_theirs_on_every_route(
    app: Flask, client: CheckedClient, world: World, role: str
) -> None:
    mine = world.register()
    asked = Asking(world).refer(registration=mine)
    with world.looking() as db:
        partner = organization_id(db, "koenraed")
    sign_in(client, PEOPLE[role])
    objects = {"registration_id": mine, "referral_id": asked, "organization_id": partner}
    for each in tries(app, sign_in_id=mine, **objects):
        if "registrations" in each.path:
            answer = send(client, each)
            assert answer.status_code in (200, 303, 422), f"{role} {each}: {answer.status}"

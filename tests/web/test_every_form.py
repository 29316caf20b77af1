"""Every form that somebody meets, each field with what should not be in it: never an error of ours.

What comes back is a page or a way on; nothing is ever read as markup or worked out; and whoever is
asked again finds what they typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.referral.consent import record_consent
from portal.registration.models import Registration
from portal.registration.queries import reference_of
from portal.registration.reference import code_shown
from tests.desk.furniture import prepared, world
from tests.desk.roads import Traveller
from tests.desk.teaming import lose, member_at, office_at
from tests.desk.world import COORDINATOR, LINDA, REGISTRAR, SANNE, World, organization_id, sign_in
from tests.frontdoor.helping import OTHER, PARTNER, SHARES, Helped
from tests.frontdoor.visiting import post
from tests.registration.people import filled_in
from tests.reply.asking import Asking
from tests.support.application import CheckedClient
from tests.support.every_form import Form, asked_twice, forms_on, no_form, tried
from tests.support.html import Element, read_html

__all__ = ["prepared", "world"]

Page = tuple[str, Element]
Room = Callable[[World, CheckedClient], Iterator[Page]]
# Every form about something that changes says which one was on the screen, all in the same way.
THE_SAME_EVERYWHERE = {"version", "seen"}


def tree(answer: TestResponse) -> Element:
    return read_html(answer.text)[1]


def looked_at(client: CheckedClient, *paths: str) -> Iterator[Page]:
    yield from ((path, client.page(path)) for path in paths)


def a_tenant(world: World, client: CheckedClient) -> Iterator[Page]:
    """By code and by link: somebody whom one partner helps, and who is asked about another."""
    person = world.register(likes=("eindhoven-koken",), email="sam@post.nl")
    with world.looking() as db:
        reference = reference_of(db, world.load(person))
    mine, code = f"/nl/mine/{reference.link}", f"/nl/status/{code_shown(reference.code)}"
    Traveller(Asking(world), person).bring("picked_up")
    helped = Helped(world, mine, code)
    helped.is_referred(PARTNER)
    helped.was_asked_whether_they_called()
    helped.is_asked(OTHER)
    yield from looked_at(client, "/nl/", "/nl/status", mine, code)
    yield f"{mine}/erase", tree(post(client, f"{mine}/erase", {}))
    yield mine, tree(post(client, f"{mine}/consent", {"organization": "trudo", "answer": "no"}))
    yield "/nl/check", tree(post(client, "/nl/check", filled_in()))


def a_partner_by_link(world: World, client: CheckedClient) -> Iterator[Page]:
    asking = Asking(world)
    for state in ("requested", "accepted", "in_progress", "on_hold"):
        referral = asking.refer(f"Voorbeeld-{state}")
        asking.bring(referral, state)
        yield from looked_at(client, f"/reply/{asking.token(referral)}")


def a_partner_signed_in(world: World, client: CheckedClient) -> Iterator[Page]:
    sign_in(client, LINDA)
    asking = Asking(world)
    for state in ("requested", "accepted"):
        referral = asking.refer(f"Voorbeeld-{state}")
        asking.bring(referral, state)
        yield from looked_at(client, f"/desk/referrals/{referral}")


def a_handler(world: World, client: CheckedClient) -> Iterator[Page]:
    sign_in(client, SANNE)
    for standing in ("picked_up", "waiting", "closed"):
        traveller = Traveller(Asking(world), world.register())
        traveller.bring(standing)
        yield from looked_at(client, f"/desk/registrations/{traveller.id}")


def a_handler_who_asks(world: World, client: CheckedClient) -> Iterator[Page]:
    """One partner is asked, one may be, and for one the person's yes is still to come."""
    sign_in(client, SANNE)
    person = world.register()
    Asking(world).refer(registration=person)
    with world.writing() as db:
        yes, still = (organization_id(db, slug) for slug in ("springplank040", "koenraed"))
        row, by = db.get_one(Registration, person), world.identity(SANNE)
        how = {"shares": SHARES, "method": "phone", "locale": "nl"}
        record_consent(db, row, yes, by=by, now=world.clock(), **how)  # type: ignore[arg-type]  # keywords of a test
    case = f"/desk/registrations/{person}"
    to_ask, agreed = f"{case}/partners/{still}", f"{case}/partners/{yes}"
    yield from looked_at(client, case, f"{case}/partners", to_ask, agreed)
    aloud = client.submit(client.page(to_ask), f"{to_ask}/aloud", at=to_ask, share=[*SHARES])
    yield f"{to_ask}/aloud", tree(aloud)
    yield f"{agreed}/refer", tree(client.submit(client.page(agreed), f"{agreed}/refer", at=agreed))


def a_coordinator(world: World, client: CheckedClient) -> Iterator[Page]:
    sign_in(client, COORDINATOR)
    world.register()
    lose(world)
    office, member = office_at(world), member_at(world)
    yield from looked_at(client, "/sessions", "/desk/find", office, member)
    yield from looked_at(client, f"{office}/switch", f"{member}/switch", "/desk/coverage")


def a_registrar(world: World, client: CheckedClient) -> Iterator[Page]:
    sign_in(client, REGISTRAR)
    page = client.page("/walkin/new")
    yield "/walkin/new", page
    least = {"wish": "together", "first_name": "Voorbeeld-Ravi", "phone": "06 12345678"}
    checked = tree(client.submit(page, "/walkin/check", at="/walkin/new", **least))
    yield "/walkin/check", checked
    sent = client.submit(checked, "/walkin/send", at="/walkin/check", consent="yes")
    yield from looked_at(client, sent.headers["Location"], "/walkin/")


def nobody_yet(world: World, client: CheckedClient) -> Iterator[Page]:
    yield from looked_at(client, "/sign-in")


EVERYBODY: tuple[Room, ...] = (
    a_tenant,
    a_registrar,
    a_handler,
    a_handler_who_asks,
    a_coordinator,
    nobody_yet,
    a_partner_by_link,
    a_partner_signed_in,
)


def forms_of(pages: Iterator[Page]) -> list[Form]:
    """Every form of these pages, each with the fields that none before it had."""
    found: list[Form] = []
    known: set[tuple[str, str]] = set()
    for form in (each for at, page in pages for each in forms_on(page, at)):
        last = form.action.rpartition("/")[2]
        places = {(("" if name in THE_SAME_EVERYWHERE else last), name) for name in form.names}
        new = frozenset(name for _, name in places - known)
        known |= places
        found += [replace(form, names=new)] if new else []
    return found


@pytest.mark.parametrize("room", EVERYBODY, ids=lambda room: room.__name__)
def test_no_field_of_any_form_breaks_a_page(
    app: Flask, client: CheckedClient, world: World, room: Room
) -> None:
    forms = forms_of(room(world, client))
    wrong = [each for form in forms for each in tried(app, client, form)]
    assert forms
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", EVERYBODY, ids=lambda room: room.__name__)
def test_what_is_no_form_breaks_no_page(
    app: Flask, client: CheckedClient, world: World, room: Room
) -> None:
    forms = forms_of(room(world, client))
    wrong = [each for form in forms for each in no_form(app, client, form)]
    assert forms
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", EVERYBODY, ids=lambda room: room.__name__)
def test_two_answers_to_one_question_are_asked_about(
    app: Flask, client: CheckedClient, world: World, room: Room
) -> None:
    forms = forms_of(room(world, client))
    silent = [each for form in forms for each in asked_twice(app, client, form)]
    assert forms
    assert not silent, "\n".join(silent)

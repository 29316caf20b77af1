"""A colleague who cannot sign in is told apart before anybody is given to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from portal.accounts.models import Account, Membership
from tests.desk.teaming import member_at
from tests.desk.world import COORDINATOR, MO, World, contact_id, sign_in
from tests.support.application import CheckedClient
from tests.support.html import Element

HINT = "Zonder account kan iemand de lijst met mensen niet openen."


def _off(world: World) -> None:
    with world.writing() as db:
        account = world.identity(MO).account_id
        db.execute(update(Account).where(Account.id == account).values(active=False))


def _no_contact_any_more(world: World) -> None:
    with world.writing() as db:
        mo = contact_id(db, "trudo-mo")
        db.execute(update(Membership).where(Membership.contact_id == mo).values(contact_id=None))


def _registrar(world: World) -> None:
    with world.writing() as db:
        mo = contact_id(db, "trudo-mo")
        db.execute(update(Membership).where(Membership.contact_id == mo).values(role="registrar"))


def _case(world: World) -> str:
    return f"/desk/registrations/{world.register()}"


def _absence(world: World) -> str:
    return member_at(world)


def _switching_off(world: World) -> str:
    return f"{member_at(world)}/switch"


def option(page: Element) -> str:
    """How Mo is offered."""
    (label,) = [each for each in page.all("label") if "Mo" in each.text.split()]
    return label.text


@pytest.mark.parametrize("where", [_case, _absence, _switching_off])
@pytest.mark.parametrize("cannot", [_off, _no_contact_any_more, _registrar])
def test_whoever_chooses_a_colleague_sees_who_cannot_sign_in(
    world: World,
    client: CheckedClient,
    where: Callable[[World], str],
    cannot: Callable[[World], None],
) -> None:
    address = where(world)
    sign_in(client, COORDINATOR)
    page = client.page(address)
    assert (option(page), HINT in page.text) == ("Mo", False)
    cannot(world)
    page = client.page(address)
    assert (option(page), HINT in page.text) == ("Mo heeft geen account", True)


def test_the_only_colleague_is_chosen_beforehand_unless_they_cannot_sign_in(
    world: World, client: CheckedClient
) -> None:
    address = _case(world)
    sign_in(client, COORDINATOR)
    (mo,) = client.page(address).all("input", name="contact")
    assert mo.has("checked")
    _off(world)
    (mo,) = client.page(address).all("input", name="contact")
    assert not mo.has("checked")


def test_a_colleague_without_an_account_can_still_be_chosen(
    world: World, client: CheckedClient
) -> None:
    _off(world)
    sam, mo = world.register(), world.load(world.register(contact="trudo-mo")).contact_id
    sign_in(client, COORDINATOR)
    at = f"/desk/registrations/{sam}"
    answer = client.submit(client.page(at), f"{at}/hand-over", at=at, contact=str(mo))
    assert answer.status_code == 303
    assert world.load(sam).contact_id == mo

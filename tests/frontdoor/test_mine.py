from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from portal.catalogue.models import Organization
from portal.catalogue.version import bump_version
from portal.db.engine import Database
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.registration.models import Registration
from tests.frontdoor.visiting import actions, link_on, post, register, tree
from tests.support.application import CheckedClient
from tests.support.clock import SettableClock

pytestmark = pytest.mark.usefixtures("eindhoven")


@pytest.fixture
def mine(client: CheckedClient) -> str:
    """The address of a private link of somebody who just registered."""
    return link_on(register(client, email="sam@post.nl", like=["eindhoven-koken"]))


def state(database: Database) -> str:
    with database.reading() as db:
        return db.scalars(select(Registration.state)).one()


def test_it_shows_everything_a_person_told_us(client: CheckedClient, mine: str) -> None:
    shown = client.page(mine).text
    for said in ("Voorbeeld-Sam", "06 12345678", "sam@post.nl", "5616", "Trudo", "Koken"):
        assert said in shown, said


def test_whether_somebody_else_may_hear_it_is_shown_only_after_a_yes(client: CheckedClient) -> None:
    never_asked = client.page(link_on(register(client))).text
    assert "Iemand anders mag" not in never_asked
    agreed = client.page(link_on(register(client, shared_phone="yes"))).text
    assert "Iemand anders mag horen waarom we bellen" in agreed


def test_it_has_every_power(client: CheckedClient, clock: SettableClock, mine: str) -> None:
    assert actions(client.page(mine)) == {"line", "stop", "phone", "consent", "erase"}
    clock.set("2026-11-21T00:00")
    assert "nobody-called" in actions(client.page(mine))


def test_what_was_written_down_can_be_read(client: CheckedClient, mine: str) -> None:
    client.submit(client.page(mine), f"{mine}/line", at=mine, text="Ik houd van\ntulpen")
    shown = client.page(mine)
    assert "Wat er is opgeschreven" in shown.text
    assert "Ik houd van tulpen" in shown.text


def test_another_number_is_taken_and_the_old_one_is_told(
    client: CheckedClient, database: Database, mine: str
) -> None:
    answer = client.submit(client.page(mine), f"{mine}/phone", at=mine, phone="06 87654321")
    assert "We hebben je nieuwe nummer." in client.page(answer.headers["Location"]).text
    assert "06 87654321" in client.page(mine).text
    with database.reading() as db:
        sent = select(OutboxMessage).where(OutboxMessage.kind == "phone_changed")
        assert unseal(db, db.scalars(sent).one(), "recipient") == "+31612345678"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("112", "Dit is nog geen telefoonnummer"), ("123456782", "We willen je BSN niet")],
)
def test_what_is_no_number_comes_back_as_typed(
    client: CheckedClient, mine: str, typed: str, said: str
) -> None:
    again = tree(post(client, f"{mine}/phone", {"phone": typed}), 422)
    assert said in again.text
    [box] = again.all("input", name="phone")
    assert (box.get("value"), box.get("aria-invalid")) == (typed, "true")
    assert "06 12345678" in again.text


def test_a_copy_holds_everything_and_is_a_file(client: CheckedClient, mine: str) -> None:
    client.submit(client.page(mine), f"{mine}/line", at=mine, text="Ik houd van tulpen")
    copy = client.get(f"{mine}/copy")
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert copy.headers["Cache-Control"] == "no-store"
    about = json.loads(copy.text)
    assert about["registration"]["first_name"] == "Voorbeeld-Sam"
    assert [note["text"] for note in about["note"]] == ["Ik houd van tulpen"]
    assert len(about["consent"]) == 2


def test_a_no_to_who_takes_over_leaves_the_owner_and_can_be_a_yes_again(
    client: CheckedClient, database: Database, mine: str
) -> None:
    page = client.page(mine)
    [(other, answer)] = [
        (form.all("input", name="organization")[0].get("value"), form.all("button")[0])
        for form in page.all("form", action=f"{mine}/consent")
        if form.all("input", name="organization")[0].get("value") != "trudo"
    ]
    assert answer.get("value") == "no"
    post(client, f"{mine}/consent", {"organization": other, "answer": "no"})
    assert "Nee, sinds woensdag 18 november." in client.page(mine).text
    assert state(database) == "new"
    post(client, f"{mine}/consent", {"organization": other, "answer": "yes"})
    assert "Nee, sinds" not in client.page(mine).text


def test_a_no_is_heard_also_when_the_organisation_has_stopped_and_a_yes_is_not(
    client: CheckedClient, database: Database, mine: str
) -> None:
    with database.writing.begin() as db:
        stopped = db.scalars(select(Organization).where(Organization.slug == "voorbeeldhoek")).one()
        stopped.active = False
        bump_version(db)
    form = {"organization": "voorbeeldhoek"}
    assert post(client, f"{mine}/consent", {**form, "answer": "no"}).status_code == 303
    assert "Nee, sinds woensdag 18 november." in client.page(mine).text
    assert post(client, f"{mine}/consent", {**form, "answer": "yes"}).status_code == 409
    assert "Nee, sinds woensdag 18 november." in client.page(mine).text


def test_a_no_to_the_owner_is_stopping(
    client: CheckedClient, database: Database, mine: str
) -> None:
    no = {"organization": "trudo", "answer": "no"}
    sure = tree(post(client, f"{mine}/consent", no))
    assert "Als je nee zegt tegen Trudo, stop je." in sure.text
    assert "Liever iemand anders? Schrijf een regel of bel" in sure.text
    assert state(database) == "new"
    assert sure.all("a", href=mine)
    answer = client.submit(sure, f"{mine}/consent", at=mine)
    assert answer.status_code == 303
    assert state(database) == "closed"
    assert actions(client.page(mine)) == {"undo-stop", "erase"}


@pytest.mark.parametrize("organization", ["", "randstad", "nobody", "<b>"])
def test_nobody_who_was_not_named_can_be_agreed_with(
    client: CheckedClient, mine: str, organization: str
) -> None:
    post(client, f"{mine}/consent", {"organization": organization, "answer": "yes"})
    assert "Randstad" not in client.page(mine).text


def test_erasing_is_asked_once_more_and_then_final(
    client: CheckedClient, database: Database, mine: str
) -> None:
    sure = tree(client.submit(client.page(mine), f"{mine}/erase", at=mine))
    assert "Alles wissen?" in sure.text
    assert sure.all("footer")[0].all("a")[0].get("href") == "tel:+31401234567"
    assert state(database) == "new"
    gone = tree(client.submit(sure, f"{mine}/erase", at=mine))
    assert "Alles is gewist" in gone.text
    assert gone.all("footer")[0].all("a")[0].get("href") == "tel:+31401234567"
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Registration)) == 0
    assert client.get(mine).status_code == 404
    assert client.get(f"{mine}/copy").status_code == 404


def test_a_link_that_opens_nothing_any_more_is_no_fault_of_whoever_opens_it(
    client: CheckedClient, mine: str
) -> None:
    post(client, f"{mine}/erase", {"sure": "yes"})
    gone = client.page(mine, 404)
    assert "Deze link opent niets meer." in gone.text
    assert "Fout:" not in gone.text
    assert "Deze code" not in gone.text
    [box] = gone.all("input", name="code")
    assert not box.has("aria-invalid")


@pytest.mark.parametrize("token", ["x", "A" * 32, "K7P-3XM-92"])
def test_no_other_link_opens_anything(client: CheckedClient, mine: str, token: str) -> None:
    for path in (f"/nl/mine/{token}", f"/nl/mine/{token}/copy"):
        assert client.get(path).status_code == 404
    assert post(client, f"/nl/mine/{token}/erase", {"sure": "yes"}).status_code == 404


def test_another_site_cannot_act_in_somebodys_name(client: CheckedClient, mine: str) -> None:
    for power in ("stop", "erase", "phone", "line", "consent", "nobody-called", "undo-stop"):
        answer = client.post(f"{mine}/{power}", headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
    assert "Voorbeeld-Sam" in client.page(mine).text


def test_looking_changes_nothing(client: CheckedClient, database: Database, mine: str) -> None:
    for power in ("stop", "erase", "phone", "line", "consent"):
        assert client.get(f"{mine}/{power}").status_code in (404, 405)
    assert client.get(mine).headers["Cache-Control"] == "no-store"
    assert state(database) == "new"

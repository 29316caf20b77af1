from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.catalogue.models import Contact, Organization
from portal.catalogue.version import bump_version
from portal.db.engine import Database
from portal.registration.models import Registration, Tombstone
from portal.web.signing import sign_words
from tests.frontdoor.visiting import carried, check, code_on, link_on, post, register, send, tree
from tests.support.application import CheckedClient
from tests.support.clock import SettableClock

pytestmark = pytest.mark.usefixtures("eindhoven")


def stored(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Registration)) or 0


def switch_off(database: Database, *, contact: str = "", organization: str = "") -> None:
    """Let somebody leave between "check" and "send"."""
    with database.writing.begin() as db:
        for one in db.scalars(select(Contact).where(Contact.slug == contact)):
            one.active = False
        for other in db.scalars(select(Organization).where(Organization.slug == organization)):
            other.active = False
        bump_version(db)


def test_a_yes_is_stored_and_leads_to_the_receipt(
    client: CheckedClient, database: Database
) -> None:
    receipt = register(client)
    assert stored(database) == 1
    for said in ("Gelukt!", "Sanne belt je uiterlijk vrijdag 20 november", "040 123 4501"):
        assert said in receipt.text, said
    assert code_on(receipt)


def test_without_a_yes_nothing_is_stored(client: CheckedClient, database: Database) -> None:
    page = check(client)
    for answer in ("", "no", "on"):
        again = tree(send(client, page, consent=answer), 422)
        asked = "Zet een vinkje bij ‘Ja’"
        assert asked in again.all("div", id="summary")[0].text
        [message] = again.all("p", id="consent-error")
        assert (message.get("class"), asked in message.text) == ("error", True)
        [box] = again.all("input", id="consent")
        assert box.get("aria-invalid") == "true"
        assert box.get("aria-describedby") == "consent-error"
        assert carried(again)["first_name"] == ["Voorbeeld-Sam"]
    assert stored(database) == 0


def test_another_reason_to_look_again_leaves_the_box_alone(client: CheckedClient) -> None:
    """Pages are kept: one that complains about the box must not serve somebody else."""
    page = check(client)
    tree(send(client, page, consent=""), 422)
    late = tree(send(client, page, shown="x"), 422)
    assert not late.all("p", id="consent-error")
    assert not late.all("input", id="consent")[0].has("aria-invalid")


def test_the_same_page_sent_again_gives_the_same_receipt(
    client: CheckedClient, database: Database
) -> None:
    page = check(client)
    receipts = [client.page(send(client, page).headers["Location"]) for _ in range(3)]
    assert len({(code_on(receipt), link_on(receipt)) for receipt in receipts}) == 1
    assert stored(database) == 1


def test_the_same_page_in_another_language_is_the_same_registration(
    client: CheckedClient, database: Database
) -> None:
    page = check(client)
    first = client.page(send(client, page).headers["Location"])
    second = client.page(send(client, page, "tr").headers["Location"])
    assert code_on(first) == code_on(second)
    assert stored(database) == 1


def test_ten_at_once_are_one_registration_and_ten_equal_receipts(
    app: Flask, client: CheckedClient, database: Database
) -> None:
    page, together = check(client), Barrier(10)

    def one() -> tuple[str, str, str]:
        visitor = app.test_client()
        assert isinstance(visitor, CheckedClient)
        together.wait(timeout=30)
        receipt = visitor.page(send(visitor, page).headers["Location"])
        return code_on(receipt), link_on(receipt), receipt.text

    with ThreadPoolExecutor(10) as pool:
        receipts = [future.result() for future in [pool.submit(one) for _ in range(10)]]
    assert len(set(receipts)) == 1
    assert stored(database) == 1


def test_other_answers_under_the_same_page_are_a_new_check_page(
    client: CheckedClient, database: Database
) -> None:
    page = check(client)
    send(client, page)
    again = tree(send(client, page, first_name="Voorbeeld-Robin"), 409)
    assert "Je stuurde ons dit al, met andere antwoorden." in again.text
    assert carried(again)["first_name"] == ["Voorbeeld-Robin"]
    assert carried(again)["shown"] != carried(page)["shown"]
    assert stored(database) == 1
    assert send(client, again).status_code == 303
    assert stored(database) == 2


def test_another_owner_than_shown_is_shown_first(client: CheckedClient, database: Database) -> None:
    page = check(client)
    switch_off(database, organization="trudo")
    again = tree(send(client, page), 409)
    assert stored(database) == 0
    assert "Er is iets veranderd." in again.text
    assert "Sanne van Trudo" in again.text
    assert send(client, again).status_code == 303
    assert stored(database) == 1


def test_another_fallback_than_shown_is_shown_first(
    client: CheckedClient, database: Database
) -> None:
    page = check(client)
    switch_off(database, organization="voorbeeldhoek")
    assert "Er is iets veranderd." in tree(send(client, page), 409).text
    assert stored(database) == 0


def test_a_colleague_who_calls_instead_is_said_on_the_receipt(
    client: CheckedClient, database: Database
) -> None:
    page = check(client)
    switch_off(database, contact="trudo-sanne")
    receipt = client.page(send(client, page).headers["Location"])
    assert "Iemand anders van Trudo heeft tijd voor je: Mo." in receipt.text
    assert "Mo belt je uiterlijk vrijdag 20 november" in receipt.text


def test_a_service_that_went_meanwhile_is_shown_first(
    client: CheckedClient, database: Database
) -> None:
    page = check(client, like=["eindhoven-koken"])
    switch_off(database, organization="voorbeeldhoek")
    tree(send(client, page), 409)
    assert stored(database) == 0


def test_a_repeat_gives_its_receipt_though_the_service_went_meanwhile(
    client: CheckedClient, database: Database
) -> None:
    page = check(client, like=["eindhoven-groen"])
    first = client.page(send(client, page).headers["Location"])
    switch_off(database, organization="metmet")
    second = client.page(send(client, page).headers["Location"])
    assert code_on(first) == code_on(second)


def test_what_was_shown_yesterday_is_shown_anew(
    client: CheckedClient, clock: SettableClock, database: Database
) -> None:
    page = check(client)
    clock.advance(hours=24)
    again = tree(send(client, page), 422)
    assert "een tijd geleden" in again.text
    assert stored(database) == 0
    assert send(client, again).status_code == 303


def test_what_was_shown_a_little_less_long_ago_is_as_promised(
    client: CheckedClient, clock: SettableClock
) -> None:
    page = check(client)
    clock.advance(hours=23, minutes=59)
    receipt = client.page(send(client, page).headers["Location"])
    assert "uiterlijk vrijdag 20 november" in receipt.text


@pytest.mark.parametrize("token", ["", "x", "x.y.z", "🌷", "\u0000", "e30.e30", "a" * 4000])
def test_a_forged_page_is_shown_anew_with_everything_kept(
    client: CheckedClient, database: Database, token: str
) -> None:
    again = tree(send(client, check(client), shown=token), 422)
    assert carried(again)["first_name"] == ["Voorbeeld-Sam"]
    assert stored(database) == 0


@pytest.mark.parametrize("words", [("x",), ("x",) * 7, (uuid4().hex,) * 7])
def test_what_an_older_portal_signed_is_shown_anew(
    client: CheckedClient, app: Flask, database: Database, words: tuple[str, ...]
) -> None:
    with app.app_context():
        token = sign_words("shown", "shown self", *words)
    tree(send(client, check(client), shown=token), 422)
    assert stored(database) == 0


def test_a_page_that_was_shown_and_then_changed_by_hand_is_not_believed(
    client: CheckedClient, database: Database
) -> None:
    page = check(client)
    token = carried(page)["shown"][0]
    middle = len(token) // 3
    forged = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]
    tree(send(client, page, shown=forged), 422)
    assert stored(database) == 0


def test_an_erased_registration_is_not_stored_again(
    client: CheckedClient, database: Database, clock: SettableClock
) -> None:
    page = check(client)
    receipt = client.page(send(client, page).headers["Location"])
    mine = link_on(receipt)
    assert post(client, f"{mine}/erase", {"sure": "yes"}).status_code == 200
    gone = tree(send(client, page), 410)
    assert "Alles is gewist" in gone.text
    assert stored(database) == 0
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Tombstone)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_cannot_send_in_somebodys_name(
    client: CheckedClient, database: Database, headers: dict[str, str]
) -> None:
    data = {**carried(check(client)), "consent": "yes"}
    for path in ("/nl/send", "/nl/check", "/nl/change"):
        assert client.post(path, data=data, headers=headers).status_code == 403
    assert stored(database) == 0


def test_no_tenants_page_sets_a_cookie(client: CheckedClient) -> None:
    page = check(client)
    sent = send(client, page)
    receipt = client.get(sent.headers["Location"])
    mine = link_on(tree(receipt))
    answers = [client.get(path) for path in ("/", "/nl/", "/nl/near/5616", "/nl/status", mine)]
    answers += [sent, receipt, post(client, f"{mine}/line", {"text": "Dag"})]
    assert [answer.headers.get("Set-Cookie") for answer in answers] == [None] * len(answers)

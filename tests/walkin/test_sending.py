from __future__ import annotations

import pytest
from sqlalchemy import select, update

from portal.accounts.manage import find_account
from portal.catalogue.models import Contact, Organization, Programme
from portal.catalogue.version import bump_version
from portal.db.engine import Database
from portal.privacy.encryption import unseal
from portal.registration.models import Consent, Registration, RegistrationEvent
from tests.support.application import CheckedClient
from tests.support.clock import SettableClock
from tests.walkin.conftest import AT_ATHOS
from tests.walkin.counter import LEAST, agree, check, register, tree


def stored(database: Database) -> list[Registration]:
    with database.reading() as db:
        return list(db.scalars(select(Registration)))


def test_first_name_only_no_phone_no_landlord_is_enough(
    registrar: CheckedClient, maastricht: Database
) -> None:
    register(registrar)
    [row] = stored(maastricht)
    with maastricht.reading() as db:
        me = find_account(db, AT_ATHOS)
        athos = db.scalars(select(Organization).where(Organization.slug == "athos")).one()
        programme = db.get_one(Programme, row.programme_id)
        assert me
        assert unseal(db, row, "first_name") == "Voorbeeld-Ravi"
    assert (row.channel, row.phone, row.email, row.landlord_id) == ("walkin", None, None, None)
    assert (row.registered_by_id, row.registered_at_id) == (me.id, athos.id)
    assert programme.slug == "maastricht"


def test_consent_says_how_by_whom_and_in_which_words(
    registrar: CheckedClient, maastricht: Database, clock: SettableClock
) -> None:
    register(registrar, language="ar", interpreter="family")
    [row] = stored(maastricht)
    with maastricht.reading() as db:
        consents = list(db.scalars(select(Consent)))
    assert row.owner_id in {consent.organization_id for consent in consents}
    for consent in consents:
        assert (consent.method, consent.interpreter, consent.locale) == ("spoken", "family", "ar")
        assert (consent.recorded_by_id, consent.given_at) == (row.registered_by_id, clock())
        assert consent.text_version
    assert (row.locale, row.language) == ("ar", "ar")


def test_the_event_names_who_registered_and_not_the_person(
    registrar: CheckedClient, maastricht: Database
) -> None:
    register(registrar)
    with maastricht.reading() as db:
        [event] = db.scalars(select(RegistrationEvent))
    assert event.actor == "account"
    assert event.account_id == stored(maastricht)[0].registered_by_id
    assert "Ravi" not in str(event.data)


def test_without_a_yes_nothing_is_stored(registrar: CheckedClient, maastricht: Database) -> None:
    page = check(registrar, **LEAST)
    answer = tree(agree(registrar, page, consent=[]), 422)
    assert "#consent" in {link.get("href") for link in answer.all("a")}
    assert answer.all("blockquote")
    assert stored(maastricht) == []


@pytest.mark.parametrize("wrong", ["", "niemand", "nobody\x00"])
def test_who_interpreted_must_be_one_of_ours(
    registrar: CheckedClient, maastricht: Database, wrong: str
) -> None:
    answer = tree(agree(registrar, check(registrar, **LEAST), interpreter=wrong), 422)
    assert "#interpreter" in {link.get("href") for link in answer.all("a")}
    assert stored(maastricht) == []


def test_sent_twice_is_stored_once_with_the_same_receipt(
    registrar: CheckedClient, maastricht: Database
) -> None:
    page = check(registrar, **LEAST)
    first, second = agree(registrar, page), agree(registrar, page)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(stored(maastricht)) == 1


def test_the_same_page_with_other_answers_is_read_aloud_again(
    registrar: CheckedClient, maastricht: Database
) -> None:
    page = check(registrar, **LEAST)
    agree(registrar, page)
    again = tree(agree(registrar, page, first_name="Voorbeeld-Ander"), 409)
    assert again.all("blockquote")
    assert len(stored(maastricht)) == 1


@pytest.mark.parametrize("forged", ["", "x", "eyJhIjoxfQ.forged"])
def test_a_forged_promise_is_shown_anew(
    registrar: CheckedClient, maastricht: Database, forged: str
) -> None:
    again = tree(agree(registrar, check(registrar, **LEAST), shown=forged), 409)
    assert "Voorbeeld-Ravi" in again.text
    assert stored(maastricht) == []


def test_when_somebody_else_would_get_it_it_is_read_aloud_again(
    registrar: CheckedClient, maastricht: Database
) -> None:
    page = check(registrar, **{**LEAST, "postcode": "6224 AB", "landlord": "servatius"})
    with maastricht.writing.begin() as db:
        db.execute(update(Contact).where(Contact.slug == "servatius-roos").values(active=False))
        bump_version(db)
    again = tree(agree(registrar, page), 409)
    assert "Roos" not in again.all("blockquote")[0].text
    assert "Ondertussen" in again.all("p", role="alert")[0].text
    assert stored(maastricht) == []
    assert agree(registrar, again).status_code == 303


def test_a_form_without_its_token_is_kept_for_one_press(
    registrar: CheckedClient, maastricht: Database
) -> None:
    page = check(registrar, **LEAST)
    answer = agree(registrar, page, csrf_token="stale")
    assert stored(maastricht) == []
    again = tree(answer, answer.status_code)
    assert registrar.submit(again, "/walkin/send", at="/walkin/send").status_code == 303
    assert len(stored(maastricht)) == 1


def test_a_registrar_whose_organisation_was_switched_off_registers_nobody(
    registrar: CheckedClient, maastricht: Database
) -> None:
    with maastricht.writing.begin() as db:
        db.execute(update(Organization).where(Organization.slug == "athos").values(active=False))
        bump_version(db)
    assert registrar.get("/walkin/new").status_code == 403

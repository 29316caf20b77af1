from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.authenticate import find_claim, proven
from portal.accounts.identity import Right, load_identity
from portal.accounts.manage import (
    AccountError,
    add_account,
    add_membership,
    find_account,
    set_password,
    switch_off,
)
from portal.accounts.models import Account
from portal.accounts.passwords import hash_password
from portal.accounts.sign_in import find_sign_in, open_sign_ins, revoke_sign_in, start_sign_in
from portal.catalogue.models import Organization
from tests.support.clock import SettableClock

EMAIL = "Voorbeeld@Trudo.Example"
PASSWORD = "een lang wachtwoord"


@pytest.fixture
def account(db: Session, clock: SettableClock) -> Account:
    return add_account(
        db, EMAIL, "Sanne Voorbeeld", password_hash=hash_password(PASSWORD), now=clock()
    )


@pytest.fixture
def trudo(db: Session) -> Organization:
    made = Organization(slug="trudo", name="Trudo", kind="corporation")
    db.add(made)
    db.flush()
    return made


def test_an_account_is_found_however_its_address_is_written(db: Session, account: Account) -> None:
    assert find_account(db, "  voorbeeld@TRUDO.example ") is account
    assert find_account(db, "ander@trudo.example") is None


def test_name_and_address_are_sealed(db: Session, account: Account) -> None:
    assert b"trudo" not in account.email.lower()
    assert b"Sanne" not in account.name
    assert b"trudo" not in account.email_digest


def test_an_address_has_one_account(db: Session, account: Account, clock: SettableClock) -> None:
    with pytest.raises(AccountError, match="already"):
        add_account(db, EMAIL.lower(), "Ander", password_hash="-", now=clock())


@pytest.mark.parametrize("email", ["", "sanne", "@", " @ "])
def test_what_is_no_address_has_no_account(db: Session, email: str, clock: SettableClock) -> None:
    with pytest.raises(AccountError, match="not a mail address"):
        add_account(db, email, "Sanne", password_hash="-", now=clock())


def test_a_role_gives_rights_in_one_organisation(
    db: Session, account: Account, trudo: Organization
) -> None:
    add_membership(db, account, trudo.id, "coordinator", title="teamleider")
    identity = load_identity(db, account.id)
    assert identity
    assert identity.organizations(Right.FOLLOW_UP) == {trudo.id}
    assert identity.organizations(Right.REGISTER) == frozenset()
    assert "Sanne" not in repr(identity)


@pytest.mark.parametrize(("role", "says"), [("boss", "not a role"), ("handler", "already")])
def test_a_role_that_is_none_or_is_there_already_is_refused(
    db: Session, account: Account, trudo: Organization, role: str, says: str
) -> None:
    add_membership(db, account, trudo.id, "handler")
    with pytest.raises(AccountError, match=says):
        add_membership(db, account, trudo.id, role)


def test_the_right_password_proves_who_somebody_is(db: Session, account: Account) -> None:
    claim = find_claim(db, EMAIL)
    assert proven(claim, PASSWORD) == account.id
    assert proven(claim, "een ander wachtwoord") is None
    assert "argon2" not in repr(claim)


def test_somebody_unknown_and_somebody_switched_off_are_both_nobody(
    db: Session, account: Account, clock: SettableClock
) -> None:
    switch_off(db, account, now=clock())
    db.flush()
    for email in (EMAIL, "ander@trudo.example"):
        claim = find_claim(db, email)
        assert (claim.account_id, claim.password_hash) == (None, None)
        assert proven(claim, PASSWORD) is None
    assert load_identity(db, account.id) is None


def test_a_session_is_found_by_its_token_and_nothing_of_the_token_is_stored(
    db: Session, account: Account, clock: SettableClock
) -> None:
    token = start_sign_in(db, account.id, browser="Firefox, Linux", now=clock())
    db.flush()
    found = find_sign_in(db, token, now=clock())
    assert found
    assert token.encode() not in found.token_digest
    assert find_sign_in(db, token[:-1], now=clock()) is None


def test_a_session_ends_when_it_is_revoked_by_its_owner_only(
    db: Session, account: Account, clock: SettableClock
) -> None:
    other = add_account(db, "ander@trudo.example", "Ander", password_hash="-", now=clock())
    token = start_sign_in(db, account.id, browser="?", now=clock())
    db.flush()
    mine = open_sign_ins(db, account.id, now=clock())[0]
    assert not revoke_sign_in(db, other.id, mine.id, now=clock())
    assert find_sign_in(db, token, now=clock())
    assert revoke_sign_in(db, account.id, mine.id, now=clock())
    assert find_sign_in(db, token, now=clock()) is None
    assert not revoke_sign_in(db, account.id, mine.id, now=clock())


def test_a_session_does_not_outlive_a_working_day(
    db: Session, account: Account, clock: SettableClock
) -> None:
    token = start_sign_in(db, account.id, browser="?", now=clock())
    db.flush()
    clock.advance(hours=11, minutes=59)
    assert find_sign_in(db, token, now=clock())
    clock.advance(minutes=1)
    assert find_sign_in(db, token, now=clock()) is None
    assert not open_sign_ins(db, account.id, now=clock())


def test_another_password_ends_every_session(
    db: Session, account: Account, clock: SettableClock
) -> None:
    tokens = [start_sign_in(db, account.id, browser="?", now=clock()) for _ in range(3)]
    db.flush()
    set_password(db, account, hash_password("weer een wachtwoord"), now=clock())
    assert not any(find_sign_in(db, token, now=clock()) for token in tokens)
    assert db.scalars(select(Account)).one() is account

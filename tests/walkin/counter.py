"""A counter to stand at: neighbourhoods from the packs, registrars, and what they fill in."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts.manage import add_account, add_membership
from portal.accounts.models import Account
from portal.catalogue.load import load_pack
from portal.catalogue.models import Organization
from portal.catalogue.pack.read import read_pack
from portal.db.engine import Database
from portal.settings import ROOT
from tests.support.application import CheckedClient
from tests.support.html import Element, read_html
from tests.support.passwords import hashed

PASSWORD = "een lang wachtwoord voor de balie"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
# First name only, no phone, no landlord: what somebody at Athos in Maastricht may leave it at.
LEAST = {"wish": "together", "drop_by": "athos-werkplaats", "first_name": "Voorbeeld-Ravi"}


def load_packs(database: Database, *names: str) -> None:
    """Load packs as they ship, the first one becoming the default programme of this test."""
    with database.writing.begin() as db:
        for name in names:
            load_pack(db, read_pack(ROOT / "portal" / "packs" / f"{name}.toml"))


def add_staff(
    database: Database,
    email: str,
    *roles: tuple[str, str],
    locale: str = "nl",
) -> Account:
    """Add an account with roles, each `(organisation slug, role)`."""
    with database.writing.begin() as db:
        password = hashed(PASSWORD)
        account = add_account(
            db, email, "Balie Voorbeeld", password_hash=password, locale=locale, now=LONG_AGO
        )
        for slug, role in roles:
            add_membership(db, account, _organization(db, slug).id, role)
    return account


def _organization(db: Session, slug: str) -> Organization:
    return db.scalars(select(Organization).where(Organization.slug == slug)).one()


def sign_in(client: CheckedClient, email: str) -> None:
    """Sign in through the page, as people do."""
    page = client.page("/sign-in")
    answer = client.submit(page, "/sign-in", at="/sign-in", email=email, password=PASSWORD)
    assert answer.status_code == 303, answer.text


def tree(response: TestResponse, status: int = 200) -> Element:
    """Return the page in an answer that must have this status."""
    page = read_html(response.text)[1]
    assert response.status_code == status, f"{response.status}: {page.text}"
    return page


def check(client: CheckedClient, status: int = 200, /, **fields: str | list[str]) -> Element:
    """Fill in the page with `fields` and go on to what is read aloud."""
    page = client.page("/walkin/new")
    return tree(client.submit(page, "/walkin/check", at="/walkin/new", **fields), status)


def agree(client: CheckedClient, page: Element, **fields: str | list[str]) -> TestResponse:
    """Tick that the person said yes, and send."""
    return client.submit(page, "/walkin/send", at="/walkin/check", **{"consent": "yes", **fields})


def register(client: CheckedClient, **fields: str | list[str]) -> str:
    """Register somebody; return the address of the receipt."""
    sent = agree(client, check(client, **{**LEAST, **fields}))
    assert sent.status_code == 303, sent.text
    return sent.headers["Location"]

"""Accounts: add, list, switch off, another password."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import manage
from portal.accounts.following import FOLLOWERS, anybody_follows_at
from portal.accounts.models import ROLES, Account
from portal.accounts.passwords import UnfitPasswordError, hash_password, make_password
from portal.catalogue.models import Contact, Organization
from portal.cli.opened import opened
from portal.clock import utc_now
from portal.i18n import STAFF_LOCALES
from portal.privacy.encryption import unseal

EMAIL = click.argument("email")
PASSWORD = click.option("--password", help="at least 12 characters; without it one is made")


@click.group()
def group() -> None:
    """Accounts: add, list, switch off, another password."""


@group.command()
@EMAIL
@click.option("--name", required=True, help="as colleagues know them")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--organization", "slug", required=True, help="slug of the organisation")
@click.option("--contact", help="slug of the contact this person is, for handlers")
@click.option("--title", help='a free label such as "wijkconsulent"')
@click.option("--locale", type=click.Choice(STAFF_LOCALES), default="nl", show_default=True)
@PASSWORD
def add(
    *,
    email: str,
    name: str,
    role: str,
    slug: str,
    contact: str | None,
    title: str | None,
    locale: str,
    password: str | None,
) -> None:
    """Add an account, or another role to one that is there."""
    with _writing() as db:
        organization = _organization(db, slug)
        seat = _contact(db, organization, contact) if contact else None
        account = manage.find_account(db, email)
        if account is None:
            secret, hashed = _secret(password)
            account = manage.add_account(
                db, email, name, password_hash=hashed, locale=locale, now=utc_now()
            )
            _say_secret(password, secret)
        manage.add_membership(
            db,
            account,
            organization.id,
            role,
            title=title,
            contact_id=seat.id if seat else None,
        )
        click.echo(f"{manage.normal_email(email)} is {role} at {organization.name}.")


@group.command("list")
def list_accounts() -> None:
    """List every account with its roles."""
    with _writing() as db:
        names = dict(db.execute(select(Organization.id, Organization.slug)).all())
        for account in manage.all_accounts(db):
            roles = ", ".join(f"{m.role}@{names[m.organization_id]}" for m in account.memberships)
            state = "" if account.active else " (off)"
            click.echo(f"{unseal(db, account, 'email')}{state}  {roles}")


@group.command()
@EMAIL
def off(email: str) -> None:
    """Switch an account off and end its sessions; say where nobody can open the list now."""
    with _writing() as db:
        account = _account(db, email)
        manage.switch_off(db, account, now=utc_now())
        click.echo(f"{manage.normal_email(email)} is off.")
        for organization in _left_alone(db, account):
            click.echo(
                f"Nobody can open the list of {organization.name} now. Give somebody an account "
                f"there, or look at `portal organization switch-off {organization.slug} --dry-run`."
            )


@group.command()
@EMAIL
@PASSWORD
def password(email: str, password: str | None) -> None:
    """Give an account another password and end its sessions."""
    with _writing() as db:
        account = _account(db, email)
        secret, hashed = _secret(password)
        manage.set_password(db, account, hashed, now=utc_now())
        _say_secret(password, secret)
        click.echo(f"{manage.normal_email(email)} has another password.")


@contextmanager
def _writing() -> Iterator[Session]:
    """Open a transaction; what cannot be done is one sentence, and then nothing was done."""
    try:
        with opened() as database, database.writing.begin() as db:
            yield db
    except (manage.AccountError, UnfitPasswordError) as error:
        sys.exit(f"portal: {error}")


def _secret(given: str | None) -> tuple[str, str]:
    secret = given or make_password()
    return secret, hash_password(secret)


def _say_secret(given: str | None, secret: str) -> None:
    if given is None:
        click.echo(f"Password, shown once: {secret}")


def _account(db: Session, email: str) -> Account:
    found = manage.find_account(db, email)
    if found is None:
        raise manage.AccountError(f"{manage.normal_email(email)} has no account.")
    return found


def _left_alone(db: Session, account: Account) -> list[Organization]:
    """Return where this account followed people up and nobody else does (rule 3)."""
    followed = [each for each in account.memberships if each.role in FOLLOWERS]
    found = (db.get_one(Organization, each.organization_id) for each in followed)
    return [each for each in found if each.active and not anybody_follows_at(db, each.id)]


def _organization(db: Session, slug: str) -> Organization:
    found = db.scalar(select(Organization).where(Organization.slug == slug))
    if found is None:
        raise manage.AccountError(f"no organisation is called {slug!r}.")
    return found


def _contact(db: Session, organization: Organization, slug: str) -> Contact:
    found = db.scalar(select(Contact).where(Contact.slug == slug))
    if found is None or found.organization_id != organization.id:
        raise manage.AccountError(f"{organization.name} has no contact called {slug!r}.")
    return found

"""Organisations: switch off, switch on. With any number of people in hand nobody is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.cli.opened import opened
from portal.clock import utc_now
from portal.followup import affected, switch_organization
from portal.followup.affected import Affected
from portal.registration.refusals import RefusedError

SLUG = click.argument("slug")
SAID = {
    "off_already": "it is that already",
    "last_one": "nobody calls there who is switched on",
    "still_needed": "a programme falls back on it: name somebody with --instead CONTACT",
    "does_not_fit": "who is named with --instead may not be that for the programme: they must be "
    "on, call people, not handle rent, take part in it, and be no landlord",
}


@click.group()
def group() -> None:
    """Organisations: switch off, switch on."""


@group.command("switch-off")
@SLUG
@click.option("--instead", help="slug of the contact whom programmes fall back on from now on")
@click.option("--dry-run", is_flag=True, help="only say who is affected: how many, never who")
def switch_off(*, slug: str, instead: str | None, dry_run: bool) -> None:
    """Switch an organisation off, and see to everybody who is with it.

    Open referrals go back to who asked. Its own people go to whom they agreed with; whoever agreed
    with nobody else is asked, and stays until they answer. Everybody concerned is told.
    """
    with _writing() as db:
        organization = _organization(db, slug)
        found = affected.by_organization(db, organization)
        for line in _lines(organization, found):
            click.echo(line)
        trial = db.begin_nested()
        switch_organization.switch_off(
            db,
            organization,
            seen=found.seal,
            by=None,
            now=utc_now(),
            instead=_contact(db, instead) if instead else None,
        )
        if dry_run:
            # Done and taken back, so that it refuses now what it would refuse then.
            trial.rollback()
            return
        click.echo(f"{slug} is switched off.")


@group.command("switch-on")
@SLUG
def switch_on(*, slug: str) -> None:
    """Let new people meet an organisation again; whoever went elsewhere stays there."""
    with _writing() as db:
        switch_organization.switch_on(db, _organization(db, slug), by=None, now=utc_now())
        click.echo(f"{slug} is switched on.")


@contextmanager
def _writing() -> Iterator[Session]:
    with opened() as database:
        try:
            with database.writing.begin() as db:
                yield db
        except RefusedError as refusal:
            sys.exit(f"portal: {SAID.get(refusal.code, refusal.code)}; nothing was changed.")


def _lines(organization: Organization, found: Affected) -> Iterator[str]:
    yield f"{organization.name} has {found.people} in hand:"
    for name, people in found.back.items():
        yield f"  {people} back to {name}, who asked"
    for name, people in found.goes_to.items():
        yield f"  {people} of its own to {name}, as agreed"
    if found.asked:
        yield f"  {found.asked} of its own agreed with nobody else; they stay until they answer"
    if found.takes_over_for:
        yield f"People of others who are asked who takes over instead: {found.takes_over_for}."
    for name in found.programmes:
        yield f"Programme {name} falls back on it."


def _organization(db: Session, slug: str) -> Organization:
    found = db.scalar(select(Organization).where(Organization.slug == slug))
    if found is None:
        sys.exit(f"portal: no organisation is called {slug!r}.")
    return found


def _contact(db: Session, slug: str) -> Contact:
    found = db.scalar(select(Contact).where(Contact.slug == slug))
    if found is None:
        sys.exit(f"portal: no contact is called {slug!r}.")
    return found

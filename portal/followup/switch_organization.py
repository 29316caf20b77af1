"""Switch an organisation off, or on again; with any number of people in hand nobody is lost.

Open referrals go back to who asked. Its own people go to whom they agreed with; whoever agreed
with nobody else is asked, and stays until they answer: nobody new sees anything before (rule 4).
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.catalogue.kept import keep
from portal.catalogue.models import Contact, Organization, Programme, ProgrammeMember
from portal.catalogue.snapshot import Snapshot, load_snapshot
from portal.clock import amsterdam_day
from portal.followup.affected import (
    ROLES,
    by_organization,
    falls_back_on,
    own_of,
    programmes_of,
    referrals_to,
)
from portal.followup.handle import colleagues
from portal.followup.held import held_referrals, held_registrations
from portal.followup.moves import give_back, see_to_fallback, see_to_person
from portal.followup.switch_refusals import (
    ChangedMeanwhileError,
    DoesNotFitError,
    LastOneError,
    StillNeededError,
)
from portal.followup.switching import hold, switch, tell_who_takes_over
from portal.routing.catalogue import CatalogueError


def switch_off(
    db: Session,
    organization: Organization,
    *,
    seen: str,
    by: Identity | None,
    now: datetime,
    instead: Contact | None = None,
) -> None:
    """Switch an organisation off. `by` None is the operator, who may name `instead`: the contact
    of another organisation whom programmes fall back on from now on.

    Raises:
        NotYoursError, OffAlreadyError, ChangedMeanwhileError: as for a contact.
        StillNeededError: a programme falls back on it, and nobody is named instead.
        DoesNotFitError: who is named instead may not be that for the programme.
    """
    hold(db, organization, active=True, by=by)
    affected = by_organization(db, organization)
    if affected.seal != seen:
        raise ChangedMeanwhileError
    if affected.programmes:
        _name_instead(db, organization, instead)
    switch(db, organization, active=False, by=by, now=now)
    catalogue = load_snapshot(db)
    _check(catalogue, now)
    _see_to_everybody(db, organization, catalogue, now)


def switch_on(
    db: Session, organization: Organization, *, by: Identity | None, now: datetime
) -> None:
    """Let new people meet it again; whoever went elsewhere stays there.

    Raises `LastOneError` when nobody calls there who is on.
    """
    hold(db, organization, active=False, by=by)
    if not colleagues(db, organization.id):
        raise LastOneError
    switch(db, organization, active=True, by=by, now=now)


def _see_to_everybody(
    db: Session, organization: Organization, catalogue: Snapshot, now: datetime
) -> None:
    # Referrals first: whoever comes back to an owner that is off itself is moved on below.
    for referral in held_referrals(db, referrals_to(organization)):
        give_back(db, referral, now=now)
    came: Counter[UUID] = Counter()
    for registration in held_registrations(db, own_of(organization)):
        heir = see_to_person(db, registration, catalogue, now=now)
        came.update([heir.id] if heir else [])
    for registration in held_registrations(db, falls_back_on(organization)):
        see_to_fallback(db, registration, catalogue, now=now)
    for contact_id, people in came.items():
        tell_who_takes_over(db, contact_id, people, organization, now=now)


def _name_instead(db: Session, organization: Organization, instead: Contact | None) -> None:
    """Let programmes fall back on somebody else, who must be fit for it."""
    if instead is None:
        raise StillNeededError
    mine = {contact.id for contact in organization.contacts}
    if instead.id in mine:
        raise DoesNotFitError
    for programme in programmes_of(db, mine):
        _refuse_unfit(db, programme, instead)
        for role in ROLES:
            if getattr(programme, role) in mine:
                setattr(programme, role, instead.id)
                keep(programme, role)


def _refuse_unfit(db: Session, programme: Programme, instead: Contact) -> None:
    member = db.get(ProgrammeMember, (programme.id, instead.organization_id))
    named = {each.id for each in colleagues(db, instead.organization_id)}
    if member is None or instead.id not in named or not instead.organization.active:
        raise DoesNotFitError


def _check(catalogue: Snapshot, now: datetime) -> None:
    """Raise `DoesNotFitError` when a programme could not name somebody for everybody any more."""
    try:
        for programme in catalogue.programmes.values():
            catalogue.routing_catalogue(programme, amsterdam_day(now))
    except CatalogueError as error:
        raise DoesNotFitError from error

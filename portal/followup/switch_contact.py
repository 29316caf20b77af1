"""Switch a contact off, or on again. Whoever they had goes to a colleague who was named (rule 11).

The people agreed with the organisation, so a colleague may have them; they are told who it is.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.catalogue.kept import keep
from portal.catalogue.known import is_away
from portal.catalogue.models import Contact
from portal.clock import amsterdam_day
from portal.followup.affected import ROLES, by_contact, falls_back_on, own_of, referrals_to
from portal.followup.affected import programmes_of as falling_back
from portal.followup.handle import colleagues
from portal.followup.held import held_referrals, held_registrations
from portal.followup.moves import ask_instead, give_to, name_fallback
from portal.followup.switch_refusals import (
    AwayError,
    ChangedMeanwhileError,
    LastOneError,
    NobodyNamedError,
)
from portal.followup.switching import actor_of, hold, switch, tell_who_takes_over
from portal.referral.link import close_links
from portal.referral.models import Referral
from portal.referral.party import RECEIVER, Party
from portal.registration.refusals import NotAColleagueError


def who_can_take_over(db: Session, contact: Contact) -> list[Contact]:
    """Return the colleagues who may be named to a person, by first name."""
    return [each for each in colleagues(db, contact.organization_id) if each.id != contact.id]


def switch_off(
    db: Session,
    contact: Contact,
    takes_over: UUID | None,
    *,
    seen: str,
    by: Identity,
    now: datetime,
) -> None:
    """Switch a contact off, and let `takes_over` have everybody they had.

    `seen` is the seal of what was shown before. Raises:
        NotYoursError, OffAlreadyError: not theirs to switch, or off by now.
        ChangedMeanwhileError: it is about other people than were shown.
        LastOneError: nobody else calls here.
        NobodyNamedError, NotAColleagueError, AwayError: who takes over is missing or cannot.
    """
    hold(db, contact, active=True, by=by)
    affected = by_contact(db, contact)
    if affected.seal != seen:
        raise ChangedMeanwhileError
    others = {each.id: each for each in who_can_take_over(db, contact)}
    if not others and contact.accepts_referrals and not contact.handles_rent:
        raise LastOneError
    heir = _named(others, takes_over, now) if takes_over or affected.holds_something else None
    switch(db, contact, active=False, by=by, now=now)
    _close_their_links(db, contact, now)
    _stand_in_no_more(db, contact, heir)
    if heir:
        _hand_everything(db, contact, heir, by=by, now=now)
        tell_who_takes_over(db, heir.id, affected.own, contact, now=now)


def switch_on(db: Session, contact: Contact, *, by: Identity, now: datetime) -> None:
    """Let new people meet this contact again; whoever was handed over stays where they are."""
    hold(db, contact, active=False, by=by)
    switch(db, contact, active=True, by=by, now=now)


def _named(others: dict[UUID, Contact], takes_over: UUID | None, now: datetime) -> Contact:
    if takes_over is None:
        raise NobodyNamedError
    if takes_over not in others:
        raise NotAColleagueError
    if is_away(others[takes_over], amsterdam_day(now)):
        raise AwayError
    return others[takes_over]


def _close_their_links(db: Session, contact: Contact, now: datetime) -> None:
    """What they were mailed opens nothing any more: no list, and nothing they were asked."""
    theirs = select(Referral.id).where(Referral.contact_id == contact.id)
    close_links(db, contact.organization_id, db.scalars(theirs).all(), now=now)


def _hand_everything(
    db: Session, contact: Contact, heir: Contact, *, by: Identity, now: datetime
) -> None:
    actor, party = actor_of(by), Party(RECEIVER, "account", by.account_id)
    for registration in held_registrations(db, own_of(contact)):
        give_to(db, registration, heir, by=actor, now=now)
    for referral in held_referrals(db, referrals_to(contact)):
        ask_instead(db, referral, heir, by=party, now=now)
    for registration in held_registrations(db, falls_back_on(contact)):
        name_fallback(db, registration, heir.id, by=actor, now=now)
    for programme in falling_back(db, {contact.id}):
        for role in ROLES:
            if getattr(programme, role) == contact.id:
                setattr(programme, role, heir.id)
                keep(programme, role)


def _stand_in_no_more(db: Session, contact: Contact, heir: Contact | None) -> None:
    """Whoever they stood in for gets another deputy, if there is one."""
    for other in db.scalars(select(Contact).where(Contact.deputy_id == contact.id)):
        other.deputy_id = heir.id if heir and heir.id != other.id else None
        keep(other, "deputy_id")

"""A partner asks for a link: a fresh one when theirs is too old, or one to all that is open.

It only ever goes to the address we have of the partner, whoever asks.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.referral.link import make_link
from portal.referral.models import PartnerLink, Referral
from portal.referral.tell import tell_receiver
from portal.referral.visible import is_shown_to_receiver
from portal.registration.tell_staff import addresses_of, put_out_to

# Whoever presses again while the first mail is on its way needs no second one.
ON_ITS_WAY = timedelta(minutes=15)


def renew_link(db: Session, link_id: UUID, *, now: datetime) -> bool:
    """Send a fresh link in place of one that expired; return whether one was sent.

    None is sent for what the partner may not see any more, or while one is on its way.
    """
    old = db.get_one(PartnerLink, link_id)
    if old.referral_id is None:
        return send_list(db, old.organization_id, now=now)
    referral = db.get_one(Referral, old.referral_id)
    if not is_shown_to_receiver(db, referral, now=now):
        return False
    contact = whom_to_write(db, referral.receiver_id, referral.contact_id)
    if contact is None or _is_on_its_way(db, old.organization_id, referral.id, now):
        return False
    tell_receiver(db, referral, "referral_link", now=now, contact_id=contact.id)
    return True


def send_list(
    db: Session, organization_id: UUID, *, now: datetime, contact_id: UUID | None = None
) -> bool:
    """Send a link to all open ones of an organisation; return whether one was sent.

    It goes to this contact, else to the first one there who takes people up.
    """
    contact = whom_to_write(db, organization_id, contact_id)
    if contact is None or _is_on_its_way(db, organization_id, None, now):
        return False
    link = make_link(db, organization_id, now=now)
    data = {"link": str(link.id), "organization": str(organization_id)}
    put_out_to(db, addresses_of(db, contact.id), "referral_list", now=now, data=data)
    return True


def whom_to_write(db: Session, organization_id: UUID, contact_id: UUID | None) -> Contact | None:
    """Return this contact, or the first who takes people up there; None when nobody is left."""
    there = select(Contact).where(
        Contact.organization_id == organization_id,
        Contact.active,
        Contact.handles_rent.is_(False),
        Contact.accepts_referrals | (Contact.id == contact_id),
    )
    if not db.get_one(Organization, organization_id).active:
        return None
    found = {each.id: each for each in db.scalars(there.order_by(Contact.slug))}
    if contact_id in found:
        return found[contact_id]
    return next(iter(found.values()), None)


def _is_on_its_way(
    db: Session, organization_id: UUID, referral_id: UUID | None, now: datetime
) -> bool:
    just_made = select(PartnerLink.id).where(
        PartnerLink.organization_id == organization_id,
        PartnerLink.referral_id == referral_id,
        PartnerLink.created_at > now - ON_ITS_WAY,
    )
    return db.scalar(just_made.limit(1)) is not None

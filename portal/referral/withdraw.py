"""The person says no: to one partner, to an organisation, or to all of it. It counts at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.referral.happen import happen
from portal.referral.loop import back_to_picked_up, came_back
from portal.referral.models import Referral
from portal.referral.party import PERSON, Party
from portal.referral.queries import open_referrals
from portal.referral.reasons import CHOOSE_PARTNER, WITHDRAWN, next_step
from portal.referral.step import PARTNER_STEPS, is_with_partners
from portal.referral.tell import tell_receiver
from portal.registration import change, consent
from portal.registration.models import Registration


def withdraw(db: Session, referral: Referral, *, now: datetime, by: Party = PERSON) -> None:
    """End one referral at the person's word; the owner calls them about what else they want."""
    happen(db, referral, "withdraw", by=by, now=now, reason=WITHDRAWN)
    came_back(db, referral, next_step("withdraw", WITHDRAWN), by=by, now=now)
    tell_receiver(db, referral, "referral_withdrawn", now=now)


def withdraw_consent(
    db: Session,
    registration: Registration,
    organization_id: UUID,
    *,
    now: datetime,
    by: Party = PERSON,
) -> None:
    """Take the consent for one organisation back: it sees nothing from now on.

    For the owner that is stopping (`stop`); its open referrals end with it.
    """
    if organization_id == registration.owner_id:
        stop(db, registration, now=now, by=by)
        return
    consent.revoke(db, registration, organization_id, now=now, by=by.actor)
    for referral in open_referrals(db, registration.id):
        if referral.receiver_id == organization_id:
            withdraw(db, referral, now=now, by=by)


def stop(db: Session, registration: Registration, *, now: datetime, by: Party = PERSON) -> None:
    """End the registration at the person's word, and every referral with it."""
    waiting = open_referrals(db, registration.id)
    change.stop(db, registration, now=now, by=by.actor)
    for referral in waiting:
        withdraw(db, referral, now=now, by=by)


def undo_stop(db: Session, registration: Registration, *, now: datetime) -> None:
    """Go on after all, within 48 hours. Partners stay out until they are asked again.

    Raises `registration.change.NotNowError`.
    """
    change.undo_stop(db, registration, now=now)
    take_back_if_nobody_has_it(db, registration, by=PERSON, now=now)


def take_back_if_nobody_has_it(
    db: Session, registration: Registration, *, by: Party, now: datetime
) -> bool:
    """Let the owner pick up whoever is said to be with partners while no referral is open."""
    if not is_with_partners(registration) or open_referrals(db, registration.id):
        return False
    back_to_picked_up(db, registration, by=by, now=now, data={})
    registration.came_back = True
    if registration.next_action in PARTNER_STEPS:
        registration.next_action = CHOOSE_PARTNER
    return True

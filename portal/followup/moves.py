"""What becomes of one person, or of one referral, when somebody is switched off. Nobody is lost.

Each does its part and tells whoever it concerns; whoever switches off counts (`switch_*.py`), and
the clock does it again for what came in at the same moment (`clock_switched.py`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.catalogue.snapshot import Snapshot
from portal.followup.heir import ask_about_next, heir_of, promised_by_person, with_room
from portal.referral import end, work
from portal.referral.happen import happen as end_referral
from portal.referral.happen import write_down as write_down_referral
from portal.referral.lead import pass_lead_on
from portal.referral.link import close_links
from portal.referral.models import Referral
from portal.referral.ownership import settle_in
from portal.referral.party import CLOCK, FOR_OWNER, FOR_RECEIVER, Party
from portal.referral.queries import open_referrals
from portal.referral.reasons import TAKEN_OVER
from portal.referral.tell import tell_receiver
from portal.referral.withdraw import take_back_if_nobody_has_it
from portal.registration.happen import SYSTEM, Actor, happen, write_down
from portal.registration.models import Registration
from portal.registration.tell import tell

SWITCHED_OFF, STOPPED = "switched_off", "stopped_offering"


def give_to(
    db: Session, registration: Registration, colleague: Contact, *, by: Actor, now: datetime
) -> None:
    """Another contact of the same organisation has them from now on; the person is told."""
    data = {"from": str(registration.contact_id), "to": str(colleague.id)}
    happen(db, registration, "hand_over", by=by, now=now, data=data)
    registration.contact_id = colleague.id
    if registration.state != "closed":
        tell(db, registration, "other_contact", now=now, data={"contact": str(colleague.id)})


def move_on(db: Session, registration: Registration, *, now: datetime) -> Contact | None:
    """Let whoever the person agreed with become the owner; None when they have to be asked."""
    heir = heir_of(db, registration)
    if heir:
        make_owner(db, registration, heir, by=SYSTEM, now=now)
    return heir


def make_owner(
    db: Session, registration: Registration, heir: Contact, *, by: Actor, now: datetime
) -> None:
    """Make somebody the owner whom the person agreed with before, and tell the person.

    A rest that was agreed is over: the new owner calls, and agrees on a day of its own. Aftercare
    goes on as it was planned.
    """
    if registration.state == "waiting":
        happen(db, registration, "resume", by=SYSTEM, now=now)
    _end_what_was_asked_of(db, registration, heir, now=now)
    data = {"from": str(registration.contact_id), "to": str(heir.id)}
    happen(db, registration, "transfer", by=by, now=now, data=data)
    planned = registration.next_action, registration.next_action_at
    settle_in(db, registration, heir.organization_id, heir.id, now=now)
    told = {"contact": str(heir.id), "by": registration.promised_on.isoformat()}
    if registration.state == "aftercare":
        registration.next_action, registration.next_action_at = planned
        tell(db, registration, "other_contact", now=now, data={"contact": str(heir.id)})
    else:
        tell(db, registration, "other_owner", now=now, data=told)


def _end_what_was_asked_of(
    db: Session, registration: Registration, heir: Contact, *, now: datetime
) -> None:
    """Nobody asks themselves: what the new owner was asked before becomes its own work."""
    for referral in open_referrals(db, registration.id):
        if referral.receiver_id != heir.organization_id:
            continue
        if referral.state == "requested":
            reason = "other_partner"
            met = ("reason",)
            end_referral(db, referral, "retract", by=FOR_OWNER, now=now, met=met, reason=reason)
        else:
            referral.outcome = TAKEN_OVER
            end_referral(db, referral, "complete", by=FOR_RECEIVER, now=now, met=("outcome",))
        db.flush()
        pass_lead_on(db, referral, by=FOR_OWNER, now=now)
    take_back_if_nobody_has_it(db, registration, by=CLOCK, now=now)


def see_to_person(
    db: Session, registration: Registration, catalogue: Snapshot, *, now: datetime
) -> Contact | None:
    """Give somebody whose contact or owner is off to who may have them, else ask them.

    Until they answer they stay where they are, with their date, and are seen by nobody new.
    """
    if db.get_one(Organization, registration.owner_id).active:
        colleague = with_room(db, registration.owner_id, without=registration.contact_id)
        if colleague:
            give_to(db, registration, colleague, by=SYSTEM, now=now)
            return colleague
    heir = move_on(db, registration, now=now)
    if heir is None:
        ask_about_next(db, registration, catalogue, now=now)
    return heir


def see_to_fallback(
    db: Session, registration: Registration, catalogue: Snapshot, *, now: datetime
) -> bool:
    """Name somebody else who takes over when the fallback is off, else ask the person about one.

    A colleague of the same organisation was agreed to with it. Says whether somebody was named.
    """
    gone = db.get_one(Contact, registration.fallback_contact_id)
    there = db.get_one(Organization, gone.organization_id)
    found = with_room(db, there.id) if there.active else promised_by_person(db, registration)
    if found:
        name_fallback(db, registration, found.id, by=SYSTEM, now=now)
        return True
    ask_about_next(db, registration, catalogue, now=now)
    return False


def name_fallback(
    db: Session, registration: Registration, contact_id: UUID, *, by: Actor, now: datetime
) -> None:
    """Somebody else takes over when the owner stays silent; the organisation was agreed to."""
    data = {"from": str(registration.fallback_contact_id), "to": str(contact_id)}
    registration.fallback_contact_id = contact_id
    write_down(db, registration, "other_fallback", by=by, now=now, data=data)


def give_back(db: Session, referral: Referral, *, now: datetime) -> None:
    """The partner is off: the person is on the owner's list again, and is told."""
    if referral.state in ("requested", "accepted"):
        end.retract(db, referral, SWITCHED_OFF, by=FOR_OWNER, now=now)
    else:
        work.fail(db, referral, STOPPED, tried_enough=False, by=FOR_RECEIVER, now=now)


def ask_instead(
    db: Session, referral: Referral, colleague: Contact, *, by: Party, now: datetime
) -> None:
    """Another contact of the same partner has it, and gets a link; older links are too old.

    The person is told once it was taken up.
    """
    data = {"from": str(referral.contact_id), "to": str(colleague.id)}
    referral.contact_id = colleague.id
    write_down_referral(db, referral, "other_contact", by=by, now=now, data=data)
    close_links(db, referral.receiver_id, [referral.id], now=now)
    if referral.state == "requested":
        tell_receiver(db, referral, "referral_sent", now=now)
        return
    tell_receiver(db, referral, "referral_link", now=now)
    registration = db.get_one(Registration, referral.registration_id)
    tell(db, registration, "other_contact", now=now, data={"contact": str(colleague.id)})

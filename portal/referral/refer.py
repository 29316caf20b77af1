"""Ask another organisation to take somebody up: only what, and whom, the person agreed to."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.clock import DAY, amsterdam_day, start_of_day
from portal.privacy.encryption import seal
from portal.referral.ask import (
    Ask,
    check_can_own,
    check_introduction,
    check_not_open,
    check_service,
    contact_asked,
    words_agreed,
)
from portal.referral.consent import consent_for
from portal.referral.deadlines import answer_wanted
from portal.referral.happen import state_after, write_down
from portal.referral.lead import clear_lead
from portal.referral.models import Referral
from portal.referral.party import OWNER, Party
from portal.referral.queries import open_referrals
from portal.referral.snapshot import take_snapshot
from portal.referral.states import NOTHING, row_for
from portal.referral.step import watch
from portal.referral.tell import tell_receiver
from portal.registration import states as registration_states
from portal.registration.happen import happen as happen_to_registration
from portal.registration.models import Consent, Registration
from portal.registration.pace import pace_at, pace_of
from portal.registration.refusals import NoConsentError
from portal.registration.states import WrongActorError, WrongStateError


def refer(
    db: Session, registration: Registration, ask: Ask, *, by: Party, now: datetime
) -> Referral:
    """Send a referral, with a sheet that never changes, and set the owner's next step.

    Raises:
        registration.states.MoveError: this side may not, or not in this state.
        NoConsentError: the person did not agree with exactly this organisation.
        NotAgreedError: the person agreed to less than this would tell.
        NobodySignsInError: a new owner could not open the case.
        AlreadyAskedError, NotTakingReferralsError, OwnOrganizationError, WrongServiceError,
        WrongDayError, and what `wording` raises: see each.
    """
    row_for(NOTHING, "send", by.side)
    registration_states.find(registration.state, "refer", by.actor.kind)
    contact = contact_asked(db, registration, ask)
    check_service(db, ask)
    check_introduction(ask.introduction_on, warm=ask.warm, now=now)
    check_not_open(db, registration, ask)
    if ask.transfers:
        check_can_own(db, ask.receiver_id)
    consent = consent_for(db, registration, ask.receiver_id)
    if consent is None:
        raise NoConsentError
    referral = _row(db, registration, ask, consent, by=by, now=now)
    referral.contact_id = contact.id
    db.add(referral)
    db.flush()
    data = {"organization": str(ask.receiver_id), "referral": str(referral.id)}
    write_down(db, referral, "send", by=by, now=now, before=NOTHING, data=data)
    happen_to_registration(db, registration, "refer", by=by.actor, now=now, data=data)
    # Asking a partner is what the owner had to do; from now on they watch for the answer.
    registration.came_back = False
    watch(db, registration)
    tell_receiver(db, referral, "referral_sent", now=now)
    return referral


def plan_introduction(
    db: Session, referral: Referral, day: date, *, by: Party, now: datetime
) -> None:
    """Agree on the day of a warm handover; only the owner does. Raises `WrongDayError`."""
    if by.side != OWNER:
        raise WrongActorError(referral.state, "introduce", by.side)
    if referral.state not in ("requested", "accepted"):
        raise WrongStateError(referral.state, "introduce", by.side)
    check_introduction(day, warm=True, now=now)
    referral.warm, referral.introduction_on = True, day
    write_down(db, referral, "introduce", by=by, now=now, data={"on": day.isoformat()})


def _row(
    db: Session,
    registration: Registration,
    ask: Ask,
    consent: Consent,
    *,
    by: Party,
    now: datetime,
) -> Referral:
    words = words_agreed(ask, consent)
    if ask.lead:
        clear_lead(db, registration.id, by=by, now=now)
    referral = Referral(
        id=uuid4(),
        registration_id=registration.id,
        receiver_id=ask.receiver_id,
        service_id=ask.service_id,
        consent_id=consent.id,
        sent_by_id=by.account_id,
        state=state_after(NOTHING, "send", by, met=("consent",)),
        lead=ask.lead or not open_referrals(db, registration.id),
        warm=ask.warm,
        introduction_on=ask.introduction_on,
        transfers=ask.transfers,
        created_at=now,
    )
    told = take_snapshot(db, registration, shares=consent.shares, words=words)
    seal(db, referral, "snapshot", told)
    _set_days(db, referral, registration, now)
    return referral


def _set_days(db: Session, referral: Referral, registration: Registration, now: datetime) -> None:
    """Until when the receiver may answer, and when the person is asked how it goes."""
    answer_wanted(referral, pace_at(db, referral.receiver_id, registration.programme_id), now=now)
    days = pace_of(db, registration).norms["ask_contacted_days"]
    referral.ask_at = start_of_day(amsterdam_day(now) + days * DAY)

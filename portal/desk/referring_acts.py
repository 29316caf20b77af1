"""What an owner does with a referral: write down what was said, name the lead, take it back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.acting import act_on
from portal.desk.referring_forms import IntroduceForm, ReferralForm, RetractForm, ToldForm
from portal.desk.words import N_
from portal.privacy.loaded import loaded_words
from portal.referral.end import retract as retract_it
from portal.referral.happen import check_may
from portal.referral.lead import name_lead as name_it
from portal.referral.models import Referral
from portal.referral.party import Party, as_owner, as_told
from portal.referral.queries import hold_for_change
from portal.referral.refer import plan_introduction as plan_it
from portal.referral.words import note_told as note_it
from portal.registration.models import Registration
from portal.web.login import current_identity
from portal.web.partner.rooms import ROOMS, LoadedError
from portal.web.permissions import needs
from portal.web.state import now

HERE = "/desk/registrations/<uuid:registration_id>/referrals/<uuid:referral_id>"
OwnerAct = Callable[[Session, Referral, Party], object]


def load_referral(
    db: Session, registration: Registration, referral_id: UUID, form: ReferralForm
) -> Referral:
    """Return a referral of this person, held for change, or answer 404.

    Raises `HappenedMeanwhileError` when it changed since it was on the screen.
    """
    found = db.get(Referral, referral_id)
    if found is None or found.registration_id != registration.id:
        abort(404)
    return hold_for_change(db, referral_id, seen=form.version.data)


def act_as_owner(
    registration_id: UUID,
    referral_id: UUID,
    name: str,
    form: ReferralForm,
    act: OwnerAct,
    *,
    done: str,
) -> ResponseReturnValue:
    """Let the owner do something to a referral, and go back to the case."""

    def do(db: Session, registration: Registration) -> None:
        referral = load_referral(db, registration, referral_id, form)
        act(db, referral, as_owner(current_identity(), registration))

    return act_on(registration_id, name, form, do, done=done, about=referral_id)


@bp.post(f"{HERE}/retract")
@needs(Right.FOLLOW_UP)
def retract(registration_id: UUID, referral_id: UUID) -> ResponseReturnValue:
    """Take it back; the receiver sees why."""
    form = RetractForm()
    return act_as_owner(
        registration_id,
        referral_id,
        "retract",
        form,
        lambda db, referral, by: retract_it(db, referral, form.reason.data, by=by, now=now()),
        done=N_("It is taken back. The partner is told why."),
    )


@bp.post(f"{HERE}/lead")
@needs(Right.FOLLOW_UP)
def name_lead(registration_id: UUID, referral_id: UUID) -> ResponseReturnValue:
    """Let this partner keep it together."""
    return act_as_owner(
        registration_id,
        referral_id,
        "lead",
        ReferralForm(),
        lambda db, referral, by: name_it(db, referral, by=by, now=now()),
        done=N_("This partner keeps it together now."),
    )


@bp.post(f"{HERE}/introduction")
@needs(Right.FOLLOW_UP)
def plan_introduction(registration_id: UUID, referral_id: UUID) -> ResponseReturnValue:
    """Agree on the day on which the owner introduces the person."""
    form = IntroduceForm()
    return act_as_owner(
        registration_id,
        referral_id,
        "introduce",
        form,
        lambda db, referral, by: plan_it(db, referral, form.introduce_on.data, by=by, now=now()),
        done=N_("The day of introduction is noted."),
    )


@bp.post(f"{HERE}/told")
@needs(Right.FOLLOW_UP)
def note_told(registration_id: UUID, referral_id: UUID) -> ResponseReturnValue:
    """Write down what a partner said on the phone, and act on it in its place."""
    form = ToldForm()

    def do(db: Session, registration: Registration) -> None:
        referral = load_referral(db, registration, referral_id, form)
        _write_told(db, referral, form, as_told(current_identity(), registration))

    return act_on(
        registration_id,
        "told",
        form,
        do,
        done=N_("It is written down: said by %(name)s."),
        about=referral_id,
        details={"name": form.said_by.data or ""},
    )


def _write_told(db: Session, referral: Referral, form: ToldForm, by: Party) -> None:
    text = form.text.data or ""
    if loaded_words(text) and not form.sure.data:
        raise LoadedError
    note_it(
        db,
        referral,
        text,
        said_by=form.said_by.data or "",
        said_on=form.said_on.data,
        by=current_identity(),
        now=now(),
    )
    if form.event:
        check_may(referral, form.event, by)
        sent = form.sent(warm=referral.warm)
        ROOMS[sent.act](db, referral, sent, by, now())

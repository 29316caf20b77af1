"""The person's yes or no to one partner: asked on their own page, said aloud, taken back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.acting import act_on
from portal.desk.forms import ActForm
from portal.desk.loading import load_visible
from portal.desk.partner_page import (
    load_candidate,
    show_partner,
    to_partner,
    what_every_page_needs,
)
from portal.desk.referring import ONE
from portal.desk.referring_forms import AgreedForm, ShareForm
from portal.desk.showing import put_on_record, write_down_reading
from portal.desk.words import N_
from portal.followup.messages import way_of_messages
from portal.followup.refusals import NoWayError
from portal.i18n import gettext as _
from portal.referral.candidates import Candidate
from portal.referral.consent import ask_consent as ask_it
from portal.referral.consent import consent_for, record_consent
from portal.referral.party import as_person_said
from portal.referral.refusals import AnsweredAlreadyError, OwnOrganizationError
from portal.referral.withdraw import withdraw_consent
from portal.registration.models import Registration
from portal.registration.refusals import RefusedError
from portal.web.aloud import in_both
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading, transaction

ASKED = N_("The question is on their own page, and a message is on its way.")
NOTED = N_("Noted: they agree. Now you can ask.")


@bp.post(f"{ONE}/ask")
@needs(Right.FOLLOW_UP)
def ask_consent(registration_id: UUID, organization_id: UUID) -> ResponseReturnValue:
    """Ask the person on their own page, with a message that there is a question."""
    form = ShareForm()
    with transaction() as db:
        registration = load_visible(db, registration_id, for_change=True)
        candidate = load_candidate(db, registration, organization_id)
        if status := _trouble(registration, form):
            return show_partner(db, registration, candidate, form, status=status)
        try:
            with db.begin_nested():
                _ask(db, registration, candidate, form)
        except RefusedError as refusal:
            code = refusal.code
            return show_partner(db, registration, candidate, form, refused=code, status=422)
    flash(_(ASKED))
    return redirect(url_for(".show", registration_id=registration_id), code=303)


@bp.post(f"{ONE}/aloud")
@needs(Right.FOLLOW_UP)
def read_aloud(registration_id: UUID, organization_id: UUID) -> ResponseReturnValue:
    """Show the sentences to read aloud, for exactly what was chosen."""
    form = ShareForm()
    put_on_record(registration_id)
    with reading() as db:
        registration = load_visible(db, registration_id)
        candidate = load_candidate(db, registration, organization_id)
        if status := _trouble(registration, form):
            return show_partner(db, registration, candidate, form, status=status, on_record=True)
        blank = AgreedForm(formdata=None, share=form.share.data)
        return _show_aloud(db, registration, candidate, blank, 200)


@bp.post(f"{ONE}/agreed")
@needs(Right.FOLLOW_UP)
def note_consent(registration_id: UUID, organization_id: UUID) -> ResponseReturnValue:
    """Write down that they said yes: how, in which language, with whose help, by whom, when."""
    form = AgreedForm()
    with transaction() as db:
        registration = load_visible(db, registration_id, for_change=True)
        candidate = load_candidate(db, registration, organization_id)
        if status := _trouble(registration, form):
            if form.share.errors:
                return show_partner(db, registration, candidate, form, status=status)
            write_down_reading(db, registration, current_identity())
            return _show_aloud(db, registration, candidate, form, status)
        record_consent(
            db,
            registration,
            organization_id,
            shares=form.share.data,
            method=form.method.data,
            locale=form.locale.data,
            interpreter=form.interpreter.data,
            by=current_identity(),
            now=now(),
        )
    flash(_(NOTED))
    return to_partner(registration_id, organization_id)


@bp.post("/desk/registrations/<uuid:registration_id>/consents/<uuid:organization_id>/withdraw")
@needs(Right.FOLLOW_UP)
def withdraw(registration_id: UUID, organization_id: UUID) -> ResponseReturnValue:
    """Write down that they no longer agree with somebody: it counts at once."""

    def act(db: Session, registration: Registration) -> None:
        if organization_id == registration.owner_id:
            # A no to the owner is stopping, which is closing with its own reason.
            raise OwnOrganizationError
        if consent_for(db, registration, organization_id) is None:
            raise AnsweredAlreadyError
        by = as_person_said(current_identity(), registration)
        withdraw_consent(db, registration, organization_id, now=now(), by=by)

    done = N_("Noted. From now on they see nothing any more.")
    return act_on(registration_id, "withdraw", ActForm(), act, done=done)


def _trouble(registration: Registration, form: ActForm) -> int:
    """Return the status of what is wrong with a form, 0 when nothing is."""
    if not form.validate():
        return 422
    return 0 if form.version.data == registration.version else 409


def _ask(db: Session, registration: Registration, candidate: Candidate, form: ShareForm) -> None:
    if way_of_messages(db, registration) is None:
        raise NoWayError
    ask_it(
        db,
        registration,
        candidate.organization.id,
        shares=form.share.data,
        by=current_identity(),
        now=now(),
    )


def _show_aloud(
    db: Session, registration: Registration, candidate: Candidate, form: AgreedForm, status: int
) -> ResponseReturnValue:
    known = catalogue(db)

    def sentences() -> str:
        return render_template(
            "desk/referral/sentences.html",
            caller=known.contacts[registration.contact_id].first_name,
            owner=known.organizations[registration.owner_id].name,
            partner=candidate.organization.name,
            shares=form.share.data,
        )

    page = render_template(
        "desk/referral/aloud.html",
        form=form,
        conflict=status == 409,
        **in_both(registration.language, sentences),
        **what_every_page_needs(db, registration, candidate),
    )
    return page, status

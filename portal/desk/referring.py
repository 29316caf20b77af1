"""Ask a partner to take somebody up: choose one, fill in what is asked, look at the sheet, send."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Right
from portal.desk import bp, words
from portal.desk.loading import load_visible
from portal.desk.partner_page import (
    load_candidate,
    show_partner,
    to_partner,
    what_every_page_needs,
)
from portal.desk.referring_forms import ReferForm
from portal.desk.showing import put_on_record, write_down_reading
from portal.desk.telling import Telling
from portal.desk.words import N_
from portal.followup.case import load_case
from portal.i18n import gettext as _
from portal.privacy.loaded import loaded_words
from portal.referral.candidates import Candidate, candidates
from portal.referral.party import as_owner
from portal.referral.refer import refer as refer_it
from portal.registration.models import Registration
from portal.registration.refusals import NoConsentError, RefusedError
from portal.registration.states import MoveError
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.partner.showing import page_words
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading, transaction

ALL = "/desk/registrations/<uuid:registration_id>/partners"
ONE = f"{ALL}/<uuid:organization_id>"
SENT = N_("%(partner)s is asked. You see here what they answer.")


@bp.get(ALL)
@needs(Right.FOLLOW_UP)
def partners(registration_id: UUID) -> ResponseReturnValue:
    """Show whom to ask, the most fitting first; one who is chosen from the list is led to."""
    chosen = request.args.get("organization", type=UUID)
    if chosen:
        return partner_again(registration_id, chosen)
    put_on_record(registration_id)
    with reading() as db:
        registration = load_visible(db, registration_id)
        return render_template(
            "desk/referral/partners.html",
            case=load_case(db, registration, by=current_identity(), now=now()),
            registration=registration,
            candidates=candidates(catalogue(db), registration),
            tell=Telling(catalogue(db)),
            words=words,
        )


@bp.get(ONE)
@needs(Right.FOLLOW_UP)
def partner(registration_id: UUID, organization_id: UUID) -> ResponseReturnValue:
    """Show one partner: first the person's yes, then what is asked."""
    put_on_record(registration_id)
    with reading() as db:
        registration = load_visible(db, registration_id)
        candidate = load_candidate(db, registration, organization_id)
        again = request.args.get("more") == "yes"
        return show_partner(db, registration, candidate, ask_again=again, on_record=True)


@bp.get(f"{ONE}/<any(ask, aloud, agreed, refer):step>")
@needs(Right.FOLLOW_UP)
def partner_again(
    registration_id: UUID, organization_id: UUID, **_step: str
) -> ResponseReturnValue:
    """Lead whoever comes back to the address of a form to the page it stands on."""
    with reading() as db:
        load_visible(db, registration_id)
    return to_partner(registration_id, organization_id)


@bp.post(f"{ONE}/refer")
@needs(Right.FOLLOW_UP)
def refer(registration_id: UUID, organization_id: UUID) -> ResponseReturnValue:
    """Show the sheet as the partner will see it; by "send" it goes."""
    form = ReferForm()
    go = form.go.data or ""
    with transaction() as db:
        registration = load_visible(db, registration_id, for_change=True)
        candidate = load_candidate(db, registration, organization_id)
        if why := _not_now(registration, form, go):
            refused, status = why
            return show_partner(db, registration, candidate, form, refused=refused, status=status)
        try:
            if go != "send":
                return _show_sheet(db, registration, candidate, form)
            with db.begin_nested():
                _refer(db, registration, candidate, form)
        except (RefusedError, MoveError) as refusal:
            refused = _code_of(refusal)
            return show_partner(db, registration, candidate, form, refused=refused, status=422)
    flash(_(SENT) % {"partner": candidate.organization.name})
    return redirect(url_for(".show", registration_id=registration_id), code=303)


def _not_now(registration: Registration, form: ReferForm, go: str) -> tuple[str, int] | None:
    """Why the form is shown again before anything is tried: the code and the status."""
    if not form.validate():
        return "", 422
    if form.version.data != registration.version:
        return "", 409
    if loaded_words(form.words.data or "") and not form.sure.data:
        return "loaded", 422
    return ("", 200) if go == "change" else None


def _refer(db: Session, registration: Registration, candidate: Candidate, form: ReferForm) -> UUID:
    by = as_owner(current_identity(), registration)
    ask = form.ask(candidate.organization.id)
    return refer_it(db, registration, ask, by=by, now=now()).id


def _show_sheet(
    db: Session, registration: Registration, candidate: Candidate, form: ReferForm
) -> ResponseReturnValue:
    """Do it on trial and take it back, so that what is shown is what will be sent."""
    write_down_reading(db, registration, current_identity())
    around = what_every_page_needs(db, registration, candidate)
    version = registration.version
    with db.begin_nested() as trial:
        referral = refer_it(
            db,
            registration,
            form.ask(candidate.organization.id),
            by=as_owner(current_identity(), registration),
            now=now(),
        )
        theirs = page_words(db, referral, home="", signed_in=True)
        page = render_template(
            "desk/referral/sheet.html",
            asked=theirs["asked"],
            told=theirs["told"],
            form=form,
            version=version,
            **around,
        )
        trial.rollback()
    return page


def _code_of(refusal: RefusedError | MoveError) -> str:
    if isinstance(refusal, NoConsentError):
        return "no_partner_consent"
    return refusal.code if isinstance(refusal, RefusedError) else "moved"

"""The page on which one partner is asked about: does the person agree, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.following import anybody_follows_at
from portal.desk import referral_words, words
from portal.desk.referring_forms import ReferForm, ShareForm
from portal.desk.showing import write_down_reading
from portal.desk.telling import Telling
from portal.followup.case import load_case
from portal.referral.candidates import Candidate, by_id, candidates
from portal.referral.consent import consent_for
from portal.registration.models import Registration
from portal.registration.tell_staff import can_be_told
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.state import now

# Chosen beforehand, because it is the person who decides: what a partner needs to begin.
USUAL_SHARES = ("wishes", "likes", "times", "reach")


def load_candidate(db: Session, registration: Registration, organization_id: UUID) -> Candidate:
    """Return a partner that may be asked for this person, or answer 404."""
    found = by_id(candidates(catalogue(db), registration)).get(organization_id)
    if found is None:
        abort(404)
    return found


def to_partner(registration_id: UUID, organization_id: UUID) -> ResponseReturnValue:
    """Lead to the page of one partner."""
    path = url_for("desk.partner", registration_id=registration_id, organization_id=organization_id)
    return redirect(path, code=303)


def show_partner(
    db: Session,
    registration: Registration,
    candidate: Candidate,
    form: ShareForm | ReferForm | None = None,
    *,
    ask_again: bool = False,
    refused: str = "",
    status: int = 200,
    on_record: bool = False,
) -> ResponseReturnValue:
    """Render the page; `form` came back as it was typed, `refused` is the code of why.

    `ask_again`: the person agreed before, and is asked for more or less. `on_record`: it is written
    down already who reads this.
    """
    if not on_record:
        write_down_reading(db, registration, current_identity())
    consent = consent_for(db, registration, candidate.organization.id)
    page = render_template(
        "desk/referral/partner.html",
        consent=consent,
        ask_again=ask_again or isinstance(form, ShareForm),
        shares=_shares(form),
        refer=form if isinstance(form, ReferForm) else ReferForm(formdata=None),
        refused=refused,
        conflict=status == 409,
        came_back=form,
        **what_every_page_needs(db, registration, candidate),
    )
    return page, status


def what_every_page_needs(
    db: Session, registration: Registration, candidate: Candidate
) -> Mapping[str, object]:
    """Return what each page about a partner is drawn from."""
    return {
        "case": load_case(db, registration, by=current_identity(), now=now()),
        "registration": registration,
        "candidate": candidate,
        "organization": candidate.organization,
        "only_called": [
            each.first_name for each in candidate.contacts if not can_be_told(db, each.id)
        ],
        "may_own": anybody_follows_at(db, candidate.organization.id),
        "tell": Telling(catalogue(db)),
        "words": words,
        "partner_words": referral_words,
        "seen": now().timestamp(),
    }


def _shares(form: ShareForm | ReferForm | None) -> tuple[str, ...]:
    typed = form.share.data if isinstance(form, ShareForm) else None
    return tuple(typed) if typed is not None else USUAL_SHARES

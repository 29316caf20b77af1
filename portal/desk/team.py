"""The team: who calls people here, how many each has, what is on offer, and how fast we work."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Right
from portal.catalogue.models import Organization
from portal.catalogue.norms import LIMITS
from portal.desk import bp
from portal.desk.team_forms import PaceForm
from portal.desk.team_loading import load_organization
from portal.desk.team_words import NORM_WORDS, REFUSED_WORDS
from portal.followup.team import teams_of
from portal.followup.team_settings import set_pace, usual_norms
from portal.i18n import current_locale
from portal.i18n import gettext as _
from portal.registration.refusals import RefusedError
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading, transaction


@bp.get("/desk/team")
@needs(Right.COORDINATE)
def team() -> ResponseReturnValue:
    """Show the organisations that somebody coordinates."""
    with reading() as db:
        teams = teams_of(db, current_identity(), locale=current_locale(), now=now())
        return render_template("desk/team/show.html", teams=teams)


@bp.get("/desk/team/organizations/<uuid:organization_id>")
@needs(Right.COORDINATE)
def pace(organization_id: UUID) -> ResponseReturnValue:
    """Show how an organisation works."""
    with reading() as db:
        return _show(db, load_organization(db, organization_id))


@bp.post("/desk/team/organizations/<uuid:organization_id>")
@needs(Right.COORDINATE)
def change_pace(organization_id: UUID) -> ResponseReturnValue:
    """Set it."""
    form = PaceForm()
    with transaction() as db:
        organization = load_organization(db, organization_id)
        if not form.validate():
            return _show(db, organization, form, status=422)
        try:
            _set(db, organization, form)
        except RefusedError as refusal:
            return _show(db, organization, form, refused=refusal.code, status=422)
    flash(_("It is kept. Days that were promised to people stay as they are."))
    return redirect(url_for(".pace", organization_id=organization_id), code=303)


def _set(db: Session, organization: Organization, form: PaceForm) -> None:
    set_pace(
        db,
        organization,
        caseload=form.caseload.data,
        norms=form.norms,
        holidays=form.holidays.days,
        by=current_identity(),
    )


def _show(
    db: Session,
    organization: Organization,
    form: PaceForm | None = None,
    *,
    refused: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    if form is None:
        form = PaceForm(formdata=None, data=dict(organization.norms))
        form.caseload.data = organization.caseload
        form.holidays.data = "\n".join(organization.extra_holidays)
    page = render_template(
        "desk/team/pace.html",
        organization=organization,
        form=form,
        norms=usual_norms(db, organization),
        limits=LIMITS,
        norm_words=NORM_WORDS,
        trouble=REFUSED_WORDS.get(refused, ""),
    )
    return page, status

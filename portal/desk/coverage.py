"""Where everybody lands today, and what a coordinator should look at, and has seen to."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField

from portal.accounts.identity import Identity, Right
from portal.catalogue.known import KnownProgramme
from portal.catalogue.models import WISHES
from portal.catalogue.snapshot import Snapshot
from portal.clock import amsterdam_day
from portal.desk import bp
from portal.desk.forms import StaffForm
from portal.desk.team_loading import load_organization
from portal.desk.words import N_
from portal.i18n import gettext as _
from portal.reports.coverage_areas import places_of, sections
from portal.reports.coverage_lost import not_told, see_to_not_told
from portal.reports.coverage_report import report_on
from portal.web import coverage_words
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.staff_words import WISH_WORDS
from portal.web.state import now
from portal.web.transaction import reading, transaction

MEANWHILE = N_("Something changed meanwhile. Below you see how it is now.")


class SeenForm(StaffForm):
    """The seal of what was shown."""

    seen = HiddenField()


@bp.get("/desk/coverage")
@needs(Right.COORDINATE)
def coverage() -> ResponseReturnValue:
    """Show a programme of mine: what to look at first, then who gets what."""
    with reading() as db:
        return _show(db)


@bp.post("/desk/coverage/organizations/<uuid:organization_id>/seen")
@needs(Right.COORDINATE)
def see_to_lost(organization_id: UUID) -> ResponseReturnValue:
    """Take what my organisation was not told off the list: we know it now."""
    form = SeenForm()
    with transaction() as db:
        organization = load_organization(db, organization_id)
        seen = form.seen.data or ""
        if not form.validate() or not see_to_not_told(
            db, organization.id, seen, by=current_identity(), now=now()
        ):
            return _show(db, trouble=MEANWHILE), 409
    flash(_("Good: it is off the list."))
    there = url_for("desk.coverage", programme=request.args.get("programme"))
    return redirect(there, code=303)


def _show(db: Session, *, trouble: str = "") -> str:
    known = catalogue(db)
    mine = own_programmes(known, current_identity())
    if not mine:
        return render_template("desk/coverage_nowhere.html")
    programme = next((row for row in mine if row.slug == request.args.get("programme")), mine[0])
    report = report_on(db, known, programme, today=amsterdam_day(now()))
    places = places_of(db, programme)
    asked = _filter([place.slug for place in places], report.asked.languages)
    ours = current_identity().organizations(Right.COORDINATE)
    return render_template(
        "desk/coverage.html",
        report=report,
        findings=coverage_words.together(report.findings),
        sections=() if report.broken else sections(report.asked, places, **asked),
        programmes=mine,
        programme=programme,
        places=places,
        asked=asked,
        known=known,
        say=coverage_words,
        wishes=WISH_WORDS,
        not_told={each: lost.seal for each, lost in not_told(db).items() if each in ours},
        trouble=trouble,
    )


def own_programmes(known: Snapshot, identity: Identity) -> list[KnownProgramme]:
    """Return the programmes in which an organisation takes part that I coordinate, by name."""
    mine = identity.organizations(Right.COORDINATE)
    found = (row for row in known.programmes.values() if row.members & mine)
    return sorted(found, key=lambda row: (row.name.casefold(), row.slug))


def _filter(areas: Collection[str], languages: Collection[str]) -> dict[str, str]:
    return {
        "area": _asked("area", areas),
        "wish": _asked("wish", WISHES),
        "language": _asked("language", languages),
    }


def _asked(name: str, known: Collection[str]) -> str:
    """Return what is asked for; what we do not know is as if nothing was asked."""
    wanted = request.args.get(name, "")
    return wanted if wanted in known else ""

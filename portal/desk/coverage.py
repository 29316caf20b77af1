"""Where everybody lands today, and what a coordinator should look at."""

from __future__ import annotations

from collections.abc import Collection

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.identity import Identity, Right
from portal.catalogue.known import KnownProgramme
from portal.catalogue.models import WISHES
from portal.catalogue.snapshot import Snapshot
from portal.clock import amsterdam_day
from portal.desk import bp
from portal.reports.coverage_areas import places_of, sections
from portal.reports.coverage_report import report_on
from portal.web import coverage_words
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.staff_words import WISH_WORDS
from portal.web.state import now
from portal.web.transaction import reading


@bp.get("/desk/coverage")
@needs(Right.COORDINATE)
def coverage() -> ResponseReturnValue:
    """Show a programme of mine: what to look at first, then who gets what."""
    with reading() as db:
        known = catalogue(db)
        mine = own_programmes(known, current_identity())
        if not mine:
            return render_template("desk/coverage_nowhere.html")
        programme = next(
            (row for row in mine if row.slug == request.args.get("programme")), mine[0]
        )
        report = report_on(db, known, programme, today=amsterdam_day(now()))
        places = places_of(db, programme)
    asked = _filter([place.slug for place in places], report.asked.languages)
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

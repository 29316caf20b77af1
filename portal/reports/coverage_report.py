"""The whole report of a programme: who lands where, and what to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.catalogue.known import KnownProgramme
from portal.catalogue.snapshot import Snapshot
from portal.reports.coverage import Asked, Landing, ask, landings
from portal.reports.coverage_evidence import FIX, Evidence, Finding
from portal.reports.coverage_findings import findings
from portal.reports.coverage_mail import reached
from portal.reports.coverage_ways import every_way
from portal.routing.catalogue import CatalogueError


@dataclass(frozen=True)
class Report:
    """Rows of the whole programme, everybody outside its areas among them, and what was found.

    `broken`: the programme cannot promise anything, and so there are no rows.
    """

    asked: Asked
    rows: tuple[Landing, ...]
    findings: tuple[Finding, ...]
    broken: bool = False

    @property
    def urgent(self) -> int:
        """How many findings could leave somebody waiting for nobody."""
        return sum(each.level == FIX for each in self.findings)


def report_on(db: Session, snapshot: Snapshot, programme: KnownProgramme, *, today: date) -> Report:
    """Look at a programme as it is today (Europe/Amsterdam)."""
    asked = ask(db, snapshot, programme, today=today)
    try:
        rows = tuple(landings(asked, (*asked.digits, None)))
        ways = every_way(asked)
    except CatalogueError as error:
        kind = type(error).__name__.removesuffix("Error")
        return Report(asked, (), (Finding("broken", FIX, rule=kind),), broken=True)
    look = Evidence(asked, rows, ways, reached(db, programme, today))
    return Report(asked, rows, tuple(findings(look)))

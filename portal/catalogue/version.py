"""The number of the catalogue: it rises with every change, so that caches look again."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.catalogue.models import CatalogueVersion
from portal.db.plain import Statements

ROW = 1
# Asked with every request, so it goes to the driver as it is: both databases read it.
NUMBER = "SELECT number FROM catalogue_version WHERE id = 1"


def current_version(db: Statements) -> int:
    """Return the number of the catalogue, 0 before the first pack. One cheap query."""
    return db.connection().exec_driver_sql(NUMBER).scalar() or 0


def bump_version(db: Session) -> None:
    """Raise the number by one; whoever changes the catalogue calls this in its transaction."""
    raised = update(CatalogueVersion).where(CatalogueVersion.id == ROW)
    raised = raised.values(number=CatalogueVersion.number + 1).returning(CatalogueVersion.number)
    if db.scalar(raised) is None:
        db.add(CatalogueVersion(id=ROW, number=1))
    db.flush()

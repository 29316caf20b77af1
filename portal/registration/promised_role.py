"""The municipality's role in a programme stays what it was for everybody registered (rule 4)."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Programme
from portal.catalogue.pack.problems import PackError, Problem
from portal.catalogue.pack.shapes import Pack
from portal.registration.models import Registration


def refuse_other_role(db: Session, pack: Pack) -> None:
    """Raise PackError when the pack changes the role while somebody is registered under it.

    Who is closed counts too: what was said to them holds for as long as anything is kept.
    """
    known = db.scalar(select(Programme).where(Programme.slug == pack.programme.slug))
    if known is None or known.municipality_role == pack.programme.municipality_role:
        return
    if db.scalar(select(exists().where(Registration.programme_id == known.id))):
        reason = (
            f"people are registered under “{known.municipality_role}”, and it never changes for "
            "them; begin a programme with another slug"
        )
        raise PackError(pack.file, [Problem("programme.municipality_role", reason)])

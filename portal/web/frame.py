"""What stands on top of every page of somebody who is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, url_for
from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Right
from portal.catalogue.models import Contact, Organization
from portal.registration.models import Registration
from portal.registration.queries import IN_CASELOAD
from portal.web.login import current_identity
from portal.web.transaction import reading


@dataclass(frozen=True, slots=True)
class Place:
    """One of my roles, with the name of the organisation."""

    organization: str
    role: str
    title: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Where I work, as what, and how many people I have of how many I can have.

    `capacity` is 0 for somebody who is no contact, and so carries nobody.
    """

    places: Sequence[Place]
    caseload: int = 0
    capacity: int = 0

    @property
    def organizations(self) -> list[str]:
        """Return the names, each once."""
        return list(dict.fromkeys(place.organization for place in self.places))


def init_frame(app: Flask) -> None:
    """Let the pages of every door for staff show it, with the way to where the work is."""
    app.jinja_env.globals.update(frame_here=frame_here, home_path=home_path)


def frame_here() -> Frame | None:
    """Return it for whoever is signed in; None for somebody who is not."""
    if not current_user.is_authenticated:
        return None
    with reading() as db:
        return load_frame(db, current_identity())


def home_path() -> str:
    """Return the page where the work is of whoever is signed in."""
    if not current_user.is_authenticated:
        return url_for("desk.sign_in")
    me = current_identity()
    if me.may(Right.FOLLOW_UP):
        return url_for("desk.home")
    # A door never imports another, so this one is named by its address.
    return "/walkin/" if me.may(Right.REGISTER) else url_for("desk.start")


def load_frame(db: Session, identity: Identity) -> Frame:
    """Return it in two queries, however many roles there are."""
    ids = {role.organization_id for role in identity.roles}
    rows = db.execute(select(Organization.id, Organization.name).where(Organization.id.in_(ids)))
    names = dict(rows.all())
    places = [
        Place(names[role.organization_id], role.role, role.title or "") for role in identity.roles
    ]
    caseload, capacity = _load(db, identity)
    return Frame(places, caseload, capacity)


def _load(db: Session, identity: Identity) -> tuple[int, int]:
    mine = identity.contact_ids
    open_cases = select(func.count()).where(
        Registration.contact_id.in_(mine), Registration.state.in_(IN_CASELOAD)
    )
    capacity = func.coalesce(func.sum(Contact.capacity), 0)
    query = select(open_cases.scalar_subquery(), capacity).where(Contact.id.in_(mine))
    carried, most = db.execute(query).one()
    return int(carried), int(most)

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Role
from portal.catalogue.models import Organization
from portal.catalogue.snapshot import Snapshot
from portal.registration.intake import Intake
from portal.registration.models import Registration
from portal.registration.visible import Depth, cases_of, entered_by, view_of, visible_to
from tests.registration.people import NOW, registered, send


def somebody(db: Session, role: str, slug: str, account: UUID | None = None) -> Identity:
    """Somebody with one role at one organisation."""
    place = db.scalars(select(Organization.id).where(Organization.slug == slug)).one()
    return Identity(account or uuid4(), "Voorbeeld", "nl", (Role(place, role, None, None),))


def depth(db: Session, identity: Identity, row: Registration, at: datetime = NOW) -> Depth:
    """How deep; the row and the lists of each depth must say the same."""
    found = view_of(identity, row, now=at)
    assert (row in db.scalars(visible_to(identity, now=at))) == (found != Depth.NOTHING)
    assert (row in db.scalars(cases_of(identity))) == (found == Depth.ALL)
    assert (row in db.scalars(entered_by(identity, now=at))) == (found == Depth.STATUS)
    return found


@pytest.fixture
def sam(db: Session, known: Snapshot) -> Registration:
    """A tenant of Trudo who registered alone."""
    return registered(db, known)


@pytest.mark.parametrize(
    ("role", "slug", "sees"),
    [
        ("handler", "trudo", True),
        ("coordinator", "trudo", True),
        ("registrar", "trudo", False),
        ("viewer", "trudo", False),
        ("administrator", "trudo", False),
        ("handler", "voorbeeldhoek", False),
        ("coordinator", "springplank040", False),
        ("handler", "aan-de-slag040", False),
    ],
)
def test_only_the_owner_sees_a_registration(
    db: Session, sam: Registration, role: str, slug: str, sees: bool
) -> None:
    seen = depth(db, somebody(db, role, slug), sam)
    assert seen == (Depth.ALL if sees else Depth.NOTHING)


def test_the_desk_of_last_resort_sees_what_it_owns(db: Session, known: Snapshot) -> None:
    outside = registered(db, known, postcode="9999 XX", landlord=[])
    desk = somebody(db, "handler", "aan-de-slag040")
    assert depth(db, desk, outside) == Depth.ALL


def test_a_registrar_sees_status_words_of_those_they_registered_for_30_days(
    db: Session, known: Snapshot, walk_in: Intake
) -> None:
    row = db.get_one(Registration, send(db, known, intake=walk_in).id)
    registrar = somebody(db, "registrar", "voorbeeldhoek", walk_in.registered_by)
    colleague = somebody(db, "registrar", "voorbeeldhoek")
    almost, after = NOW + timedelta(days=29, hours=23), NOW + timedelta(days=30)
    assert depth(db, registrar, row, almost) == Depth.STATUS
    assert depth(db, registrar, row, after) == Depth.NOTHING
    assert depth(db, colleague, row) == Depth.NOTHING


def test_whoever_entered_somebody_but_registers_no_more_sees_nothing(
    db: Session, known: Snapshot, walk_in: Intake
) -> None:
    row = db.get_one(Registration, send(db, known, intake=walk_in).id)
    viewer = somebody(db, "viewer", "voorbeeldhoek", walk_in.registered_by)
    assert depth(db, viewer, row) == Depth.NOTHING


def test_a_registrar_who_also_follows_cases_up_sees_all_of_their_own(
    db: Session, known: Snapshot, walk_in: Intake
) -> None:
    row = db.get_one(Registration, send(db, known, intake=walk_in).id)
    both = Identity(
        walk_in.registered_by or uuid4(),
        "",
        "nl",
        (
            Role(row.owner_id, "registrar", None, None),
            Role(row.owner_id, "handler", None, None),
        ),
    )
    assert view_of(both, row, now=NOW) == Depth.ALL
    assert row in db.scalars(entered_by(both, now=NOW))
    assert view_of(both, row, now=NOW + timedelta(days=300)) == Depth.ALL

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Role
from portal.catalogue.models import Organization
from portal.catalogue.snapshot import Snapshot
from portal.registration.intake import Intake
from portal.registration.models import Registration
from portal.registration.visible import cases_of, entered_by, visible_to
from tests.registration.people import NOW, registered, send


def somebody(db: Session, role: str, slug: str, account: UUID | None = None) -> Identity:
    """Somebody with one role at one organisation."""
    place = db.scalars(select(Organization.id).where(Organization.slug == slug)).one()
    return Identity(account or uuid4(), "Voorbeeld", "nl", (Role(place, role, None, None),))


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
    identity = somebody(db, role, slug)
    rows = db.scalars(visible_to(identity, now=NOW)).all()
    assert list(rows) == ([sam] if sees else [])
    assert list(db.scalars(cases_of(identity))) == list(rows)


def test_the_desk_of_last_resort_sees_what_it_owns(db: Session, known: Snapshot) -> None:
    outside = registered(db, known, postcode="9999 XX", landlord=[])
    desk = somebody(db, "handler", "aan-de-slag040")
    assert list(db.scalars(visible_to(desk, now=NOW))) == [outside]


def test_a_registrar_sees_status_words_of_those_they_registered_for_30_days(
    db: Session, known: Snapshot, walk_in: Intake
) -> None:
    row = db.get_one(Registration, send(db, known, intake=walk_in).id)
    registrar = somebody(db, "registrar", "voorbeeldhoek", walk_in.registered_by)
    colleague = somebody(db, "registrar", "voorbeeldhoek")
    almost, after = NOW + timedelta(days=29, hours=23), NOW + timedelta(days=30)
    assert list(db.scalars(entered_by(registrar, now=almost))) == [row]
    assert list(db.scalars(visible_to(registrar, now=almost))) == [row]
    assert list(db.scalars(cases_of(registrar))) == []
    assert list(db.scalars(visible_to(registrar, now=after))) == []
    assert list(db.scalars(visible_to(colleague, now=NOW))) == []

"""A neighbourhood in which somebody registers."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.manage import add_account
from portal.catalogue.load import load_pack
from portal.catalogue.models import Organization
from portal.catalogue.pack.read import read_pack
from portal.catalogue.snapshot import Snapshot, load_snapshot
from portal.db.engine import Database
from portal.registration.intake import Intake
from portal.settings import ROOT
from tests.registration.people import NOW
from tests.support.templates import Preparation


def eindhoven(database: Database) -> None:
    """Fill a database with the pack of Eindhoven."""
    with database.writing.begin() as db:
        load_pack(db, read_pack(ROOT / "portal" / "packs" / "eindhoven.toml"))


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, and nobody in it."""
    return eindhoven


@pytest.fixture
def known(db: Session) -> Snapshot:
    """What is known of Eindhoven."""
    return load_snapshot(db)


@pytest.fixture
def walk_in(db: Session, known: Snapshot) -> Intake:
    """Somebody behind a counter, where consent is given aloud with family to interpret."""
    account = add_account(
        db, "balie@voorbeeldhoek.example", "Balie", password_hash="-", locale="nl", now=NOW
    )
    place = db.scalars(select(Organization).where(Organization.slug == "voorbeeldhoek")).one()
    db.flush()
    return Intake(
        locale="nl",
        channel="walkin",
        registered_by=account.id,
        registered_at=place.id,
        method="spoken",
        interpreter="family",
        recorded_by=account.id,
    )

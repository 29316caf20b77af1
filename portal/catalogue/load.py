"""Load a pack: as often as you like, all of it or nothing, with a report of what changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.catalogue.loading.ledger import Change, Ledger
from portal.catalogue.loading.offers import settle_offers
from portal.catalogue.loading.ownership import refuse_foreign
from portal.catalogue.loading.people import settle_people
from portal.catalogue.loading.places import settle_places
from portal.catalogue.pack.shapes import Pack
from portal.catalogue.version import bump_version

__all__ = ["Change", "load_pack"]


def load_pack(db: Session, pack: Pack) -> list[Change]:
    """Bring the catalogue to what `pack` says, in the caller's transaction.

    What the pack no longer names is switched off, never deleted, so that history keeps its names.
    Rows that only point (postcodes, holdings, memberships, entry links) are taken away. What the
    desk keeps (absence, extra holidays, and whatever it has set: see `kept.py`) is left alone. A
    second load changes nothing, and returns only what it left alone. Raises PackError, before
    anything is written, when the pack claims a slug or a postcode of another programme.
    """
    refuse_foreign(db, pack)
    ledger = Ledger(db)
    cast = settle_people(ledger, pack)
    settle_places(ledger, pack, cast)
    settle_offers(ledger, pack, cast)
    db.flush()
    if ledger.has_changed:
        bump_version(db)
    return ledger.changes

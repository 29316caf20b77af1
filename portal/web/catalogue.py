"""The catalogue as doors read it: one snapshot for each running portal, renewed when it changes."""

from __future__ import annotations

from flask import current_app

from portal.catalogue.snapshot import Snapshot, SnapshotCache
from portal.db.plain import Statements


def catalogue(db: Statements) -> Snapshot:
    """Return the snapshot of the version that `db` sees; one cheap query when it is known."""
    # Two first requests may make two caches; one of them stays, and either is right.
    cache: SnapshotCache = current_app.extensions.setdefault("catalogue", SnapshotCache())
    return cache.current(db)

"""What people have set at the desk stays so: a pack that is loaded later leaves it alone.

Without this a pack would switch somebody on again who was switched off, or take back room that a
handler was given. A pack still switches off what it no longer names.
"""

from __future__ import annotations

from typing import TypeAlias

from portal.catalogue.models import Contact, Organization, Programme, Service
from portal.db.base import Base

Keeping: TypeAlias = Organization | Programme | Service | Contact


def keep(row: Keeping, *columns: str) -> None:
    """From now on only people set these columns of this row."""
    row.kept = sorted({*row.kept, *columns})


def kept_of(row: Base) -> frozenset[str]:
    """Return the columns of a row that only people set; some tables keep none."""
    return frozenset(getattr(row, "kept", None) or ())

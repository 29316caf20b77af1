"""What there is to do, and the posters that lead to it."""

from __future__ import annotations

from sqlalchemy import select

from portal.catalogue.loading.ledger import Ledger
from portal.catalogue.loading.people import Cast
from portal.catalogue.models import EntryLink, Service
from portal.catalogue.pack.shapes import Pack


def settle_offers(ledger: Ledger, pack: Pack, cast: Cast) -> None:
    """Bring services and entry links to what the pack says."""
    _services(ledger, pack, cast)
    _entry_links(ledger, pack, cast)
    ledger.db.flush()


def _services(ledger: Ledger, pack: Pack, cast: Cast) -> None:
    found = ledger.db.scalars(select(Service).where(Service.programme_id == cast.programme.id))
    known = {row.slug: row for row in found}
    for entry in pack.services:
        values = {
            "slug": entry.slug,
            "organization_id": cast.organizations[entry.organization].id,
            "programme_id": cast.programme.id,
            "pictogram": entry.pictogram,
            "wishes": list(entry.wishes),
            "words": {locale: dict(spoken) for locale, spoken in entry.words.items()},
            "areas": list(entry.areas),
            "active": entry.active,
        }
        ledger.settle(known.pop(entry.slug, None), Service, entry.slug, values)
    for gone in known.values():
        ledger.switch_off(gone)


def _entry_links(ledger: Ledger, pack: Pack, cast: Cast) -> None:
    mine = EntryLink.programme_id == cast.programme.id
    known = {row.slug: row for row in ledger.db.scalars(select(EntryLink).where(mine))}
    for entry in pack.entry_links:
        organization = cast.organizations.get(entry.organization or "")
        values = {
            "slug": entry.slug,
            "programme_id": cast.programme.id,
            "digits": entry.digits,
            "organization_id": organization.id if organization else None,
        }
        ledger.settle(known.pop(entry.slug, None), EntryLink, entry.slug, values)
    for gone in known.values():
        # Nothing points at an entry link, so there is no history that its row must keep.
        ledger.db.delete(gone)
        ledger.note("removed", "entry_link", gone.slug)

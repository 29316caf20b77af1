"""Bring rows to what a pack says, and write down what that changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.catalogue.kept import kept_of
from portal.catalogue.models import (
    Area,
    Contact,
    EntryLink,
    Location,
    Organization,
    Programme,
    Service,
)

# What is kept is left alone: the desk has set it, and only the desk sets it again.
Kind = Literal["added", "changed", "removed", "kept"]


Row = TypeVar("Row", Organization, Contact, Programme, Area, Location, Service, EntryLink)


@dataclass(frozen=True)
class Change:
    """One line of the report: `changed contact trudo-sanne: phone`."""

    kind: Kind
    table: str
    slug: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the line as an operator reads it."""
        line = f"{self.kind} {self.table} {self.slug}"
        return f"{line}: {', '.join(self.fields)}" if self.fields else line


class Ledger:
    """The session of the caller, and what has changed so far."""

    def __init__(self, db: Session) -> None:
        """Begin with nothing changed."""
        self.db = db
        self.changes: list[Change] = []

    def note(self, kind: Kind, table: str, slug: str, *fields: str) -> None:
        """Write down one change."""
        self.changes.append(Change(kind, table, slug, fields))

    def settle(
        self, row: Row | None, model: type[Row], slug: str, values: Mapping[str, Any]
    ) -> Row:
        """Return the row with these values: a new one, or `row` changed where it differs.

        What the desk keeps is reported and stays as it is.
        """
        if row is None:
            row = model(id=uuid4(), **values)
            self.db.add(row)
            self.note("added", model.__tablename__, slug)
            return row
        different = [name for name, value in values.items() if getattr(row, name) != value]
        kept = [name for name in different if name in kept_of(row)]
        changed = [name for name in different if name not in kept]
        for name in changed:
            setattr(row, name, values[name])
        if changed:
            self.note("changed", model.__tablename__, slug, *changed)
        if kept:
            self.note("kept", model.__tablename__, slug, *kept)
        return row

    @property
    def has_changed(self) -> bool:
        """Whether anything is other than before; what was kept is not."""
        return any(change.kind != "kept" for change in self.changes)

    def switch_off(self, row: Organization | Contact | Location | Service) -> None:
        """Switch a row off that the pack no longer names; history keeps pointing at it."""
        if row.active:
            row.active = False
            self.note("removed", row.__tablename__, row.slug)

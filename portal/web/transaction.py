"""The door opens one transaction; rooms never commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from portal.db.plain import Plain
from portal.web.state import portal


@contextmanager
def transaction() -> Iterator[Session]:
    """Open a session that may write; it commits when the block ends without an error."""
    with portal().database.writing.begin() as db:
        yield db


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session for looking only; nothing it does is kept (rule 7)."""
    # Closing takes back whatever was done, and leaves what was read readable; a rollback would not.
    with portal().database.reading() as db:
        yield db


@contextmanager
def plain_transaction() -> Iterator[Plain]:
    """Begin a transaction that may write, without the mapper; it commits as the other does."""
    here = portal()
    with here.database.writer.begin() as opened:
        yield Plain(opened, {"vault": here.vault})


@contextmanager
def plain_reading() -> Iterator[Plain]:
    """Look only, without the mapper; nothing it does is kept."""
    here = portal()
    with here.database.engine.connect() as opened:
        yield Plain(opened, {"vault": here.vault})

"""Open the database of the settings for one command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import portal.tables  # noqa: F401  # commands work on the whole schema
from portal.db.engine import Database, open_database
from portal.privacy.encryption import Vault
from portal.settings import Settings, from_environment


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Database]:
    """Open the database, and close its connections when the command ends."""
    settings = settings or from_environment(os.environ)
    vault = Vault(settings.secret_keys, settings.encryption_keys)
    database = open_database(settings.database_url, vault=vault)
    try:
        yield database
    finally:
        database.engine.dispose()

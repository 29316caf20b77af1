"""Open the database of the settings for one command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, IntegrityError

import portal.tables  # noqa: F401  # commands work on the whole schema
from portal.db.engine import Database, open_database
from portal.privacy.encryption import SealBrokenError, Vault
from portal.settings import Settings, from_environment


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Database]:
    """Open the database, and close its connections when the command ends.

    A database that is down, empty or sealed with other keys ends the command with one sentence,
    and so does a folder that cannot be written.
    """
    settings = settings or from_environment(os.environ)
    vault = Vault(settings.secret_keys, settings.encryption_keys)
    try:
        database = open_database(settings.database_url, vault=vault)
    except OSError as error:
        sys.exit(f"portal: the folder of the database cannot be made ({error}); see PORTAL_DATA.")
    try:
        yield database
    except SealBrokenError:
        sys.exit(
            "portal: what is in this database was sealed with other keys; set"
            " PORTAL_SECRET_KEYS and PORTAL_ENCRYPTION_KEYS to the ones it was filled with."
        )
    except IntegrityError:
        raise
    except DatabaseError as error:
        said = str(error.orig).partition("\n")[0]
        sys.exit(
            f"portal: the database cannot be used ({said}); see whether it runs,"
            " whether DATABASE_URL is right, and run 'portal db upgrade'."
        )
    finally:
        database.engine.dispose()

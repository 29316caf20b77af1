"""Bring a database to the newest schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from portal.db.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported where a migration is run: most starts only ask whether there is one to run.
FOLDER = Path(__file__).parent / "migrations"


def upgrade(database: Database, revision: str = "head") -> None:
    """Run the migrations that are missing, in one transaction."""
    from alembic import command

    with database.writer.begin() as connection:
        command.upgrade(_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Go back to an older schema; what only the newer one can hold is gone."""
    from alembic import command

    with database.writer.begin() as connection:
        command.downgrade(_config(connection), revision)


def is_current(database: Database) -> bool:
    """Whether the schema is the newest; cheap enough for every start."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return bool(found == newest())


def newest() -> str:
    """Return the number of the newest migration, which its file begins with."""
    return max(file.name.partition("_")[0] for file in FOLDER.glob("versions/[0-9]*.py"))


def make_revision(database: Database, message: str, number: str) -> None:
    """Write a migration from the difference between the models and the database."""
    from alembic import command

    with database.engine.begin() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config

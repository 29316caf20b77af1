"""Migrations lead to exactly the schema that the models describe, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from portal.db.engine import Database
from portal.db.migrate import is_current, upgrade
from portal.tables import Base


def test_the_migrated_schema_is_the_one_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    before = inspect(database.engine).get_table_names()
    upgrade(database)
    assert inspect(database.engine).get_table_names() == before
    assert is_current(database)


def test_every_check_of_the_models_is_in_the_database(database: Database) -> None:
    inspector = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if str(c.name).startswith("ck_")}
        found = {str(check["name"]) for check in inspector.get_check_constraints(table.name)}
        assert wanted <= found, table.name

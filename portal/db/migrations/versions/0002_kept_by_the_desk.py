"""kept by the desk: which columns of a catalogue row a pack leaves alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("organization", "programme", "service", "contact")


def upgrade() -> None:
    """Go one step up: of what is there already, the desk has kept nothing."""
    # Both databases add such a column in place; making tables anew would break what points there.
    for table in TABLES:
        kept = sa.Column("kept", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        op.add_column(table, kept)


def downgrade() -> None:
    """Go one step down."""
    for table in TABLES:
        op.drop_column(table, "kept")

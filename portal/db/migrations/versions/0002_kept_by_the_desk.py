"""kept by the desk: what a pack leaves alone, and a question that nobody at a desk has asked."""

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
    # Nothing points at a question, so its table may be made anew where that is needed.
    with op.batch_alter_table("consent_ask") as batch:
        batch.alter_column("asked_by_id", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    """Go one step down; a question that only the portal asked cannot be kept."""
    op.execute("DELETE FROM consent_ask WHERE asked_by_id IS NULL")
    with op.batch_alter_table("consent_ask") as batch:
        batch.alter_column("asked_by_id", existing_type=sa.Uuid(), nullable=False)
    for table in TABLES:
        op.drop_column(table, "kept")

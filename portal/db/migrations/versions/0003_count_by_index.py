"""count by index: caseloads are counted at every "check" and "send", without a look at any row."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_registration_work", "registration"
COLUMNS = ["owner_id", "state", "next_action_at"]


def upgrade() -> None:
    """Go one step up: the contact stands in the index too."""
    op.drop_index(NAME, TABLE)
    op.create_index(NAME, TABLE, [*COLUMNS, "contact_id"])


def downgrade() -> None:
    """Go one step down: the index as it was."""
    op.drop_index(NAME, TABLE)
    op.create_index(NAME, TABLE, COLUMNS)

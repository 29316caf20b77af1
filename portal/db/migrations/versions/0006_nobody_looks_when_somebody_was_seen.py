"""nobody looks when somebody was seen: a session ends by its age, and by the browser's own clock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLE, NAME = "sign_in", "seen_at"


def upgrade() -> None:
    """Go one step up: a session does not say when it was last seen."""
    with op.batch_alter_table(TABLE) as batch:
        batch.drop_column(NAME)


def downgrade() -> None:
    """Go one step down; it was last seen when it began, as always."""
    with op.batch_alter_table(TABLE) as batch:
        batch.add_column(sa.Column(NAME, sa.DateTime(timezone=True), nullable=True))
    sessions = sa.table(TABLE, sa.column(NAME), sa.column("created_at"))
    op.execute(sessions.update().values({NAME: sessions.c.created_at}))
    with op.batch_alter_table(TABLE) as batch:
        batch.alter_column(NAME, nullable=False)

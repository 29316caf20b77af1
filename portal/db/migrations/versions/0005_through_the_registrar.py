"""through the registrar: an attempt to reach somebody who left no number and no address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLE, NAME = "contact_attempt", "ck_contact_attempt_result"
BEFORE = ("reached", "no_answer", "voicemail", "wrong_number", "message", "came_by")
NEW = "registrar"


def upgrade() -> None:
    """Go one step up: one more result of an attempt."""
    _may_be(*BEFORE, NEW)


def downgrade() -> None:
    """Go one step down; what was passed on was a message."""
    attempts = sa.table(TABLE, sa.column("result"))
    op.execute(attempts.update().where(attempts.c.result == NEW).values(result="message"))
    _may_be(*BEFORE)


def _may_be(*results: str) -> None:
    """Let only these be the result. Nothing points at an attempt, so its table may be made anew."""
    column: sa.ColumnClause[str] = sa.column("result")
    with op.batch_alter_table(TABLE) as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), column.in_(results))

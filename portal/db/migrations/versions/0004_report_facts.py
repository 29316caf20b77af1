"""report facts: what the figures are counted from, tied to nobody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WHAT = (
    "registered",
    "wished",
    "first_talk",
    "erased",
    "picked_up",
    "nobody_called",
    "started",
    "came_back",
    "handed_on",
    "settled",
    "closed",
    "withdrawn",
    "reopened",
    "referred",
    "taken_up",
    "declined",
    "lapsed",
    "retracted",
    "partner_refused",
    "partner_met",
    "partner_done",
    "partner_failed",
)


def upgrade() -> None:
    """Go one step up: of what happened before, nothing is known that may be counted."""
    words = ", ".join(f"'{what}'" for what in WHAT)
    op.create_table(
        "report_fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("digits", sa.String(length=4), nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=True),
        sa.Column("working_days", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"what IN ({words})", name=op.f("ck_report_fact_what")),
        sa.CheckConstraint("count IN (1, -1)", name=op.f("ck_report_fact_count")),
        sa.CheckConstraint(
            "(what = 'first_talk') = (working_days IS NOT NULL)", name=op.f("ck_report_fact_waited")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_report_fact_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["organization.id"], name=op.f("fk_report_fact_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_fact")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_fact_figures", "report_fact", ["programme_id", "day"])


def downgrade() -> None:
    """Go one step down; the figures are lost."""
    op.drop_table("report_fact")

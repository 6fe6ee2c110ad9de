"""Answers say which choices were full when the person got a place."""

import sqlalchemy as sa
from alembic import op

revision = "0013_questions"
down_revision = "0012_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has missed anything so far."""
    op.add_column(
        "question_answer", sa.Column("missed", sa.JSON(), nullable=False, server_default="[]")
    )


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("question_answer", "missed")

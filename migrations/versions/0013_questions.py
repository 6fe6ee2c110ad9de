"""Answers say which choices were full when the person got a place."""

import sqlalchemy as sa
from alembic import op

<<<<<<<< HEAD:migrations/versions/0013_questions.py
revision = "0013_questions"
down_revision = "0012_lists"
========
revision = "0012_questions"
down_revision = "0011_capacity_that_shrinks"
>>>>>>>> c272c1d5c6d1b3285810ad3fbb7b7f1c2b6cf3d2:migrations/versions/0012_questions.py
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

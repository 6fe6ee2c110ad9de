"""The run of show: its lines, and the link of its crew."""

import sqlalchemy as sa
from alembic import op

revision = "0023_run_of_show"
down_revision = "0022_programme_files"
branch_labels = None
depends_on = None

TEXTS = ("what", "place", "who", "sound", "light", "video", "stage", "remark")


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "show_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_show_plan_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_show_plan")),
        sa.UniqueConstraint("event_id", name=op.f("uq_show_plan_event_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_show_plan_public_id")),
    )
    op.create_table(
        "show_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("late_minutes", sa.Integer(), nullable=False),
        sa.Column("fixed", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_show_line_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
            name=op.f("fk_show_line_session_id_session"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_show_line")),
    )
    op.create_index(op.f("ix_show_line_event_id"), "show_line", ["event_id"])
    op.create_index(op.f("ix_show_line_session_id"), "show_line", ["session_id"])


def downgrade() -> None:
    """Plans are given up, and links to them open nothing."""
    op.drop_table("show_line")
    op.drop_table("show_plan")

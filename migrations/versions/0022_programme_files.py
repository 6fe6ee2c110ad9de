"""Programme files between preview and decision."""

import sqlalchemy as sa
from alembic import op

revision = "0022_programme_files"
down_revision = "0021_releases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; files of before are in nobody's hands."""
    op.create_table(
        "programme_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_programme_file_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_programme_file_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_file")),
    )
    op.create_index(op.f("ix_programme_file_event_id"), "programme_file", ["event_id"])


def downgrade() -> None:
    """Files that wait for a decision are given up."""
    op.drop_table("programme_file")

"""What is known of a request to contribute, and who could take a place."""

import sqlalchemy as sa
from alembic import op

revision = "0026_casting"
down_revision = "0025_release_digests"
branch_labels = None
depends_on = None

MOMENTS = ("asked_at", "answered_at", "briefed_at")


def upgrade() -> None:
    """Add what is unknown of requests made so far, and an empty table of candidates."""
    with op.batch_alter_table("contribution") as table:
        for name in MOMENTS:
            table.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("reply_by_on", sa.Date(), nullable=True))
        for name in ("terms", "reason"):
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_contribution_replaces_id_contribution"),
            "contribution",
            ["replaces_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index(op.f("ix_contribution_replaces_id"), ["replaces_id"])
    with op.batch_alter_table("contribution") as table:
        for name in ("terms", "reason"):
            table.alter_column(name, server_default=None)
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_candidate_contribution_id_contribution"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contributor_id"],
            ["contributor.id"],
            name=op.f("fk_candidate_contributor_id_contributor"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint(
            "contribution_id",
            "contributor_id",
            name=op.f("uq_candidate_contribution_id_contributor_id"),
        ),
    )
    op.create_index(op.f("ix_candidate_contributor_id"), "candidate", ["contributor_id"])


def downgrade() -> None:
    """Lists of candidates and what is known of requests are given up."""
    op.drop_table("candidate")
    with op.batch_alter_table("contribution") as table:
        table.drop_index(op.f("ix_contribution_replaces_id"))
        table.drop_constraint(op.f("fk_contribution_replaces_id_contribution"), type_="foreignkey")
        for name in (*MOMENTS, "reply_by_on", "terms", "reason", "replaces_id"):
            table.drop_column(name)

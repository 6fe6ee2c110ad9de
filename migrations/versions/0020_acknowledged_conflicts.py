"""Hints of the programme of which somebody has taken note, with the reason."""

import sqlalchemy as sa
from alembic import op

revision = "0020_acknowledged_conflicts"
down_revision = "0019_link_to_confirm"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has taken note of anything so far."""
    op.create_table(
        "acknowledged_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_acknowledged_conflict_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledged_conflict")),
        sa.UniqueConstraint(
            "event_id", "fingerprint", name=op.f("uq_acknowledged_conflict_event_id_fingerprint")
        ),
    )


def downgrade() -> None:
    """All hints are shown again."""
    op.drop_table("acknowledged_conflict")

"""Kept columns say to which list they belong."""

import sqlalchemy as sa
from alembic import op

revision = "0012_lists"
down_revision = "0011_capacity_that_shrinks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that exist are columns of the guest list."""
    op.add_column(
        "kept_columns", sa.Column("listing", sa.Text(), nullable=False, server_default="guests")
    )


def downgrade() -> None:
    """Forget those of other lists."""
    op.execute("DELETE FROM kept_columns WHERE listing <> 'guests'")
    op.drop_column("kept_columns", "listing")

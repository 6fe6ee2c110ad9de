"""Which way a room is, for the screen in the foyer."""

import sqlalchemy as sa
from alembic import op

revision = "0024_room_ways"
down_revision = "0023_run_of_show"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add floor and direction; of the rooms that are there, neither is known."""
    op.add_column("room", sa.Column("floor", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "room",
        sa.Column("direction", sa.String(40), nullable=False, server_default="unknown"),
    )


def downgrade() -> None:
    """Forget both."""
    op.drop_column("room", "direction")
    op.drop_column("room", "floor")

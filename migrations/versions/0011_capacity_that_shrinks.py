"""An event that was promised to more people than it is now meant for shrinks as they cancel."""

import sqlalchemy as sa
from alembic import op

revision = "0011_capacity_that_shrinks"
down_revision = "0010_registration_in_full"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to how many places an event shrinks; no event does so yet."""
    op.add_column("event", sa.Column("shrinks_to", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it away: an event keeps as many places as it has by then."""
    op.drop_column("event", "shrinks_to")

"""When the latest link to confirm a registration was sent: its two days count from then on."""

import sqlalchemy as sa
from alembic import op

revision = "0019_link_to_confirm"
down_revision = "0018_joining_and_forgetting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing for existing rows: their first link is the latest that is known."""
    op.add_column("registration", sa.Column("link_sent_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Links sent later end with the first again."""
    op.drop_column("registration", "link_sent_at")

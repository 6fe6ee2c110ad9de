"""Who may see what support guests need is a right of its own; administrators begin with it."""

import sqlalchemy as sa
from alembic import op

revision = "0015_right_to_see_needs"
down_revision = "0014_replies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the right, and give it to who can give it."""
    op.add_column(
        "membership",
        sa.Column("sees_needs", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    membership = sa.table("membership", sa.column("role"), sa.column("sees_needs"))
    op.execute(
        membership.update().where(membership.c.role == "administrator").values(sees_needs=sa.true())
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("membership", "sees_needs")

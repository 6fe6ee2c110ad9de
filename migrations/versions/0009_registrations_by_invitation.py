"""Find a registration by its invitation, and a session by the one it repeats, without a scan.

Every personal link asks the first; on PostgreSQL a deleted session asks the second.
"""

from alembic import op

revision = "0009_registrations_by_invitation"
down_revision = "0008_final_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both indexes."""
    op.create_index("ix_registration_invitation_id", "registration", ["invitation_id"])
    op.create_index("ix_session_repeats_id", "session", ["repeats_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_session_repeats_id", "session")
    op.drop_index("ix_registration_invitation_id", "registration")

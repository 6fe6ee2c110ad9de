"""Registrations that were merged, and what staff knows of people who look like one."""

import sqlalchemy as sa
from alembic import op

revision = "0016_doubles"
down_revision = "0015_right_to_see_needs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables: which registrations were merged, and which pairs are two people."""
    op.create_table(
        "registration_merge",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_merge_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"],
            ["registration.id"],
            name=op.f("fk_registration_merge_kept_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_registration_merge")),
    )
    op.create_index("ix_registration_merge_kept_id", "registration_merge", ["kept_id"])
    op.create_table(
        "two_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(other_id IS NULL) <> (invitation_id IS NULL)", name=op.f("ck_two_people_one_other")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_two_people_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["registration.id"],
            name=op.f("fk_two_people_other_id_registration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_two_people_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_two_people")),
        sa.UniqueConstraint(
            "registration_id", "other_id", name=op.f("uq_two_people_registration_id_other_id")
        ),
        sa.UniqueConstraint(
            "registration_id",
            "invitation_id",
            name=op.f("uq_two_people_registration_id_invitation_id"),
        ),
    )
    op.create_index("ix_two_people_other_id", "two_people", ["other_id"])
    op.create_index("ix_two_people_invitation_id", "two_people", ["invitation_id"])
    op.create_table(
        "contacts_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["contact.id"],
            name=op.f("fk_contacts_apart_first_id_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["contact.id"],
            name=op.f("fk_contacts_apart_second_id_contact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts_apart")),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_contacts_apart_first_id_second_id")
        ),
    )
    op.create_index("ix_contacts_apart_second_id", "contacts_apart", ["second_id"])


def downgrade() -> None:
    """Take them away; who was merged is simply cancelled."""
    op.drop_index("ix_contacts_apart_second_id", "contacts_apart")
    op.drop_table("contacts_apart")
    op.drop_index("ix_two_people_invitation_id", "two_people")
    op.drop_index("ix_two_people_other_id", "two_people")
    op.drop_table("two_people")
    op.drop_index("ix_registration_merge_kept_id", "registration_merge")
    op.drop_table("registration_merge")

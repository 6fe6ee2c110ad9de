"""Registrations, consents, needs."""

import sqlalchemy as sa
from alembic import op

revision = "0007_registrations"
down_revision = "0006_invitations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Registrations, consents, needs."""
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("main_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offer_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_of_address", sa.String(40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("name_suffix", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("organisation_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("municipality_ags", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("sector", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_registration_contact_id_contact"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_registration_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_registration_invitation_id_invitation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["main_id"],
            ["registration.id"],
            name=op.f("fk_registration_main_id_registration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_ags"],
            ["municipality.ags"],
            name=op.f("fk_registration_municipality_ags_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["registration.id"],
            name=op.f("fk_registration_replaces_id_registration"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_registration_event_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_public_id")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registration_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index("ix_registration_event_sort", ["event_id", "sort_name"], unique=False)
        batch_op.create_index(
            "ix_registration_event_state", ["event_id", "state", "waiting_since"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_registration_main_id"), ["main_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registration_replaces_id"), ["replaces_id"], unique=False
        )
        batch_op.create_index(
            "uq_registration_live_invitation",
            ["invitation_id"],
            unique=True,
            sqlite_where=sa.text(
                "state IN ('confirmed', 'in_review', 'offered', 'unconfirmed', 'waiting') AND main_id IS NULL"
            ),
            postgresql_where=sa.text(
                "state IN ('confirmed', 'in_review', 'offered', 'unconfirmed', 'waiting') AND main_id IS NULL"
            ),
        )
        batch_op.create_index(
            "uq_registration_live_person",
            ["event_id", "email_key", "name_key"],
            unique=True,
            sqlite_where=sa.text(
                "state IN ('confirmed', 'in_review', 'offered', 'unconfirmed', 'waiting') AND email_key <> ''"
            ),
            postgresql_where=sa.text(
                "state IN ('confirmed', 'in_review', 'offered', 'unconfirmed', 'waiting') AND email_key <> ''"
            ),
        )

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_consent_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_registration_id"), ["registration_id"], unique=False
        )

    op.create_table(
        "needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("diet", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("delete_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_needs_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_needs_registration_id")),
    )
    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_needs_delete_on"), ["delete_on"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_needs_delete_on"))

    op.drop_table("needs")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_registration_id"))

    op.drop_table("consent")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_registration_live_person",
            sqlite_where=sa.text(
                "state IN ('confirmed', 'in_review', 'offered', 'unconfirmed', 'waiting') AND email_key <> ''"
            ),
            postgresql_where=sa.text(
                "state IN ('confirmed', 'in_review', 'offered', 'unconfirmed', 'waiting') AND email_key <> ''"
            ),
        )
        batch_op.drop_index(
            "uq_registration_live_invitation",
            sqlite_where=sa.text(
                "state IN ('confirmed', 'in_review', 'offered', 'unconfirmed', 'waiting') AND main_id IS NULL"
            ),
            postgresql_where=sa.text(
                "state IN ('confirmed', 'in_review', 'offered', 'unconfirmed', 'waiting') AND main_id IS NULL"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_registration_replaces_id"))
        batch_op.drop_index(batch_op.f("ix_registration_main_id"))
        batch_op.drop_index("ix_registration_event_state")
        batch_op.drop_index("ix_registration_event_sort")
        batch_op.drop_index(batch_op.f("ix_registration_contact_id"))

    op.drop_table("registration")

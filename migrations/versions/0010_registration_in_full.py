"""Registration in full: questions, notices, kept columns, one-time links, second factor.

Columns are added natively, with a default for the rows that exist: a batch would copy whole tables
and lose their partial indexes.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0010_registration_in_full"
down_revision = "0009_registrations_by_invitation"
branch_labels = None
depends_on = None

NEW = (
    ("account", sa.Column("public_id", sa.Text(), nullable=False, server_default="")),
    ("account", sa.Column("link_generation", sa.Integer(), nullable=False, server_default="1")),
    ("account", sa.Column("link_expires_at", sa.DateTime(timezone=True))),
    ("account", sa.Column("totp_generation", sa.Integer(), nullable=False, server_default="0")),
    ("account", sa.Column("totp_since", sa.DateTime(timezone=True))),
    ("account", sa.Column("totp_last_step", sa.Integer(), nullable=False, server_default="0")),
    ("event", sa.Column("promotion", sa.String(40), nullable=False, server_default="automatic")),
    ("event", sa.Column("reserved_places", sa.Integer(), nullable=False, server_default="0")),
    ("registration", sa.Column("group_key", sa.Text(), nullable=False, server_default="")),
    ("wave", sa.Column("uses_reserved", sa.Boolean(), nullable=False, server_default=sa.false())),
)


def upgrade() -> None:
    """Add tables and columns."""
    op.create_table(
        "kept_columns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["host_id"],
            ["host_organisation.id"],
            name=op.f("fk_kept_columns_host_id_host_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_columns")),
        sa.UniqueConstraint("host_id", "name", name=op.f("uq_kept_columns_host_id_name")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_recovery_code_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint(
            "account_id", "code_hash", name=op.f("uq_recovery_code_account_id_code_hash")
        ),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_de", sa.Text(), nullable=False),
        sa.Column("subject_en", sa.Text(), nullable=False),
        sa.Column("body_de", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_notice_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_event_id", "notice", ["event_id"])

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("label_de", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("purpose_de", sa.Text(), nullable=False),
        sa.Column("purpose_en", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("condition_id", sa.Integer(), nullable=True),
        sa.Column("condition_value", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["condition_id"],
            ["question.id"],
            name=op.f("fk_question_condition_id_question"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_question_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index("ix_question_condition_id", "question", ["condition_id"])
    op.create_index("ix_question_event_id", "question", ["event_id"])

    op.create_table(
        "question_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label_de", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("places_taken", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "places IS NULL OR (places_taken >= 0 AND places_taken <= places)",
            name=op.f("ck_question_choice_places"),
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_choice_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_choice")),
    )
    op.create_index("ix_question_choice_question_id", "question_choice", ["question_id"])

    op.create_table(
        "notice_recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_notice_recipient_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
            name=op.f("fk_notice_recipient_notice_id_notice"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_notice_recipient_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_recipient")),
        sa.UniqueConstraint(
            "notice_id", "invitation_id", name=op.f("uq_notice_recipient_notice_id_invitation_id")
        ),
        sa.UniqueConstraint(
            "notice_id",
            "registration_id",
            name=op.f("uq_notice_recipient_notice_id_registration_id"),
        ),
    )
    op.create_index("ix_notice_recipient_invitation_id", "notice_recipient", ["invitation_id"])
    op.create_index("ix_notice_recipient_registration_id", "notice_recipient", ["registration_id"])

    op.create_table(
        "question_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_answer_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_question_answer_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_answer")),
        sa.UniqueConstraint(
            "registration_id",
            "question_id",
            name=op.f("uq_question_answer_registration_id_question_id"),
        ),
    )
    op.create_index("ix_question_answer_question_id", "question_answer", ["question_id"])

    for table, column in NEW:
        op.add_column(table, column)
    _name_accounts()
    op.create_index("ix_account_public_id", "account", ["public_id"], unique=True)
    op.create_index("ix_registration_group_key", "registration", ["group_key"])


def _name_accounts() -> None:
    """Give every account a random name for its links."""
    account = sa.table("account", sa.column("id"), sa.column("public_id"))
    connection = op.get_bind()
    for (number,) in connection.execute(sa.select(account.c.id)).all():
        connection.execute(
            account.update()
            .where(account.c.id == number)
            .values(public_id=secrets.token_urlsafe(12))
        )


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_registration_group_key", "registration")
    op.drop_index("ix_account_public_id", "account")
    for table, column in reversed(NEW):
        op.drop_column(table, column.name)
    op.drop_index("ix_question_answer_question_id", "question_answer")

    op.drop_table("question_answer")
    op.drop_index("ix_notice_recipient_registration_id", "notice_recipient")
    op.drop_index("ix_notice_recipient_invitation_id", "notice_recipient")

    op.drop_table("notice_recipient")
    op.drop_index("ix_question_choice_question_id", "question_choice")

    op.drop_table("question_choice")
    op.drop_index("ix_question_event_id", "question")
    op.drop_index("ix_question_condition_id", "question")

    op.drop_table("question")
    op.drop_index("ix_notice_event_id", "notice")

    op.drop_table("notice")
    op.drop_table("recovery_code")
    op.drop_table("kept_columns")

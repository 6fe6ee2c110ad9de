"""Digests: whom to tell of which releases of a programme, and who was told."""

import sqlalchemy as sa
from alembic import op

revision = "0025_release_digests"
down_revision = "0024_room_ways"
branch_labels = None
depends_on = None
_WAITS = sa.text("state = 'waiting'")


def upgrade() -> None:
    """The tables; who was told of earlier releases stands in the outbox."""
    op.create_table(
        "release_digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _to("release_digest", "event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_digest")),
    )
    op.create_index(
        "uq_release_digest_waiting",
        "release_digest",
        ["event_id"],
        unique=True,
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    )
    op.create_index("ix_release_digest_due", "release_digest", ["state", "due_at"])
    op.create_index("ix_release_digest_event_id", "release_digest", ["event_id"])
    op.create_table(
        "release_telling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("contributors", sa.Boolean(), nullable=False),
        sa.Column("guests", sa.Boolean(), nullable=False),
        _to("release_telling", "release_digest", "digest_id"),
        _to("release_telling", "programme_release", "release_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_telling")),
        sa.UniqueConstraint("release_id", name=op.f("uq_release_telling_release_id")),
    )
    op.create_index(op.f("ix_release_telling_digest_id"), "release_telling", ["digest_id"])
    _create_recipients()


def _create_recipients() -> None:
    op.create_table(
        "digest_recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("contributor_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        _to("digest_recipient", "release_digest", "digest_id"),
        _to("digest_recipient", "contributor"),
        _to("digest_recipient", "registration"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_recipient")),
        sa.UniqueConstraint(
            "digest_id",
            "contributor_id",
            name=op.f("uq_digest_recipient_digest_id_contributor_id"),
        ),
        sa.UniqueConstraint(
            "digest_id",
            "registration_id",
            name=op.f("uq_digest_recipient_digest_id_registration_id"),
        ),
    )
    for column in ("contributor_id", "registration_id"):
        op.create_index(op.f(f"ix_digest_recipient_{column}"), "digest_recipient", [column])


def _to(table: str, other: str, column: str = "") -> sa.ForeignKeyConstraint:
    column = column or f"{other}_id"
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="CASCADE"
    )


def downgrade() -> None:
    """Who was told is forgotten; what waits is not sent."""
    for table in ("digest_recipient", "release_telling", "release_digest"):
        op.drop_table(table)

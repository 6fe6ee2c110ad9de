"""What contributors say and hand in: files, sheets, portraits, slides, needs, colleagues."""

import sqlalchemy as sa
from alembic import op

revision = "0027_speakers"
down_revision = "0026_casting"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _of(table: str, column: str, other: str, *, cascade: bool = True) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=op.f(f"fk_{table}_{column}_{other}"),
        ondelete="CASCADE" if cascade else None,
    )


def upgrade() -> None:
    """Add the tables; nobody has handed in anything yet."""
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "scope", "owner")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("filename", "media_type")),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("name", name=op.f("uq_stored_file_name")),
    )
    op.create_index("ix_stored_file_scope_owner", "stored_file", ["scope", "owner"])
    op.create_table(
        "speaker_sheet",
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        sa.Column("technical", sa.Text(), nullable=False),
        sa.Column("technical_at", MOMENT, nullable=True),
        sa.Column("arrival", sa.Text(), nullable=False),
        sa.Column("hotel", sa.Boolean(), nullable=False),
        sa.Column("hotel_note", sa.Text(), nullable=False),
        sa.Column("parking", sa.Boolean(), nullable=False),
        sa.Column("travel_at", MOMENT, nullable=True),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _of("speaker_sheet", "contributor_id", "contributor"),
        sa.PrimaryKeyConstraint("contributor_id", name=op.f("pk_speaker_sheet")),
    )
    _portraits_and_slides()
    op.create_table(
        "speaker_needs",
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("diet", "access")),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("delete_on", sa.Date(), nullable=False),
        _of("speaker_needs", "contributor_id", "contributor"),
        sa.PrimaryKeyConstraint("contributor_id", name=op.f("pk_speaker_needs")),
    )
    op.create_index(op.f("ix_speaker_needs_delete_on"), "speaker_needs", ["delete_on"])
    op.create_table(
        "colleague",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "email", "organisation")),
        sa.Column("proposed_at", MOMENT, nullable=False),
        _of("colleague", "contribution_id", "contribution"),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_colleague")),
    )


def _portraits_and_slides() -> None:
    op.create_table(
        "portrait",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in (
                "small_id", "large_id", "small_width", "small_height", "large_width",
                "large_height",
            )
        ),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("photographer", "alt")),
        sa.Column("rights_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _of("portrait", "contributor_id", "contributor"),
        _of("portrait", "small_id", "stored_file", cascade=False),
        _of("portrait", "large_id", "stored_file", cascade=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portrait")),
        *(
            sa.UniqueConstraint(name, name=op.f(f"uq_portrait_{name}"))
            for name in ("contributor_id", "public_id", "small_id", "large_id")
        ),
    )  # fmt: skip
    op.create_table(
        "slides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _of("slides", "contributor_id", "contributor"),
        _of("slides", "file_id", "stored_file", cascade=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slides")),
        sa.UniqueConstraint("file_id", name=op.f("uq_slides_file_id")),
    )
    op.create_index(op.f("ix_slides_contributor_id"), "slides", ["contributor_id"])


def downgrade() -> None:
    """What was handed in is given up; the files stay in the folder until somebody removes it."""
    for table in ("colleague", "speaker_needs", "slides", "portrait", "speaker_sheet"):
        op.drop_table(table)
    op.drop_table("stored_file")

"""Returned mails, mails that are about somebody, objections without a readable address."""

import sqlalchemy as sa
from alembic import op

from eventapp.foundation import tokens

revision = "0014_replies"
down_revision = "0013_questions"
branch_labels = None
depends_on = None

NEW = (
    ("outbox_mail", sa.Column("about", sa.Text(), nullable=False, server_default="")),
    ("outbox_mail", sa.Column("batch", sa.Text(), nullable=False, server_default="")),
    ("outbox_mail", sa.Column("returned_at", sa.DateTime(timezone=True))),
    ("contact", sa.Column("block_kind", sa.String(40))),
    ("invitation", sa.Column("no_mail_at", sa.DateTime(timezone=True))),
)
PLAIN_LENGTH = 64  # of an unkeyed hash; what replaces it begins with a mark


def upgrade() -> None:
    """Add a table and columns, and key the hashes of those who objected."""
    op.create_table(
        "returned_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("box_key", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["outbox_mail.id"],
            name=op.f("fk_returned_mail_mail_id_outbox_mail"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_mail")),
        sa.UniqueConstraint("digest", name=op.f("uq_returned_mail_digest")),
    )
    op.create_index("ix_returned_mail_mail_id", "returned_mail", ["mail_id"])
    for table, column in NEW:
        op.add_column(table, column)
    op.create_index("ix_outbox_mail_about", "outbox_mail", ["about"])
    op.create_index("ix_outbox_mail_batch", "outbox_mail", ["batch"])
    _key_hashes()


def _key_hashes() -> None:
    """A hash of an address alone can be tried out with a list of addresses; a keyed one cannot.

    Why somebody objected stays with the contact, if it is still there: it may name a person.
    """
    suppression = sa.table(
        "suppression",
        sa.column("id"),
        sa.column("host_id"),
        sa.column("email_hash"),
        sa.column("reason"),
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(suppression.c.id, suppression.c.host_id, suppression.c.email_hash)
    ).all()
    for number, host_id, plain in rows:
        if len(plain) != PLAIN_LENGTH:
            continue
        keyed = tokens.derived("objection", plain, host_id)[0].hex()
        connection.execute(
            suppression.update()
            .where(suppression.c.id == number)
            .values(email_hash=f"k1${keyed}", reason="other")
        )
    contact = sa.table("contact", sa.column("blocked_at"), sa.column("block_kind"))
    connection.execute(
        contact.update().where(contact.c.blocked_at.is_not(None)).values(block_kind="other")
    )


def downgrade() -> None:
    """Take them away. Keyed hashes stay: contacts that are still there remain blocked."""
    op.drop_index("ix_outbox_mail_batch", "outbox_mail")
    op.drop_index("ix_outbox_mail_about", "outbox_mail")
    for table, column in reversed(NEW):
        op.drop_column(table, column.name)
    op.drop_index("ix_returned_mail_mail_id", "returned_mail")
    op.drop_table("returned_mail")

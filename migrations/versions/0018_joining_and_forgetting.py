"""Who is invited to a team is in it once they accept; the trail may forget values about a person.

The database allows one change of an entry about a contact, an invitation or a registration: a value
becomes the word "deleted". Who, what and when stay final, and so does every other entry. A later
change of the table `audit_entry` in batch mode must create these triggers again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018_joining_and_forgetting"
down_revision = "0017_mails_about"
branch_labels = None
depends_on = None

FINAL = (
    "id",
    "host_id",
    "scope",
    "at",
    "actor",
    "action",
    "subject_kind",
    "subject_id",
)
ABOUT_PEOPLE = "('contact', 'invitation', 'registration')"


# ruff: noqa: S608 - made of the names above alone


def _sqlite(column: str) -> str:
    """Whether anything else happened to a column of values than that some were deleted."""
    new, old = f'json_each(NEW."{column}")', f'json_each(OLD."{column}")'
    return (
        f"EXISTS (SELECT key, value, type FROM {new} WHERE value IS NOT 'deleted'"
        f" EXCEPT SELECT key, value, type FROM {old})"
        f" OR EXISTS (SELECT key FROM {new} EXCEPT SELECT key FROM {old})"
        f" OR EXISTS (SELECT key FROM {old} EXCEPT SELECT key FROM {new})"
    )


def _postgresql(column: str) -> str:
    new, old = f'jsonb_each(NEW."{column}"::jsonb)', f'jsonb_each(OLD."{column}"::jsonb)'
    return (
        f"EXISTS (SELECT key, value FROM {new} WHERE value <> '\"deleted\"'::jsonb"
        f" EXCEPT SELECT key, value FROM {old})"
        f" OR EXISTS (SELECT key FROM {new} EXCEPT SELECT key FROM {old})"
        f" OR EXISTS (SELECT key FROM {old} EXCEPT SELECT key FROM {new})"
    )


SQLITE_FINAL = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in FINAL)
POSTGRESQL_FINAL = " OR ".join(
    f'OLD."{name}"::text IS DISTINCT FROM NEW."{name}"::text' for name in FINAL
)
CREATE = {
    "sqlite": (
        "DROP TRIGGER audit_entry_no_update",
        "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry WHEN "
        f"{SQLITE_FINAL}"
        " OR (OLD.account_id IS NOT NEW.account_id AND NEW.account_id IS NOT NULL)"
        ' OR ((OLD."before" IS NOT NEW."before" OR OLD."after" IS NOT NEW."after"'
        " OR OLD.reason IS NOT NEW.reason) AND"
        f" (OLD.subject_kind NOT IN {ABOUT_PEOPLE}"
        " OR (OLD.reason IS NOT NEW.reason AND (NEW.reason <> 'deleted' OR OLD.reason = ''))"
        f" OR {_sqlite('before')} OR {_sqlite('after')}))"
        " BEGIN SELECT RAISE(ABORT, 'audit entries are final'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_entry_refuse_update() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN IF {POSTGRESQL_FINAL}"
        " OR (OLD.account_id IS DISTINCT FROM NEW.account_id AND NEW.account_id IS NOT NULL)"
        ' OR ((OLD."before"::text IS DISTINCT FROM NEW."before"::text'
        ' OR OLD."after"::text IS DISTINCT FROM NEW."after"::text'
        " OR OLD.reason IS DISTINCT FROM NEW.reason) AND"
        f" (OLD.subject_kind NOT IN {ABOUT_PEOPLE}"
        " OR (OLD.reason IS DISTINCT FROM NEW.reason"
        " AND (NEW.reason <> 'deleted' OR OLD.reason = ''))"
        f" OR {_postgresql('before')} OR {_postgresql('after')}))"
        " THEN RAISE EXCEPTION 'audit entries are final'; END IF; RETURN NEW; END $$",
    ),
}
BEFORE_SQLITE = " OR ".join(
    f'OLD."{name}" IS NOT NEW."{name}"' for name in (*FINAL, "before", "after", "reason")
)
BEFORE_POSTGRESQL = " OR ".join(
    f'OLD."{name}"::text IS DISTINCT FROM NEW."{name}"::text'
    for name in (*FINAL, "before", "after", "reason")
)
TAKE_BACK = {
    "sqlite": (
        "DROP TRIGGER audit_entry_no_update",
        "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry WHEN "
        f"{BEFORE_SQLITE} OR NEW.account_id IS NOT NULL"
        " BEGIN SELECT RAISE(ABORT, 'audit entries are final'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_entry_refuse_update() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN IF {BEFORE_POSTGRESQL} OR NEW.account_id IS NOT NULL"
        " THEN RAISE EXCEPTION 'audit entries are final'; END IF; RETURN NEW; END $$",
    ),
}


def upgrade() -> None:
    """Who has chosen a password counts as having accepted: nobody was asked before."""
    op.add_column(
        "membership",
        sa.Column(
            "invited_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("'2026-01-01 00:00:00'"),
        ),
    )
    op.add_column("membership", sa.Column("accepted_at", sa.DateTime(timezone=True)))
    account = sa.table(
        "account", sa.column("id"), sa.column("created_at"), sa.column("password_hash")
    )
    membership = sa.table(
        "membership", sa.column("account_id"), sa.column("invited_at"), sa.column("accepted_at")
    )
    theirs = sa.select(account.c.created_at).where(account.c.id == membership.c.account_id)
    op.execute(membership.update().values(invited_at=theirs.scalar_subquery()))
    begun = theirs.where(account.c.password_hash != "")
    op.execute(membership.update().values(accepted_at=begun.scalar_subquery()))
    for statement in CREATE[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Whoever was asked is in again; what the trail has forgotten stays forgotten."""
    for statement in TAKE_BACK[op.get_context().dialect.name]:
        op.execute(statement)
    op.drop_column("membership", "accepted_at")
    op.drop_column("membership", "invited_at")

"""The database itself refuses to change the audit trail.

A later change of the table `audit_entry` in batch mode must create these triggers again.
"""

from alembic import op

revision = "0008_final_audit"
down_revision = "0007_registrations"
branch_labels = None
depends_on = None

CREATE = {
    "sqlite": (
        'CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry WHEN OLD."id" IS NOT NEW."id" OR OLD."host_id" IS NOT NEW."host_id" OR OLD."scope" IS NOT NEW."scope" OR OLD."at" IS NOT NEW."at" OR OLD."actor" IS NOT NEW."actor" OR OLD."action" IS NOT NEW."action" OR OLD."subject_kind" IS NOT NEW."subject_kind" OR OLD."subject_id" IS NOT NEW."subject_id" OR OLD."before" IS NOT NEW."before" OR OLD."after" IS NOT NEW."after" OR OLD."reason" IS NOT NEW."reason" OR NEW.account_id IS NOT NULL BEGIN SELECT RAISE(ABORT, \'audit entries are final\'); END',
        "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry WHEN OLD.at > datetime('now', '-24 months') BEGIN SELECT RAISE(ABORT, 'audit entries are final'); END",
    ),
    "postgresql": (
        'CREATE FUNCTION audit_entry_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD."id"::text IS DISTINCT FROM NEW."id"::text OR OLD."host_id"::text IS DISTINCT FROM NEW."host_id"::text OR OLD."scope"::text IS DISTINCT FROM NEW."scope"::text OR OLD."at"::text IS DISTINCT FROM NEW."at"::text OR OLD."actor"::text IS DISTINCT FROM NEW."actor"::text OR OLD."action"::text IS DISTINCT FROM NEW."action"::text OR OLD."subject_kind"::text IS DISTINCT FROM NEW."subject_kind"::text OR OLD."subject_id"::text IS DISTINCT FROM NEW."subject_id"::text OR OLD."before"::text IS DISTINCT FROM NEW."before"::text OR OLD."after"::text IS DISTINCT FROM NEW."after"::text OR OLD."reason"::text IS DISTINCT FROM NEW."reason"::text OR NEW.account_id IS NOT NULL THEN RAISE EXCEPTION \'audit entries are final\'; END IF; RETURN NEW; END $$',
        "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse_update()",
        "CREATE FUNCTION audit_entry_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.at > now() - interval '24 months' THEN RAISE EXCEPTION 'audit entries are final'; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse_delete()",
    ),
}
DROP = {
    "sqlite": (
        "DROP TRIGGER audit_entry_no_update",
        "DROP TRIGGER audit_entry_no_delete",
    ),
    "postgresql": (
        "DROP TRIGGER audit_entry_no_update ON audit_entry",
        "DROP TRIGGER audit_entry_no_delete ON audit_entry",
        "DROP FUNCTION audit_entry_refuse_update()",
        "DROP FUNCTION audit_entry_refuse_delete()",
    ),
}


def upgrade() -> None:
    """The database itself refuses to change the audit trail."""
    for statement in CREATE[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Take it back."""
    for statement in DROP[op.get_context().dialect.name]:
        op.execute(statement)

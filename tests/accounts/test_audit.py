"""The audit trail grows and never changes."""

import importlib.util
from datetime import timedelta

import pytest
from factories import make_account, make_contact, make_event, make_host
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from eventapp.accounts.audit import SYSTEM, erase_values, record_change
from eventapp.accounts.errors import AuditIsFinal
from eventapp.accounts.models import AuditEntry
from eventapp.accounts.states import Role
from eventapp.foundation import clock
from eventapp.foundation.assets import asset_folder
from eventapp.foundation.database import db, transaction


def entry_about(event, **given):
    with transaction():
        record_change(SYSTEM, "event.changed", event, **given)
    return db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()


def test_an_entry_says_who_did_what_to_what_from_what_to_what(app):
    event = make_event()
    account = make_account(event.host)

    with transaction():
        record_change(
            account,
            "event.changed",
            event,
            scope=f"event:{event.id}",
            before={"capacity": 120},
            after={"capacity": 80, "role": Role.VIEWER},
            reason="Raum gewechselt",
        )

    entry = db.session.query(AuditEntry).one()
    assert (entry.actor, entry.account_id, entry.host_id) == (
        account.name,
        account.id,
        event.host_id,
    )
    assert (entry.action, entry.subject_kind, entry.subject_id, entry.scope) == (
        "event.changed",
        "event",
        str(event.id),
        f"event:{event.id}",
    )
    assert (entry.before, entry.after, entry.reason) == (
        {"capacity": 120},
        {"capacity": 80, "role": "viewer"},
        "Raum gewechselt",
    )


def test_an_entry_vanishes_with_the_change_that_failed(app):
    event = make_event()

    def fail_after_recording():
        with transaction():
            record_change(SYSTEM, "event.changed", event)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_recording()

    assert db.session.query(AuditEntry).count() == 0


def test_code_cannot_change_an_entry(app):
    entry = entry_about(make_event())

    with pytest.raises(AuditIsFinal), transaction():
        entry.reason = "anders"


def test_code_cannot_remove_an_entry(app):
    entry = entry_about(make_event())

    with pytest.raises(AuditIsFinal), transaction():
        db.session.delete(entry)


def migration(name):
    path = asset_folder("migrations") / "versions" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name[5:], path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def guarded(app):
    """The database with the triggers that the migration makes."""
    first, later = migration("0008_final_audit"), migration("0018_joining_and_forgetting")
    dialect = db.engine.dialect.name
    with db.engine.begin() as connection:
        # SQLite looks for a trigger of this name in the schema that the connection read last
        connection.execute(text("SELECT count(*) FROM audit_entry"))
        for statement in (*first.CREATE[dialect], *later.CREATE[dialect]):
            connection.exec_driver_sql(statement)
    yield
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text("SELECT count(*) FROM audit_entry"))
        for statement in first.DROP[dialect]:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'anders'",
        "UPDATE audit_entry SET actor = 'jemand'",
        "UPDATE audit_entry SET \"before\" = '{}'",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(guarded, statement):
    entry_about(make_event(), before={"capacity": 1})

    with pytest.raises(DBAPIError, match="final"), db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def contact_entry(guarded):
    """What the trail says of a contact who moved."""
    contact = make_contact(make_host())
    with transaction():
        before = {"email": "eva@alt.example", "lists": "", "state": "sent"}
        record_change(SYSTEM, "contact.changed", contact, before=before, reason="Umzug")
    return contact


def test_values_about_a_person_are_erased_and_the_rest_of_the_entry_stays(contact_entry):
    with transaction():
        erase_values("contact", contact_entry.id)

    db.session.expire_all()
    entry = db.session.query(AuditEntry).one()
    assert entry.before == {"email": "deleted", "lists": "", "state": "sent"}
    assert (entry.reason, entry.action, entry.actor) == ("deleted", "contact.changed", "system")


@pytest.mark.parametrize(
    "change",
    [
        "reason = 'anders'",
        "reason = ''",
        "actor = 'deleted'",
        "action = 'deleted'",
        "at = '2020-01-01'",
        "\"before\" = '{}'",
        """"before" = '{"email": "x@y.example", "lists": "", "state": "sent"}'""",
        """"before" = '{"email": "deleted", "lists": "", "state": "sent", "more": "deleted"}'""",
        """"after" = '{"email": "deleted"}'""",
    ],
)
def test_the_database_lets_a_value_become_deleted_and_nothing_else(contact_entry, change):
    with pytest.raises(DBAPIError, match="final"), db.engine.begin() as connection:
        connection.execute(text(f"UPDATE audit_entry SET {change.replace(':', chr(92) + ':')}"))


def test_what_is_not_about_a_person_is_not_erased(guarded):
    entry_about(make_event(), before={"title_de": "Fachimpuls"})

    with pytest.raises(DBAPIError, match="final"), transaction():
        erase_values("event", 1)
    db.session.rollback()


def test_entries_past_their_time_may_be_purged(guarded):
    event = make_event()
    with clock.held(clock.now() - timedelta(days=3 * 365)):
        entry_about(event)

    with db.engine.begin() as connection:
        assert connection.execute(text("DELETE FROM audit_entry")).rowcount == 1


def test_the_entries_of_a_removed_account_stay(guarded):
    host = make_host()
    account = make_account(host)
    with transaction():
        record_change(account, "host.changed", host, host_id=host.id)

    with transaction():
        db.session.delete(account)

    db.session.expire_all()
    entry = db.session.query(AuditEntry).one()
    assert (entry.actor, entry.account_id) == (account.name, None)

"""Rows written past the unit of work are the rows that it would have written."""

from contextlib import contextmanager, suppress
from functools import partial

import pytest
from factories import make_contact, make_event, make_invitation, make_registration
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError
from statements import statement_count

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.models import Contact
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.rows import (
    insert_row,
    insert_row_once,
    not_yet_stored,
    store_changes,
    store_new,
)
from eventapp.registrations.models import Registration
from eventapp.registrations.states import RegistrationState

MAIL = {
    "scope": "event:1", "kind": "x.txt", "to_email": "a@werk.example", "subject": "Ä", "text": "x",
}  # fmt: skip


def stored(kind):
    """All rows of a table as the database has them, without what each has for itself alone."""
    table = kind.__table__
    rows = db.session.connection().execute(select(table).order_by(table.c.id)).mappings().all()
    return [
        {name: value for name, value in row.items() if name not in {"id", "public_id", "number"}}
        for row in rows
    ]


def entered(event, *, make=Registration, **given):
    return make(
        event_id=event.id,
        number=given.pop("number", "U-1"),
        state=RegistrationState.UNCONFIRMED,
        first_name="Änne",
        last_name="von der Größe",
        email="Anne@Werk.example",
        **given,
    )


@contextmanager
def taken_back():
    """A transaction that fails after all."""
    with suppress(ZeroDivisionError), transaction():
        yield
        raise ZeroDivisionError


@pytest.fixture
def now():
    with clock.held(clock.now()):
        yield


def test_a_row_has_the_defaults_that_an_object_has(app, now):
    given = {"actor": "guest", "action": "x.y", "subject_kind": "event", "subject_id": "1"}
    with transaction():
        db.session.add(AuditEntry(**given))
    with transaction():
        insert_row(AuditEntry, **given)

    first, second = stored(AuditEntry)
    assert first == second
    assert first["after"] == {}


def test_a_row_with_a_key_is_written_once_and_without_one_each_time(app, now):
    with transaction():
        for number, key in enumerate(["same", "same", "other", None, None]):
            insert_row_once(
                OutboxMail, "dedupe_key", **MAIL, message_id=f"<{number}@x>", dedupe_key=key
            )
        db.session.add(OutboxMail(**MAIL, message_id="<orm@x>", dedupe_key="third"))

    rows = stored(OutboxMail)
    assert [row["dedupe_key"] for row in rows] == ["same", "other", None, None, "third"]
    assert [row["message_id"] for row in rows[:2]] == ["<0@x>", "<2@x>"]
    alike = [{**row, "message_id": "", "dedupe_key": ""} for row in rows]
    assert alike[0] == alike[-1]


def test_a_new_object_is_written_with_what_is_derived_from_it(app, now):
    event, other = make_event(), make_event()
    with transaction():
        db.session.add(entered(event))
    with transaction():
        one = entered(other)
        store_new(one)

    first, second = stored(Registration)
    assert first | {"event_id": other.id} == second
    assert second["name_key"] == "grosse von der, anne"
    assert second["email_key"] == "anne@werk.example"


def test_an_object_that_was_made_for_it_is_written_as_one_of_the_constructor(app, now):
    event, other = make_event(), make_event()
    with transaction():
        db.session.add(entered(event))
    with transaction():
        one = entered(other, make=partial(not_yet_stored, Registration))
        assert (one.first_name, one.title, one.id) == ("Änne", None, None)
        store_new(one)

    first, second = stored(Registration)
    assert first | {"event_id": other.id} == second
    assert one.event is other


def test_an_object_with_something_else_is_not_made(app):
    with pytest.raises(TypeError, match="nickname"):
        not_yet_stored(Registration, nickname="x")


def test_a_new_object_is_one_of_the_session_from_then_on(app):
    event = make_event()
    with transaction():
        one = entered(event)
        store_new(one)

    assert db.session.get(Registration, one.id) is one
    assert one.event is event
    assert (one.companions, one.contact, one.version) == ([], None, 1)
    with transaction():
        one.note = "später geändert"
    assert stored(Registration)[0]["note"] == "später geändert"


def test_what_is_written_vanishes_with_the_transaction(app):
    event = make_event()
    with taken_back():
        store_new(entered(event))
        insert_row(AuditEntry, actor="x", action="x", subject_kind="x", subject_id="1")

    assert stored(Registration) == stored(AuditEntry) == []


def test_changes_are_written_by_one_statement_with_what_is_derived(app):
    one = make_registration(make_event(), last_name="Alt")
    before = one.version
    with transaction():
        one.last_name = "Neu"
        with statement_count() as sent:
            store_changes(one)
            db.session.flush()

    assert len(sent) == 1
    assert not db.session.dirty
    db.session.expire_all()
    assert (one.last_name, one.version) == ("Neu", before + 1)
    assert one.sort_name.startswith("neu")


def test_an_object_that_is_as_it_was_is_not_written(app):
    one = make_registration(make_event())
    with statement_count() as sent, transaction():
        one.note = str(one.note)
        store_changes(one)

    assert sent == []


def test_a_change_of_something_older_is_refused(app):
    one = make_registration(make_event())
    table = Registration.__table__
    with taken_back():
        db.session.connection().execute(table.update().values(version=table.c.version + 1))
        one.note = "zu spät"
        with pytest.raises(StaleDataError):
            store_changes(one)

    assert stored(Registration)[0]["note"] == ""


def test_a_changed_relationship_is_left_to_the_unit_of_work(app):
    event = make_event()
    one, invitation = make_registration(event), make_invitation(event)
    with transaction():
        one.invitation = invitation
        store_changes(one)

    assert stored(Registration)[0]["invitation_id"] == invitation.id


def test_a_change_that_was_taken_back_is_not_in_the_object_either(app):
    contact = make_contact(make_event().host, last_name="Alt")
    with taken_back():
        contact.last_name = "Neu"
        store_changes(contact)

    assert db.session.scalars(select(Contact.last_name)).all() == ["Alt"]
    assert contact.last_name == "Alt"

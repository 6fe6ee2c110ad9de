"""Who registers is looked for among thousands by an index, however many there are."""

from factories import make_contact, make_event, make_invitation, make_registration
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex
from world import ON_SQLITE

from eventapp.foundation.database import db
from eventapp.invitations.queries import unanswered_invitation_of
from eventapp.invitations.states import InvitationState
from eventapp.registrations.models import Registration
from eventapp.registrations.queries import live_twin


def plans_of(ask) -> list[str]:
    """How SQLite finds what is asked for: one text for each statement."""
    sent = []

    def note(_connection, _cursor, statement, parameters, *_more):
        sent.append((statement, parameters))

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)
    connection = db.session.connection()
    return [
        " / ".join(
            row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        )
        for sql, values in sent
    ]


@ON_SQLITE
def test_a_double_is_found_by_the_index_of_live_people(app):
    one = make_registration(make_event())
    _ = one.event.id

    plan = plans_of(lambda: live_twin(one.event, one))[-1]

    assert "uq_registration_live_person (event_id=? AND email_key=? AND name_key=?)" in plan
    assert live_twin(one.event, one) is one


@ON_SQLITE
def test_an_invitation_is_found_by_the_contact(app):
    event = make_event()
    contact = make_contact(event.host)
    invitation = make_invitation(event, contact=contact, state=InvitationState.SENT)

    def ask():
        return unanswered_invitation_of(event, contact.email_key, contact.sort_name)

    plan = plans_of(ask)[0]

    assert "SEARCH contact USING INDEX ix_contact_host" in plan
    assert "(event_id=? AND contact_id=?)" in plan
    assert "SCAN" not in plan
    assert ask() is invitation


def test_an_index_holds_the_same_rows_on_each_database(app):
    limited = {
        index.name: str(CreateIndex(index).compile(dialect=db.engine.dialect))
        for index in Registration.__table__.indexes
        if " WHERE " in str(CreateIndex(index).compile(dialect=sqlite.dialect()))
    }

    assert limited.keys() == {"uq_registration_live_person", "uq_registration_live_invitation"}
    assert all(" WHERE state IN " in statement for statement in limited.values())

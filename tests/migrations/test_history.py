"""One history for both databases: up to the models, down with data, up again."""

import os

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from factories import (
    make_account,
    make_contact,
    make_contribution,
    make_contributor,
    make_event,
    make_invitation,
    make_list,
    make_registration,
    make_session,
    make_show_line,
    make_show_plan,
    make_slot,
    make_wave,
)
from flask import Flask
from sqlalchemy import inspect, select, text

from eventapp.accounts.audit import SYSTEM, record_change
from eventapp.app import create_app
from eventapp.cli.database import upgrade_tables
from eventapp.foundation.assets import asset_folder
from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_links import link_placeholder
from eventapp.foundation.migrations import (
    current_revision,
    downgrade,
    newest_revision,
    upgrade,
)
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.settings import load_settings
from eventapp.foundation.tokens import LinkKind
from eventapp.programme.release_queries import newest_kept
from eventapp.programme.states import Appearance, ContributorState, SessionState


@pytest.fixture
def empty(database_url, tmp_path):
    """The application on a database without any table, left as it was found."""
    settings = load_settings(
        data_dir=tmp_path,
        database_url=_fresh(database_url, tmp_path),
        secret_key="k" * 40,
        base_url="http://localhost",
    )
    app = create_app(settings, TESTING=True)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _fresh(database_url: str, tmp_path) -> str:
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'fresh.db'}"
    from servers import own_database

    server, _, query = database_url.partition("?")
    return own_database(f"{server.rsplit('/', 1)[0]}/postgres?{query}", f"migrations{os.getpid()}")


def fill() -> None:
    """Rows in every slice."""
    event = make_event()
    make_account(event.host)
    contact = make_contact(event.host)
    make_list(event.host, contact)
    make_show_line(event, session_id=make_session(event).id)
    make_show_plan(event)
    make_wave(event)
    make_registration(event, invitation=make_invitation(event, contact))
    with transaction():
        record_change(SYSTEM, "test.done", event, after={"title": event.title_de})


def test_the_migrations_end_where_the_models_are(empty: Flask):
    upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, db.metadata)

    assert differences == []


def test_every_step_goes_down_and_up_again_with_data_in_the_tables(empty: Flask):
    upgrade()
    fill()

    while current_revision() is not None:
        downgrade("-1")
        db.session.remove()

    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    upgrade()
    fill()
    assert db.session.scalar(text("SELECT count(*) FROM registration")) == 1


def test_rows_of_other_slices_survive_a_step_down(empty: Flask):
    upgrade()
    fill()

    downgrade("0006_invitations")
    upgrade()

    assert db.session.scalar(text("SELECT count(*) FROM invitation")) == 1
    assert db.session.scalar(text("SELECT count(*) FROM registration")) == 0


def test_a_new_installation_knows_the_municipalities_and_an_older_step_does_not_ask(empty: Flask):
    command = empty.test_cli_runner().invoke

    assert command(upgrade_tables, ["0002_outbox"]).exit_code == 0
    assert command(upgrade_tables).exit_code == 0

    assert db.session.scalar(text("SELECT count(*) FROM municipality")) == 63


def test_the_newest_file_is_the_end_of_the_history():
    history = ScriptDirectory(str(asset_folder("migrations")))

    assert newest_revision() == history.get_current_head()


def test_mails_of_the_past_are_about_whom_they_went_to_where_that_can_be_read(empty: Flask):
    upgrade()
    event = make_event()
    guest = make_registration(event, title="Dr.", email="Eva@werk.example")
    scope, linked_id = event.scope, make_registration(event).public_id
    guest_id, name = guest.public_id, guest.full_name
    db.session.remove()  # the models know columns that came later
    downgrade("0016_doubles")
    link = link_placeholder(LinkKind.CONFIRMATION, linked_id, 1)
    address = {"to_email": "eva@werk.example", "to_name": name}
    for number, given in enumerate(
        (
            {"text": f"Bitte hier: {link}"},
            {"dedupe_key": f"own:{guest_id}:x9", "to_email": "alt@werk.example"},
            address,
            address | {"to_name": "Jemand anders"},
            address | {"scope": "event:0"},
            address | {"kind": "accounts/mail/barrier.txt"},
        )
    ):
        row = {"message_id": f"<{number}@x>", "scope": scope, "text": "Guten Tag"}
        row |= {"kind": "registrations/mail/rejected.txt", "to_email": "x@y.example"}
        with transaction():
            db.session.add(OutboxMail(**row | {"subject": "Mail"} | given))

    upgrade()
    db.session.remove()

    rows = db.session.scalars(select(OutboxMail.about).order_by(OutboxMail.id)).all()
    whose = f"r/{guest_id}"
    assert rows == [f"r/{linked_id}", whose, whose, "", "", ""]


def test_what_is_public_becomes_the_first_release_as_everybody_saw_it(empty: Flask):
    upgrade()
    event, quiet = make_event(), make_event()
    slot = make_slot(event)
    panel = make_session(event, slot_id=slot.id, room=event.venue.rooms[0], title_de="Podium")
    off = make_session(event, title_de="Rundgang", state=SessionState.CANCELLED)
    hidden = make_session(event, title_de="Geheim", public=False)
    make_session(event, state=SessionState.DRAFT)
    make_session(quiet, state=SessionState.DRAFT)
    for number, state in enumerate(("agreed", "asked")):
        make_contribution(panel, make_contributor(event, title="Dr.", last_name=f"Ohm{number}"),
                          state=ContributorState(state))  # fmt: skip
    before, ids = newest_kept(event).sessions, (panel.id, off.id, hidden.id)
    db.session.remove()
    downgrade("0020_acknowledged_conflicts")
    with db.engine.begin() as connection:
        moment = text("UPDATE session SET cancelled_at = last_modified_at WHERE id = :id")
        connection.execute(moment, {"id": ids[2]})

    upgrade()

    after = newest_kept(event).sessions
    assert newest_kept(quiet).number == 0
    assert set(after) == set(ids)
    assert {number: after[number] for number in ids[:2]} == before
    assert [person.name for person in after[ids[0]].people] == ["Dr. Friedlinde Ohm0"]
    assert after[ids[2]].appearance is Appearance.WITHDRAWN
    assert "Geheim" not in str(after)

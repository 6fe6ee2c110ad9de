"""A long list comes in once and whole, or not at all, whatever happens on the way."""

import pytest
from contacts.long_lists import ROWS, a_long_list, contacts, finished, settle, stage, upload
from factories import make_host
from sqlalchemy import func, select

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.actions import begin_reading, discard_import, running, take_over
from eventapp.contacts.errors import ImportOver
from eventapp.contacts.models import Contact, ContactImport
from eventapp.contacts.states import ImportState
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction

S = ImportState


def test_a_double_click_imports_a_long_list_once(app):
    staged = stage(make_host())

    take_over(staged, actor="test")
    take_over(staged, actor="test")

    assert finished(staged).state is S.IMPORTED
    take_over(staged, actor="test")
    settle()
    assert contacts() == ROWS
    imported = select(func.count()).where(AuditEntry.action == "contacts.imported")
    assert db.session.scalar(imported) == 1


def test_a_double_click_imports_a_short_list_once_and_shows_what_came_in(client, host):
    location = upload(client, a_long_list(3))

    first, second = client.post(f"{location}/take"), client.post(f"{location}/take")

    assert (first.status_code, second.status_code) == (303, 303)
    assert "3 contacts are in the address book" in client.get(second.location).text
    assert contacts() == 3


def test_what_was_discarded_is_not_taken_over_by_a_late_click(app):
    for content in (a_long_list(3), a_long_list()):
        staged = stage(make_host(), content)
        discard_import(staged)

        with pytest.raises(ImportOver):
            take_over(staged, actor="test")


def test_a_list_can_be_stopped_while_it_is_imported(app, monkeypatch):
    staged = stage(make_host())
    prepare = running.prepare

    def slowly(row, progress):
        prepared = prepare(row, progress)
        discard_import(db.session.get_one(ContactImport, row.id))
        return prepared

    monkeypatch.setattr(running, "prepare", slowly)
    take_over(staged, actor="test")

    assert finished(staged).state is S.DISCARDED
    assert (contacts(), staged.content) == (0, "")


def test_a_fault_leads_back_to_the_preview_and_leaves_nothing_t32(client, host, monkeypatch):
    staged = stage(host)
    begin_reading(staged)
    settle()

    def pull_the_plug(*_given, **_more):
        raise RuntimeError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(running, "finish_import", pull_the_plug)
        take_over(staged, actor="test")
        settle()
    page = client.get(f"/organise/contacts/import/{staged.id}").text

    assert "The import could not be finished" in page
    assert finished(staged).state is S.STAGED
    assert contacts() == 0

    take_over(staged, actor="test")
    assert finished(staged).counts["contacts"] == contacts() == ROWS


def test_after_a_killed_process_the_organiser_begins_again_t32(client, host, standing_still):
    staged = stage(host)
    location = f"/organise/contacts/import/{staged.id}"
    client.post(f"{location}/take")
    assert "was interrupted" not in client.get(location).text

    with clock.held(clock.now() + 2 * running.SILENCE):
        page = client.get(location).text

    assert "The import was interrupted" in page
    assert "Nothing was written to the address book." in page
    assert "Import again" in page
    assert "refresh" not in page


def test_beginning_again_after_a_silence_imports_once_even_if_the_first_run_lives(app, monkeypatch):
    staged, runs = stage(make_host()), []
    with monkeypatch.context() as still:
        still.setattr(running, "work_beside", lambda _name, work: runs.append(work))
        take_over(staged, actor="test")
        with clock.held(clock.now() + 2 * running.SILENCE):
            take_over(staged, actor="test")

    for work in (*runs, runs[0]):
        work()

    assert len(runs) == 2
    assert finished(staged).state is S.IMPORTED
    assert contacts() == ROWS


def test_what_changed_while_the_rows_were_made_ready_is_seen(app, monkeypatch):
    host = make_host()
    staged = stage(host, a_long_list(5))
    prepare, number = running.prepare, host.id

    def meanwhile(row, progress):
        prepared = prepare(row, progress)
        with transaction():
            db.session.add(
                Contact(host_id=number, first_name="A", last_name="Name1", email="a1@werk.example")
            )
        return prepared

    monkeypatch.setattr("eventapp.contacts.actions.imports.prepare", meanwhile_once(meanwhile))
    take_over(staged, actor="test")

    assert staged.counts["verdicts"]["duplicate"] == 1
    assert contacts() == 5


def meanwhile_once(first):
    """`prepare` as `first` does it, and as it is from the second time on."""
    ways = [first]

    def prepare(row, progress):
        return (ways.pop() if ways else running.prepare)(row, progress)

    return prepare


def test_two_long_lists_of_one_host_come_in_one_after_the_other(app):
    host = make_host()
    first, second = stage(host), stage(host)

    take_over(first, actor="test")
    take_over(second, actor="test")

    done = [finished(first), finished(second)]
    assert sorted(row.counts["contacts"] for row in done) == [0, ROWS]
    assert contacts() == ROWS


def test_a_list_that_an_older_version_has_staged_is_still_read(app):
    host = make_host()
    staged = stage(host, a_long_list(3))
    with transaction():
        staged.content, staged.counts = a_long_list(3).decode(), {}

    take_over(staged, actor="test")

    assert contacts() == 3

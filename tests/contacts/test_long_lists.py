"""Lists that take over a second: their page shows how far they are."""

import re

import pytest
from contacts.long_lists import ROWS, a_long_list, contacts, settle, stage, upload
from factories import make_contact, make_host
from statements import statement_count

from eventapp.contacts.actions import begin_reading, running
from eventapp.contacts.models import ContactImport
from eventapp.contacts.states import ImportState
from eventapp.foundation.database import db, transaction


def test_a_long_list_goes_from_upload_to_address_book(client, host):
    location = upload(client, a_long_list(faulty=3))
    settle()
    preview = client.get(location).text

    assert "Nothing is written yet. 1,197 of 1,200 rows would come in." in preview
    assert contacts() == 0

    assert client.post(f"{location}/take").location == location
    settle()
    done = client.get(location).text

    assert "1,197 contacts are in the address book" in done
    assert "3 rows were left out" in done
    assert contacts() == 1197


@pytest.mark.parametrize(("step", "words"), [("", "rows are being read"), ("/take", "imported")])
def test_the_page_shows_how_far_it_is_with_and_without_script(
    client, host, monkeypatch, standing_still, step, words
):
    staged = stage(host)
    location = f"/organise/contacts/import/{staged.id}"
    client.post(f"{location}{step or '/read'}")

    page = client.get(location).text

    assert re.search(rf"1,200 rows are being .*{words.split()[-1]}", page)
    assert '<progress id="progress" value="0" max=' in page
    assert f'<noscript><meta http-equiv="refresh" content="2; url={location}"></noscript>' in page
    assert "js/progress.js" in page


def test_progress_is_noted_while_the_rows_are_read(app, monkeypatch):
    monkeypatch.setattr(running, "BEAT_SECONDS", 0)
    staged, noted = stage(make_host()), []
    monkeypatch.setattr(running, "_read", lambda run: noted.extend(_steps(run, staged.id)))

    begin_reading(staged)
    settle()

    assert noted == [{"done": 400, "steps": ROWS}, {"done": 1000, "steps": ROWS}]


def _steps(run, import_id):
    for steps in (400, 600):
        run(steps)
        work = db.session.get(ContactImport, import_id).counts["work"]
        yield {name: work[name] for name in ("done", "steps")}


def test_a_short_list_is_done_at_once(client, host, monkeypatch):
    monkeypatch.setattr(running, "work_beside", None)
    location = upload(client, a_long_list(20))

    client.post(f"{location}/take")

    assert contacts() == 20


def test_the_pages_of_a_long_list_need_as_many_statements_as_those_of_a_longer_one(client, host):
    def statements(rows):
        location = upload(client, a_long_list(rows, faulty=rows - 900))
        settle()
        with statement_count() as sent:
            client.get(f"{location}?verdict=error&page=2")
        return len(sent)

    assert statements(ROWS) == statements(ROWS + 400)


def test_filter_and_pages_of_the_preview_read_what_is_kept(client, host):
    location = upload(client, a_long_list(faulty=60))
    settle()

    page = client.get(f"{location}?verdict=error&page=2").text

    assert "Faul59" in page
    assert "Faul9<" not in page
    assert "Name1<" not in page
    assert "“keine-adresse-59” is not an e-mail address." in page


def test_the_preview_says_that_the_address_book_has_changed_and_reads_again(client, host):
    location = upload(client, a_long_list())
    settle()
    assert "has changed since" not in client.get(location).text
    make_contact(host, first_name="A", last_name="Name1", email="a1@werk.example")
    assert "The address book has changed since this list was read" in client.get(location).text

    client.post(f"{location}/read")
    settle()

    page = client.get(location).text
    assert "has changed since" not in page
    assert "1,199 of 1,200 rows would come in" in page


def test_other_columns_have_a_long_list_read_again(client, host):
    location = upload(client, a_long_list())
    settle()

    client.post(f"{location}/columns", data={"column-1": "last_name", "column-2": "ignored"})
    settle()

    assert "No e-mail address: can be invited by post only." in client.get(location).text


TWICE_THE_SAME = {"column-1": "last_name", "column-2": "last_name"}


@pytest.mark.usefixtures("standing_still")
@pytest.mark.parametrize("rows", [5, ROWS])
def test_columns_cannot_be_chosen_for_a_list_that_is_no_longer_looked_at(client, host, rows):
    staged = stage(host, a_long_list(rows))
    with transaction():
        staged.state = ImportState.IMPORTED
        staged.counts = {"rows": rows, "verdicts": {}}

    answer = client.post(f"/organise/contacts/import/{staged.id}/columns", data=TWICE_THE_SAME)

    assert answer.status_code == 409


def test_columns_with_one_meaning_are_refused_also_before_a_long_list_is_read(client, host):
    staged = stage(host)
    location = f"/organise/contacts/import/{staged.id}"

    assert client.post(f"{location}/columns", data=TWICE_THE_SAME).location == location
    assert "Two columns have the same meaning." in client.get(location).text

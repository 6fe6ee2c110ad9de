"""Rows that an import leaves out: shown with reasons, taken away, corrected, brought back."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from factories import make_host
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.contacts.actions import (
    discard_import,
    export_left_out,
    forget_old_lists,
    import_staged,
    stage_import,
    undo_import,
)
from eventapp.contacts.cells import Verdict
from eventapp.contacts.errors import NothingKept
from eventapp.contacts.models import Contact
from eventapp.contacts.queries import all_left_out_of
from eventapp.contacts.reading import parse_list
from eventapp.contacts.sheet import lines_in, records_in, sheet_of_verdicts, verdict_in
from eventapp.contacts.states import ImportState
from eventapp.contacts.verdicts import RowVerdict
from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.message import message, plural_message
from eventapp.foundation.tabular import to_csv

LIST = """Vorname;Nachname;Firma;E-Mail;Bemerkung
Anna;Gut;Werk;anna@werk.example;
Bernd;Faul;Werk;bernd-ohne-at;"zwei
Zeilen"
Anna;Gut;Werk;anna@werk.example;doppelt

Clara;Weit;Werk;clara@werk.example;;zu viel
Dora;Formel;Werk;dora-ohne-at;'=1+1
"""


@pytest.fixture
def host(organiser, client):
    client.set_cookie("lang", "en")
    return organiser.memberships[0].host


def imported(host, text=LIST):
    staged = stage_import(host, filename="Messe 27.csv", content=text.encode(), actor="test")
    return import_staged(staged, actor="test")


def downloaded(client, done):
    """(the file's name, its content)."""
    with client.post(f"/organise/contacts/import/{done.id}/left-out") as answer:
        assert answer.status_code == 200
        return answer.headers["Content-Disposition"].rpartition("=")[2], answer.get_data()


def test_the_page_after_the_import_lists_row_verdict_reason_and_cells(client, host):
    done = imported(host)

    page = client.get(f"/organise/contacts/import/{done.id}").text

    assert "4 rows were left out" in page
    assert "“bernd-ohne-at” is not an e-mail address." in page
    assert "Same e-mail address and name as row 2 (Anna Gut)." in page
    assert "Anna · Gut · Werk · anna@werk.example · doppelt" in page


def test_only_what_was_left_out_is_kept_and_empty_rows_are_not(app):
    done = imported(make_host())

    assert [(row.line, row.verdict) for row in all_left_out_of(done)] == [
        (3, Verdict.ERROR),
        (4, Verdict.DUPLICATE),
        (6, Verdict.ERROR),
        (7, Verdict.ERROR),
    ]


def test_the_download_has_reasons_in_front_and_the_cells_as_they_were(client, host):
    name, content = downloaded(client, imported(host))

    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))

    assert name == "messe-27-not-imported.csv"
    assert rows[0] == [
        "Import: row",
        "Import: verdict",
        "Import: reason",
        "Vorname",
        "Nachname",
        "Firma",
        "E-Mail",
        "Bemerkung",
        "Import: surplus",
    ]
    assert rows[1][:3] == ["3", "faulty", "“bernd-ohne-at” is not an e-mail address."]
    assert rows[1][3:] == ["Bernd", "Faul", "Werk", "bernd-ohne-at", "zwei\nZeilen", ""]
    assert rows[4][7] == "'=1+1"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_download_comes_in_again_as_it_is_with_the_same_verdicts(client, host, language):
    client.set_cookie("lang", language)
    done = imported(host)
    _name, content = downloaded(client, done)

    again = import_staged(
        stage_import(host, filename="neu.csv", content=content, actor="test"), actor="test"
    )

    assert again.mapping["columns"][:3] == ["ignored", "ignored", "ignored"]
    assert [row.verdict for row in all_left_out_of(again)] == [
        row.verdict for row in all_left_out_of(done)
    ]


def test_a_corrected_row_is_imported_without_a_note_about_our_columns(client, host):
    _name, content = downloaded(client, imported(host))
    corrected = content.decode("utf-8-sig").replace("bernd-ohne-at;", "bernd@werk.example;")

    again = stage_import(host, filename="neu.csv", content=corrected.encode(), actor="test")
    done = import_staged(again, actor="test")

    assert done.counts["verdicts"]["ok"] == done.counts["contacts"] == 1
    assert db.session.scalar(select(Contact.note).filter_by(last_name="Faul")) == "zwei\nZeilen"


def test_who_took_the_rows_is_on_record(client, host, organiser):
    downloaded(client, imported(host))

    entry = db.session.scalars(
        select(AuditEntry).filter_by(action="contacts.left_out_exported")
    ).one()
    assert (entry.account_id, entry.after) == (organiser.id, {"rows": 4})


def test_where_nothing_was_left_out_there_is_nothing_to_take_away(client, host):
    done = imported(host, "Nachname\nGut")

    assert "Download rows" not in client.get(f"/organise/contacts/import/{done.id}").text
    with pytest.raises(NothingKept):
        export_left_out(done, actor="test")


def test_a_list_taken_back_or_discarded_keeps_no_rows(app):
    host = make_host()
    undone = imported(host)
    undo_import(undone, actor="test")
    discarded = stage_import(host, filename="x.csv", content=LIST.encode(), actor="test")
    discard_import(discarded)

    assert (undone.content, discarded.content) == ("", "")


def test_rows_are_forgotten_after_fourteen_days_and_what_was_never_decided_is_discarded(app):
    host = make_host()
    done = imported(host)
    waiting = stage_import(host, filename="x.csv", content=LIST.encode(), actor="test")

    with clock.held(clock.now() + timedelta(days=13)):
        assert forget_old_lists() == 0
    with clock.held(clock.now() + timedelta(days=15)):
        assert forget_old_lists() == 2
        assert forget_old_lists() == 0

    assert (done.state, done.content) == (ImportState.IMPORTED, "")
    assert (waiting.state, waiting.content) == (ImportState.DISCARDED, "")
    assert done.counts["verdicts"]["error"] == 3


# ---- The form in which rows are kept ------------------------------------------------------------


def test_a_row_comes_back_from_a_sheet_as_it_was():
    reasons = (
        message("Town “%(given)s” is read as %(name)s.", given="A", name=message("Row")),
        plural_message("%(count)s contact", "%(count)s contacts", 2),
    )
    row = RowVerdict(7, Verdict.WARNING, reasons, cells=("a\nb", 'c"\u2028;', "", "🧭"))

    (line,) = lines_in(sheet_of_verdicts([row]), Verdict.WARNING)

    assert verdict_in(line) == row
    assert lines_in(sheet_of_verdicts([row]), Verdict.ERROR) == []


def test_an_empty_sheet_has_no_rows():
    assert (records_in(""), lines_in("")) == ((), [])


def test_a_heading_of_ours_for_surplus_cells_is_no_column():
    parsed = parse_list("Nachname;Import: überzählig\nWeit;zu viel")

    assert parsed.header == ("Nachname",)
    assert parsed.records[0].cells == ("Weit", "zu viel")


def test_the_table_guards_formulas_once(client, host):
    with to_csv(export_left_out(imported(host), actor="test")) as file:
        assert b";'=1+1;" in file.read()

"""A workbook on its way into the address book: chosen, looked at, imported, taken back."""

import io
import json

from click.testing import CliRunner
from contacts.long_lists import settle
from contacts.workbooks import CLAUDIA, HEADER, made_by, workbook
from factories import make_account, make_host
from flask.cli import ScriptInfo
from sqlalchemy import select

from eventapp.accounts.models import AuditEntry
from eventapp.cli.contacts import import_contacts
from eventapp.contacts.actions import import_staged, stage_import, undo_import
from eventapp.contacts.listings import CONTACTS
from eventapp.contacts.models import Contact, ContactImport
from eventapp.contacts.queries import WhichContacts
from eventapp.contacts.states import ImportState
from eventapp.exports.actions import Taking, take_list
from eventapp.exports.states import FileFormat
from eventapp.foundation.database import db
from eventapp.foundation.listing import Choice, Purpose

PATH = "/organise/contacts/import"
ANNA = ["Anna", "Ohm", "59755", "Arnsberg", "anna@werk.example"]


def upload(client, content, name="kontakte.xlsx"):
    return client.post(PATH, data={"file": (io.BytesIO(content), name), "target": "0"})


def people():
    return sorted(db.session.scalars(select(Contact.last_name)))


def test_a_workbook_is_looked_at_imported_and_taken_back(client, organiser):
    preview = upload(client, workbook(CLAUDIA, ANNA))
    page = client.get(preview.location).text
    assert "Nüsperling" in page
    assert people() == []

    client.post(f"{preview.location}/take")
    assert people() == ["Nüsperling", "Ohm"]
    claudia = db.session.scalars(select(Contact).filter_by(first_name="Claudia")).one()
    assert claudia.postcode == "04109"

    assert f'action="{preview.location}/undo"' in client.get(preview.location).text
    client.post(f"{preview.location}/undo")
    assert people() == []
    assert db.session.scalars(select(ContactImport)).one().state is ImportState.UNDONE


def test_a_workbook_imported_twice_adds_nobody_the_second_time(app):
    host = make_host()
    for _again in range(2):
        staged = stage_import(host, filename="a.xlsx", content=workbook(CLAUDIA), actor="test")
        import_staged(staged, actor="test")

    assert people() == ["Nüsperling"]


def test_which_sheet_is_asked_where_several_hold_data(client, organiser):
    content = workbook(Presse=[HEADER, ANNA], Kommunen=[HEADER, CLAUDIA], Leer=[])

    question = upload(client, content)
    page = client.get(question.location).text

    assert question.location.endswith("/sheets")
    assert page.count("Vorschau zeigen") == 2
    _first, second = db.session.scalars(select(ContactImport).order_by(ContactImport.id)).all()
    chosen = client.post(f"{PATH}/{second.id}/read")
    preview = client.get(chosen.location).text
    assert "kontakte.xlsx · Kommunen" in preview
    assert "Nüsperling" in preview
    assert "noch ein Tabellenblatt" in preview
    client.post(f"{PATH}/{second.id}/take")
    assert people() == ["Nüsperling"]
    assert "Kommunen ansehen" in client.get(question.location).text


def test_what_is_hidden_is_told_in_the_preview_in_the_readers_language(client, organiser):
    def make(book, sheet):
        sheet.append(CLAUDIA)
        sheet.row_dimensions[2].hidden = True
        hidden = book.create_sheet("Alt")
        hidden.append(HEADER)
        hidden.sheet_state = "hidden"

    preview = upload(client, made_by(make)).location

    assert "Ausgeblendete Tabellenblätter sind weggelassen: Alt." in client.get(preview).text
    assert "1 row is hidden in Excel" in client.get(f"{preview}?lang=en").text
    client.post(f"{preview}/columns", data={"column-0": "first_name", "column-1": "last_name"})
    assert "weggelassen: Alt." in client.get(f"{preview}?lang=de").text


def test_a_row_with_a_formula_without_result_is_left_out_and_can_be_had_back(client, organiser):
    content = made_by(lambda _book, sheet: [sheet.append(["=A1", "Volt"]), sheet.append(ANNA)])
    preview = upload(client, content).location
    client.post(f"{preview}/take")

    left = client.post(f"{preview}/left-out", buffered=True)

    assert people() == ["Ohm"]
    assert "#FORMULA!;Volt" in left.data.decode("utf-8-sig")
    assert "eine Formel ohne Ergebnis" in left.data.decode("utf-8-sig")


def test_a_file_that_is_refused_leaves_nothing_and_says_what_to_do(client, organiser):
    answer = upload(client, b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))

    assert "mit einem Kennwort geschützt" in answer.text
    assert db.session.scalars(select(ContactImport)).all() == []


def test_t33_a_long_workbook_is_read_and_imported_beside_the_request(client, organiser):
    rows = [[f"V{n}", f"N{n}", "59755", "Arnsberg", f"n{n}@werk.example"] for n in range(1001)]
    preview = upload(client, workbook(*rows)).location
    settle()
    assert "1.001" in client.get(preview).text

    client.post(f"{preview}/take")
    settle()

    assert len(people()) == 1001
    client.post(f"{preview}/undo")
    assert people() == []


def test_t31_the_address_book_comes_back_from_a_workbook_as_it_went(app):
    host, other = make_host(), make_host()
    staged = stage_import(host, filename="a.xlsx", actor="test", content=workbook(
        ["=SUMME(1+1)", "@cmd", "01067", "Dresden", "a@werk.example"]))  # fmt: skip
    import_staged(staged, actor="test")
    taking = Taking(WhichContacts(), Choice(CONTACTS.keys), FileFormat.XLSX, Purpose.CHECK)

    with take_list(CONTACTS, host, taking, by="test") as file:
        again = stage_import(other, filename="b.xlsx", content=file.read(), actor="test")
    import_staged(again, actor="test")

    before, after = db.session.scalars(select(Contact).order_by(Contact.id)).all()
    for name in ("first_name", "last_name", "postcode", "city", "email", "sector", "locale"):
        assert getattr(before, name) == getattr(after, name), name


def test_an_import_of_a_workbook_stands_in_the_history(app):
    host = make_host()
    staged = stage_import(host, filename="a.xlsx", content=workbook(CLAUDIA),
                          actor=make_account(host))  # fmt: skip
    import_staged(staged, actor="test")
    undo_import(staged, actor="test")

    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert list(actions) == ["contacts.imported", "contacts.import_undone"]


def command(app, *arguments):
    info = ScriptInfo(create_app=lambda: app)
    return CliRunner().invoke(import_contacts, [str(one) for one in arguments], obj=info)


def test_the_command_takes_a_workbook_and_asks_for_a_sheet(app, tmp_path):
    host = make_host(slug="haus")
    file = tmp_path / "liste.xlsx"
    file.write_bytes(workbook(Presse=[HEADER, ANNA], Kommunen=[HEADER, CLAUDIA]))

    unclear = command(app, file, "--host", host.slug)
    named = command(app, file, "--host", host.slug, "--sheet", "Kommunen", "--json")

    assert unclear.exit_code == 1
    assert "Presse, Kommunen" in unclear.output
    assert json.loads(named.stdout)["counts"]["ok"] + json.loads(named.stdout)["counts"][
        "warning"] == 1  # fmt: skip
    assert people() == ["Nüsperling"]


def test_the_command_checks_a_workbook_without_a_house(app, tmp_path):
    file = tmp_path / "liste.xlsx"
    file.write_bytes(workbook(CLAUDIA))

    checked = command(app, file, "--dry-run", "--json")

    assert json.loads(checked.stdout)["rows"][0]["line"] == 2
    assert people() == []

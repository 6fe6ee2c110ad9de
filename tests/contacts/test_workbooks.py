"""Contact lists in workbooks (XLSX): values only, nothing surprising, nothing dangerous. Pure."""

import io
import zipfile
from datetime import date, datetime, time
from random import Random

import openpyxl
import pytest
from contacts.workbooks import CLAUDIA, HEADER, SHEET, made_by, repacked, workbook
from hypothesis import given, settings
from hypothesis import strategies as st

from eventapp.contacts import workbook_package
from eventapp.contacts.cells import Verdict
from eventapp.contacts.errors import FileRefused
from eventapp.contacts.mapping import guess_columns
from eventapp.contacts.places import Gazetteer
from eventapp.contacts.reading import MAX_COLUMNS
from eventapp.contacts.uploads import WORKBOOK, one_upload, read_upload
from eventapp.contacts.verdicts import Known, judge
from eventapp.contacts.workbook_package import LARGEST_TREE
from eventapp.contacts.workbook_sheet import column_of

STRICT = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
BILLION = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"


def cells(content, sheet=""):
    return [record.cells for record in one_upload(content, sheet).contact_list.records]


def notes(content):
    return [str(note) for note in one_upload(content).notes]


def refusal(content):
    with pytest.raises(FileRefused) as problem:
        read_upload(content)
    return problem.value.text.in_english()


def test_a_workbook_reads_like_a_list():
    upload = one_upload(workbook(CLAUDIA))

    assert (upload.encoding, upload.sheet) == (WORKBOOK, "Kontakte")
    assert upload.contact_list.header == tuple(HEADER)
    assert cells(workbook(CLAUDIA)) == [tuple(CLAUDIA)]
    assert [record.line for record in upload.contact_list.records] == [2]


def test_rows_are_counted_as_excel_counts_them_and_blank_ones_are_none():
    rows = (CLAUDIA, [], ["", " "], CLAUDIA)
    content = made_by(lambda _book, sheet: [sheet.append(row) for row in rows])

    assert [record.line for record in one_upload(content).contact_list.records] == [2, 5]


def test_t34_numbers_days_and_truths_are_texts_as_people_read_them():
    def make(_book, sheet):
        sheet.append([4711, 4711.0, 492301234567.0, 1.5, 0.1 + 0.2])
        sheet.append([datetime(2027, 6, 24), datetime(2027, 6, 24, 17, 30), date(2027, 6, 1),
                      time(9, 5), True])  # fmt: skip

    assert cells(made_by(make)) == [
        ("4711", "4711", "492301234567", "1,5", "0,3"),
        ("24.06.2027", "24.06.2027 17:30", "01.06.2027", "09:05", "WAHR"),
    ]


def test_t34_postcodes_keep_their_zeros():
    def make(_book, sheet):
        sheet.append(["a", "b", 4109, "01067", 99])
        sheet["C2"].number_format = "00000"
        sheet["E2"].number_format = '"D-"00000'

    assert cells(made_by(make)) == [("a", "b", "04109", "01067", "00099")]


def test_days_count_from_1904_where_the_workbook_says_so():
    def make(book, sheet):
        book.epoch = datetime(1904, 1, 1)
        sheet.append([datetime(2027, 6, 24), "b"])

    assert cells(made_by(make)) == [("24.06.2027", "b", "", "", "")]


def test_t34_a_formula_counts_as_what_excel_made_of_it_and_is_never_calculated():
    file = io.BytesIO()
    import xlsxwriter

    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_formula(1, 0, "=A1&1", value="Claudia")
    sheet.write_formula(1, 1, '=HYPERLINK("http://evil.example")', value="Ohm")
    sheet.write_formula(1, 2, "=1+1", value=59755)
    book.close()

    assert cells(file.getvalue()) == [("Claudia", "Ohm", "59755", "", "")]


def test_t34_a_formula_without_a_result_and_an_error_keep_their_row_out_with_a_clear_word():
    content = made_by(lambda _book, sheet: [sheet.append(["=A1", "Ohm", "59755"]),
                                            sheet.append(["Anna", "#REF!", "59755"]),
                                            sheet.append(["Anna", "Ohm", "59755"])])  # fmt: skip
    contact_list = one_upload(content).contact_list

    verdicts = judge(contact_list, guess_columns(contact_list.header), Gazetteer(), Known())

    assert [row.verdict for row in verdicts] == [Verdict.ERROR, Verdict.ERROR, Verdict.WARNING]
    assert str(verdicts[0].reasons[0]) == (
        "“First name” holds #FORMULA!: a formula without a result. Please open the file in Excel,"
        " save it and import it again."
    )


def test_t34_cells_merged_over_rows_count_for_each_row_and_it_is_told():
    def make(_book, sheet):
        sheet.append(["Anna", "Ohm", "59755", "Arnsberg"])
        sheet.append(["Bert", "Volt"])
        sheet.append(["Cem", "Watt", "", "Brilon"])
        sheet.merge_cells("C2:C4")
        sheet.merge_cells("D2:D3")

    content = made_by(make)

    assert [row[:4] for row in cells(content)] == [
        ("Anna", "Ohm", "59755", "Arnsberg"),
        ("Bert", "Volt", "59755", "Arnsberg"),
        ("Cem", "Watt", "59755", "Brilon"),
    ]
    assert notes(content) == ["2 merged cells count for each of their rows."]


def test_a_title_above_the_columns_is_passed_over_and_it_is_told():
    content = workbook(Liste=[["Verteiler Mobilität"], [], HEADER, CLAUDIA])

    assert cells(content) == [tuple(CLAUDIA)]
    assert notes(content) == ["1 row above the names of the columns was passed over."]


def test_hidden_rows_and_columns_come_in_and_it_is_told():
    def make(_book, sheet):
        sheet.append(CLAUDIA)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True

    assert notes(made_by(make)) == [
        "1 row is hidden in Excel, perhaps by a filter. It is in the list, too.",
        "Some columns are hidden in Excel. They are in the list, too.",
    ]


def test_each_sheet_with_data_is_a_list_and_empty_and_hidden_ones_are_none():
    def make(book, sheet):
        sheet.title = "Erste"
        sheet.append(CLAUDIA)
        book.create_sheet("Leer")
        book.create_sheet("Zweite").append(["Name", "Ort"])
        hidden = book.create_sheet("Alt")
        hidden.append(HEADER)
        hidden.sheet_state = "veryHidden"

    uploads = read_upload(made_by(make))

    assert [upload.sheet for upload in uploads] == ["Erste", "Zweite"]
    assert [str(note) for note in uploads[0].notes] == ["Hidden sheets were left out: Alt."]
    with pytest.raises(FileRefused, match="Please name one: Erste, Zweite"):
        one_upload(made_by(make))
    with pytest.raises(FileRefused, match="no such sheet"):
        one_upload(made_by(make), "Alt")
    assert one_upload(made_by(make), "Zweite").contact_list.header == ("Name", "Ort")


def test_a_workbook_whose_sheets_are_all_hidden_or_empty_says_so():
    def hide(book, sheet):
        book.create_sheet("Leer")
        sheet.sheet_state = "hidden"

    assert "are hidden" in refusal(made_by(hide))
    assert refusal(workbook(Leer=[])) == "The file is empty."


def test_t34_macros_and_links_to_other_files_are_ignored_and_it_is_told():
    content = repacked(workbook(CLAUDIA), added={
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0", "xl/externalLinks/externalLink1.xml": b"<x/>",
    })  # fmt: skip

    assert cells(content) == [tuple(CLAUDIA)]
    assert notes(content) == [
        "The workbook holds macros. They were not run.",
        "The workbook refers to other files. They were not opened.",
    ]


@pytest.mark.parametrize("part", [
    SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
    "xl/_rels/workbook.xml.rels",
])  # fmt: skip
@pytest.mark.parametrize("evil", [STRICT, BILLION])
def test_t34_a_part_with_definitions_of_its_own_is_refused(part, evil):
    def put_in(old):
        head, _sep, rest = old.partition(b"?>")
        return head + _sep + evil.partition(b"?>")[2 if b"?>" in evil else 0] + rest

    assert "definitions that no list needs" in refusal(repacked(workbook(CLAUDIA), {part: put_in}))


def test_t34_a_bomb_is_refused_before_anything_is_unpacked(monkeypatch):
    bomb = repacked(workbook(CLAUDIA), {SHEET: lambda _old: b" " * 50_000_000})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)

    assert len(bomb) < 100_000
    assert "unpacks to more" in refusal(bomb)


def test_t34_a_workbook_that_lies_about_its_size_is_refused():
    content = bytearray(workbook(CLAUDIA))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(SHEET).file_size
    lie = bytes(content).replace(size.to_bytes(4, "little"), (99).to_bytes(4, "little"))

    assert "damaged" in refusal(lie)


def test_t34_more_parts_or_bytes_than_a_list_can_have_are_refused(monkeypatch):
    many = repacked(workbook(CLAUDIA), added={f"xl/{n}.xml": b"" for n in range(2001)})
    assert "unpacks to more" in refusal(many)

    monkeypatch.setattr(workbook_package, "MAX_UNPACKED", 1000)
    assert "unpacks to more" in refusal(workbook(CLAUDIA))


@pytest.mark.parametrize(("content", "word"), [
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "old format (XLS)"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
    (workbook(CLAUDIA)[:900], "damaged"),
    (b"PK\x03\x04 and nothing more", "damaged"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_says_what_to_do(content, word):
    assert word in refusal(content)


@pytest.mark.parametrize(("names", "word"), [
    (["mimetype", "content.xml"], "OpenDocument"),
    (["[Content_Types].xml", "xl/workbook.bin"], "binary workbook"),
    (["liste.csv"], "compressed file"),
    (["[Content_Types].xml", "xl/styles.xml"], "damaged"),
])  # fmt: skip
def test_other_compressed_files_are_called_by_their_names(names, word):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")

    assert word in refusal(file.getvalue())


@pytest.mark.parametrize("change", [
    {SHEET: lambda old: old[: len(old) // 2]},
    {SHEET: lambda old: old.replace(b'<c r="A2" t="s"><v>', b'<c r="A2" t="s"><v>99')},
    {SHEET: lambda old: old.replace(b'<row r="2"', b'<row r="zwei"')},
    {"xl/workbook.xml": lambda _old: b"nothing"},
    {"xl/styles.xml": lambda _old: b"<x"},
])  # fmt: skip
def test_parts_that_do_not_fit_together_are_a_damaged_workbook(change):
    assert "damaged" in refusal(repacked(workbook(CLAUDIA), change))


def test_too_many_rows_or_columns_or_letters_are_refused(monkeypatch):
    wide = ["x"] * (MAX_COLUMNS + 1)
    assert "columns; that is too many" in refusal(workbook(Liste=[wide]))
    assert "more than 10000 characters" in refusal(workbook(Liste=[["a", "b"], ["x" * 10_001]]))
    from eventapp.contacts import workbook_sheet

    monkeypatch.setattr(workbook_sheet, "MAX_RECORDS", 3)
    assert "rows" in refusal(workbook(*[CLAUDIA] * 5))


def test_a_sheet_that_claims_to_be_endless_is_as_long_as_what_is_in_it():
    content = repacked(workbook(CLAUDIA), {
        SHEET: lambda old: old.replace(b'<dimension ref="A1:E2"/>',
                                       b'<dimension ref="A1:XFD1048576"/>')
    })  # fmt: skip

    assert cells(content) == [tuple(CLAUDIA)]


def test_texts_in_pieces_with_hints_and_line_breaks_come_whole():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b"<row><c t='inlineStr'><is><t>Name</t></is></c><c t='inlineStr'><is><t>Ort</t></is></c>"
        b"</row><row><c t='inlineStr'><is><r><t>Mar</t></r><r><t>kus</t></r>"
        b"<rPh><t>x</t></rPh></is></c><c t='str'><f>A1</f><v>Brilon</v></c></row></sheetData>"
        b"</worksheet>"
    )

    content = repacked(workbook(CLAUDIA), {SHEET: lambda _old: sheet})

    assert cells(content) == [("Markus", "Brilon")]


def test_a_list_whose_first_row_is_a_person_is_refused():
    assert "names of the columns" in refusal(workbook(Liste=[CLAUDIA, CLAUDIA]))


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\ufeff"),
    max_size=12,
)
VALUES = st.one_of(TEXTS, st.integers(-(10**9), 10**9), st.booleans(), st.none())


@settings(max_examples=60)
@given(st.lists(st.lists(VALUES, min_size=2, max_size=5), min_size=1, max_size=6))
def test_whatever_a_sheet_holds_openpyxl_reads_the_same(rows):
    content = workbook(Liste=[["Spalte A", "Spalte B"], *rows])

    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
    expected = [
        [_text(value) for value in row]
        for row in sheet.iter_rows(min_row=2, values_only=True)
        if any(_text(value).strip() for value in row)
    ]

    read = [list(row) for row in cells(content)]
    assert [_trimmed(row) for row in read] == [_trimmed(row) for row in expected]


def _text(value):
    return {True: "WAHR", False: "FALSCH", None: ""}.get(value, str(value)) if (
        value is None or isinstance(value, bool)
    ) else str(value)  # fmt: skip


def _trimmed(row):
    """Cells of white space alone are no value."""
    kept = [value if value.strip() else "" for value in row]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def test_t34_millions_of_merges_letters_and_names_for_one_part_cost_nothing():
    def many_merges(old):
        rows = (f'<mergeCell ref="A{number}:A{number * 7}"/>' for number in range(1, 50_000))
        merges = "".join(rows).encode()
        return old.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")

    upload = one_upload(repacked(workbook(CLAUDIA), {SHEET: many_merges}))

    assert len(upload.contact_list.records) == 1
    assert column_of("A" * 1_000_000) == column_of("AAAA")


def test_t34_a_part_that_would_fill_the_memory_as_a_tree_is_refused():
    def padded(old):
        noise = Random(7).randbytes(LARGEST_TREE // 2 + 1).hex().encode()
        return old.replace(b"</styleSheet>", noise + b"</styleSheet>")

    assert "damaged" in refusal(repacked(workbook(CLAUDIA), {"xl/styles.xml": padded}))

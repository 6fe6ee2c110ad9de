"""Tables are read back by the csv module and by openpyxl, as a spreadsheet would."""

import csv
import json
import tracemalloc
from datetime import UTC, date, datetime
from io import StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from eventapp.foundation.tabular import (
    Column,
    Table,
    guarded,
    to_csv,
    to_json,
    to_xlsx,
    unguarded,
)

COLUMNS = [
    Column("number", "Nr."),
    Column("name", "Name", width=30),
    Column("born_on", "Tag"),
    Column("at", "Zeitpunkt"),
    Column("state", "Status", words={"confirmed": "bestätigt"}),
    Column("photo", "Foto", words={True: "ja", False: "nein"}),
]
ROW = (7, "Müßig; Åse „x“\nzwei", date(2027, 6, 4), datetime(2027, 6, 24, 13, 30, tzinfo=UTC),
       "confirmed", True)  # fmt: skip
FORMULAS = ["=cmd|' /C calc'!A0", "+49 2331 4710-114", "-1+1", "@SUM(A1)", "\t=1", "\r=1",
            " =1", "'=1", '"=1', "\u00a0=1", "＝1", "\n+1"]  # fmt: skip


def table(*rows: tuple[object, ...], columns: list[Column] = COLUMNS) -> Table:
    return Table("Teilnehmerliste", columns, rows)


def texts(*cells: str) -> Table:
    return table(*[(cell,) for cell in cells], columns=[Column("text", "Text")])


def csv_bytes(made: Table) -> bytes:
    with to_csv(made) as file:
        return file.read()


def read_csv(made: Table) -> list[list[str]]:
    return list(
        csv.reader(StringIO(csv_bytes(made).decode("utf-8-sig"), newline=""), delimiter=";")
    )


def open_xlsx(made: Table) -> Worksheet:
    with to_xlsx(made) as file:
        return openpyxl.load_workbook(file).active


def read_json(made: Table) -> list[dict[str, object]]:
    with to_json(made) as file:
        return json.load(file)


def test_csv_is_what_a_german_excel_opens_right():
    made = csv_bytes(table(ROW))

    assert made.startswith(b"\xef\xbb\xbfNr.;Name;Tag;Zeitpunkt;Status;Foto\r\n")
    assert read_csv(table(ROW))[1] == [
        "7", "Müßig; Åse „x“\nzwei", "04.06.2027", "24.06.2027 15:30", "bestätigt", "ja",
    ]  # fmt: skip


def test_leading_zeros_stay():
    assert read_csv(texts("01069"))[1] == ["01069"]
    assert open_xlsx(texts("01069"))["A2"].value == "01069"


@pytest.mark.parametrize("formula", FORMULAS)
def test_t31_csv_has_an_apostrophe_before_what_looks_like_a_formula(formula):
    [_, [cell]] = read_csv(texts(formula))

    assert cell == f"'{formula}"
    assert unguarded(cell) == formula


def test_t31_a_heading_is_guarded_too():
    assert read_csv(table(columns=[Column("x", "=1")])) == [["'=1"]]


@pytest.mark.parametrize("formula", [*FORMULAS, "https://example.org", "mailto:x@y.example"])
def test_t31_every_text_in_xlsx_is_a_text_cell_with_its_own_words(formula):
    cell = open_xlsx(texts(formula))["A2"]

    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") == formula
    assert cell.hyperlink is None


@given(st.text())
def test_t31_the_guard_comes_off_exactly_as_it_went_on(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["'s-Hertogenbosch", "O'Neill", "Haus-Nr. 3", "a=b", "", "–"])
def test_harmless_text_is_left_alone(text):
    assert guarded(text) == text
    assert unguarded(text) == text


def test_xlsx_has_real_days_and_numbers_and_a_heading_that_stays():
    sheet = open_xlsx(table(ROW))

    assert [cell.value for cell in sheet[2]] == [
        7, ROW[1], datetime(2027, 6, 4), datetime(2027, 6, 24, 15, 30), "bestätigt", "ja",
    ]  # fmt: skip
    assert sheet["C2"].number_format == "dd.mm.yyyy"
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F2"
    assert sheet.column_dimensions["B"].width == pytest.approx(30, abs=1)
    assert sheet.title == "Teilnehmerliste"


@pytest.mark.parametrize("count", [None, 1, 10_001])
def test_a_sheet_is_the_same_however_long_it_will_be(count):
    sheet = open_xlsx(Table("x", COLUMNS, [ROW], count=count))

    assert [cell.value for cell in sheet[2]][:2] == [7, ROW[1]]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A/B: [x]", "A B   x"),
        ("'", "Liste"),
        ("x" * 40, "x" * 30 + "…"),
        ("x" * 31, "x" * 31),
    ],
)
def test_any_title_gives_a_sheet_name_that_excel_accepts(title, name):
    assert open_xlsx(Table(title, COLUMNS, [])).title == name


def test_a_text_longer_than_excel_allows_is_cut_there():
    assert len(open_xlsx(texts("x" * 40_000))["A2"].value) == 32_767


def test_json_has_keys_stored_values_and_moments_with_their_offset():
    [row] = read_json(table(ROW))

    assert row == {
        "number": 7,
        "name": ROW[1],
        "born_on": "2027-06-04",
        "at": "2027-06-24T15:30:00+02:00",
        "state": "confirmed",
        "photo": True,
    }


def test_a_table_without_rows_is_a_heading_or_an_empty_list():
    assert len(read_csv(table())) == 1
    assert open_xlsx(table()).max_row == 1
    assert read_json(table()) == []


def test_a_row_of_the_wrong_length_is_a_fault_and_gives_no_file():
    with pytest.raises(ValueError, match="2 cells"):
        to_csv(table((1, 2)))


@pytest.mark.parametrize("write", [to_csv, to_json])
def test_t64_memory_does_not_grow_with_the_rows(write):
    def peak(rows: int) -> int:
        tracemalloc.start()
        write(Table("x", [Column("a", "A")], (("x" * 100,) for _ in range(rows)))).close()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(24_000) < peak(12_000) + 200_000

"""Reading files of any encoding and delimiter: pure, no fixtures."""

from contextlib import suppress
from pathlib import Path

import pytest
from contacts.lists import read_list
from effort import is_brief
from hypothesis import given
from hypothesis import strategies as st

from eventapp.contacts.errors import FileRefused
from eventapp.contacts.reading import MAX_CELL, MAX_COLUMNS, decode, parse_list

FILES = Path(__file__).parent / "files"
TEXT = "Vorname;Nachname;Ort\r\nJörg;Gößling;Möhnesee\r\n"


def cells(contact_list):
    return [record.cells for record in contact_list.records]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
    ],
)
def test_each_encoding_of_an_office_is_recognised_t32(encoding, name):
    source = decode(TEXT.encode(encoding))

    assert (source.encoding, source.text) == (name, TEXT)


def test_bytes_that_windows_does_not_know_are_read_as_latin_t32():
    assert decode("Ort\nKöln \x81\n".encode("latin-1")).encoding == "latin-1"


@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_delimiters_and_line_ends_are_recognised_t32(delimiter, line_end):
    text = TEXT.replace(";", delimiter).replace("\r\n", line_end)

    contact_list = parse_list(text)

    assert contact_list.delimiter == delimiter
    assert contact_list.header == ("Vorname", "Nachname", "Ort")
    assert cells(contact_list) == [("Jörg", "Gößling", "Möhnesee")]


def test_a_comma_in_addresses_does_not_beat_the_semicolon():
    text = "Name;Anschrift\nMeier;Weg 1, Hof, links\nMüller;Weg 2, Hof, rechts\n"

    assert parse_list(text).delimiter == ";"


def test_the_delimiter_that_excel_writes_into_the_first_line_counts():
    contact_list = parse_list("sep=,\nName,Ort\nMeier,Olpe\n")

    assert cells(contact_list) == [("Meier", "Olpe")]


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    text = 'Name;Firma\nA;"erste\nzweite Zeile"\n\nB;C\n'

    lines = [(record.line, record.is_blank) for record in parse_list(text).records]

    assert lines == [(2, False), (3, True), (4, False)]


def test_quotes_inside_an_open_cell_are_letters():
    contact_list = parse_list('Name;Notiz\nMeier;Spitzname "Ö." – nicht drucken\n')

    assert cells(contact_list) == [("Meier", 'Spitzname "Ö." – nicht drucken')]


def test_zero_bytes_are_left_out_t32():
    assert cells(read_list(b"Name;Ort\nMei\x00er;Ol\x00pe\n")) == [("Meier", "Olpe")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"\x1f\x8b\x08...", "compressed file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"GIF89a...", "picture"),
        (b"RIFF....WEBPVP8 ", "picture"),
        (b"MZ\x90\x00" + bytes(range(256)) * 20, "no text"),
        (b"\x7fELF" + bytes(range(1, 32)) * 4, "no text"),
        (b'{"Name": "Meier", "Ort": "Olpe"}', "JSON"),
        (b'[\n {"Name": "Meier"}]', "JSON"),
        (b"<!DOCTYPE html><table><tr><td>Name", "web page"),
        ("\ufeff\n<?xml version='1.0'?><Name/>".encode("utf-16"), "web page or an XML"),
        (b"{\\rtf1\\ansi Name", "text document"),
        (b"BEGIN:VCARD\r\nN:Meier;Beate\r\n", "vCards"),
        (b"\xd0\xcf\x11\xe0...", "workbook"),
        (b"%PDF-1.7", "PDF"),
        ("\ufeffName;Ort".encode("utf-16-le")[:-1], "cannot be read as such"),
        (b'Name;Ort\nMeier;"Olpe\nM\xfcller;Siegen\n', "quotation mark in row 2 is never closed"),
        (b"beate@werk.example;Meier\n", "names of the columns"),
        (b"Name;Ort\nMeier;" + b"x" * (MAX_CELL + 1), "more than 10000 characters"),
        (b"Name\nMeier" + b";x" * MAX_COLUMNS, "101 columns"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(content, reason):
    with pytest.raises(FileRefused, match=reason):
        read_list(content)


@pytest.mark.parametrize(
    "header",
    ["[Name];Ort", "<Name>;Ort", "{Name};Ort", "# Name;Ort", "Begin;Name", "GIF;Name", "PKZ;Name"],
)
def test_a_header_with_odd_letters_is_a_header_still(header):
    assert len(read_list(f"{header}\nMeier;Olpe\n".encode()).records) == 1


def test_the_file_with_broken_umlauts_is_refused():
    with pytest.raises(FileRefused, match=r"umlauts in this file are broken.*“NÃ¼sperling”"):
        read_list((FILES / "contacts_dirty_mojibake.csv").read_bytes())


def test_one_broken_name_among_good_ones_is_a_matter_of_its_row():
    text = "Name\n" + "Jörg Gößling\n" * 5 + "MÃ¼ller\n"

    assert len(read_list(text.encode()).records) == 6


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_never_break_t32(content):
    with suppress(FileRefused):
        assert read_list(content).header


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), min_size=3, max_size=3),
        max_size=8,
    )
)
def test_what_a_spreadsheet_writes_comes_back(rows):
    quoted = "\r\n".join(
        ";".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows
    )
    text = f"Vorname;Nachname;Ort\r\n{quoted}"

    read = parse_list(text)

    assert [list(record.cells) for record in read.records] == rows


@pytest.mark.parametrize(
    "content",
    [
        b"Name\n" + b"\xc3\x83" * 25_000,
        b'"' * 50_000,
        b"Name;" + b"\xc3\x83\xc2\xbc" * 12_000,
        b"Name\n" + b" " * 50_000,
    ],
)
def test_long_nonsense_takes_no_time_t61(content):
    def look() -> None:
        with suppress(FileRefused):
            read_list(content)

    assert is_brief(look)

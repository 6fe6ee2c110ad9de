"""Workbooks as offices, programs and villains make them."""

import io
import zipfile

import openpyxl
import xlsxwriter

HEADER = ["Vorname", "Nachname", "PLZ", "Ort", "E-Mail"]
CLAUDIA = ["Claudia", "Nüsperling", "04109", "Leipzig", "claudia@werk.example"]
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows, **sheets):
    """A workbook as Excel saves it; `sheets` by name instead of rows."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    for name, lines in (sheets or {"Kontakte": [HEADER, *rows]}).items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.close()
    return file.getvalue()


def made_by(make):
    """A workbook that `make(book, sheet)` fills with openpyxl, header included."""
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    make(book, book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content, change=None, *, added=None, method=zipfile.ZIP_DEFLATED):
    """The same workbook with some parts changed (name -> function of bytes) or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", method) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, (change or {}).get(name, lambda same: same)(part))
        for name, part in (added or {}).items():
            new.writestr(name, part)
    return file.getvalue()

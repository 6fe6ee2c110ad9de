"""Taking lists along in tests: what a browser sends, and what is in the file."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl

PURPOSE = {"purpose": "check", "note": "", "order": ""}


def take(client, path, *, columns=(), format="json", **changes):
    """Press the button; the file is read to its end, as a browser does."""
    chosen = list(columns) or columns_on(client.get(path).text)
    data = PURPOSE | {"format": format, "column": chosen, "order_of": chosen} | changes
    return client.post(path, data=data, buffered=True)


def columns_on(page):
    """The keys of the columns that a page offers, in their order."""
    return [part.split('"')[0] for part in page.split('name="order_of" value="')[1:]]


def rows_of(answer):
    """The rows of a JSON file."""
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)


def csv_rows(answer):
    """The rows of a CSV file by heading."""
    return list(
        csv.DictReader(StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";")
    )


def xlsx_rows(answer):
    """The rows of a workbook as lists of values, its heading first."""
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]
